#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "arena.h"
#include "log.h"
#include "mail_read.h"

#include "kv.h"

#include "desk.h"

static const unsigned char master[32] = "the master key of the loop tests";

static const char conf_text[] =
    "desk: { name = \"Example Support\"; domain = \"desk.example\";\n"
    "  state_folder = \"%s\"; master_key_file = \"%s/unused\"; };\n"
    "mailboxes: (\n"
    "  { name = \"support\"; address = \"support@desk.example\";\n"
    "    kind = \"maildir\"; path = \"%s\";\n"
    "    authserv_ids = [ \"mx.desk.example\" ]; },\n"
    "  { name = \"billing\"; address = \"billing@desk.example\";\n"
    "    kind = \"maildir\"; path = \"%s\"; service = \"money\";\n"
    "    authserv_ids = [ \"mx.desk.example\" ]; } );\n"
    "engineers: (\n"
    "  { name = \"anna\"; full_name = \"Anna Berger\";"
    " address = \"anna@desk.example\"; },\n"
    "  { name = \"bob\"; full_name = \"Bob Okafor\";"
    " address = \"bob@desk.example\"; } );\n"
    "accounts: (\n"
    "  { name = \"weiss\"; domains = [ \"weiss.example\" ]; },\n"
    "  { name = \"corp\"; domains = [ \"corp.example\" ];"
    " ticket_policy = true; plan = \"gold\"; } );\n"
    "calendars: (\n"
    "  { name = \"office\"; zone = \"CET-1CEST,M3.5.0,M10.5.0/3\";"
    " hours = [ \"mon-fri 09:00-17:00\" ]; holidays = [ \"12-25\" ]; } );\n"
    "plans: (\n"
    "  { name = \"gold\"; calendar = \"office\";"
    " answers = [ \"critical 1h\", \"minor 4h\" ]; } );\n"
    "groups: (\n"
    "  { name = \"leads\"; account = \"corp\";"
    " roles = [ \"administrator\" ]; },\n"
    "  { name = \"it\"; account = \"corp\"; roles = [ \"operator\" ]; },\n"
    "  { name = \"all\"; account = \"corp\"; } );\n"
    "users: (\n"
    "  { name = \"lea\"; full_name = \"Lea Roth\"; account = \"corp\";"
    " address = \"lea@corp.example\"; groups = [ \"leads\" ]; },\n"
    "  { name = \"tim\"; full_name = \"Tim Oud\"; account = \"corp\";"
    " address = \"tim@corp.example\";"
    " groups = [ \"leads\", \"it\", \"all\" ]; },\n"
    "  { name = \"omar\"; full_name = \"Omar Said\"; account = \"corp\";"
    " address = \"omar@corp.example\"; groups = [ \"it\" ]; },\n"
    "  { name = \"nina\"; full_name = \"Nina Falk\"; account = \"corp\";"
    " address = \"nina@corp.example\"; groups = [ \"all\" ]; } );\n"
    "services: (\n"
    "  { name = \"help\"; title = \"General help\";"
    " owners = [ \"anna\", \"bob\" ]; },\n"
    "  { name = \"money\"; title = \"Bills\"; owners = [ \"bob\" ]; },\n"
    "  { name = \"net\"; title = \"Network\"; tag = \"net\";"
    " owners = [ \"anna\", \"bob\" ]; assign = \"first\"; },\n"
    "  { name = \"cloud\"; title = \"Servers\"; tag = \"cloud\";"
    " owners = [ \"anna\" ];"
    " fields = [ \"EIP: public IP\", \"ECS ID\" ];"
    " problem_types = [ \"Login\", \"Network\" ];"
    " regions = [ \"Frankfurt\", \"Paris\" ];"
    " form = [ \"Problem type\", \"EIP\" ]; } );\n"
    "mail: { folder = \"%s/out\"; };\n"
    "sms: { enabled = true; countries = [ \"+49\" ]; };\n";

static void
write_conf(char *path)
{
	FILE *file;
	int fd;

	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	file = fdopen(fd, "w");
	ck_assert_ptr_nonnull(file);
	fprintf(file, conf_text, "/nowhere", "/nowhere", "/nowhere",
	    "/nowhere", "/nowhere");
	ck_assert_int_eq(fclose(file), 0);
}

static struct house
read_house(void)
{
	char path[] = "/tmp/gatepost-test-conf-XXXXXX";
	struct house house;
	int code;

	setenv("GATEPOST_TEMPLATES", SOURCE_FOLDER "/templates", 1);
	write_conf(path);
	code = house_open(&house, path);
	unlink(path);
	ck_assert_int_eq(code, EX_OK);
	log_level(2); /* failures are the point here */
	return house;
}

/* One desk after the other has the same conf, templates and patterns, which
 * are read once and end with the process. A second desk at the same time has
 * its own, for a test may change them. */
static struct house shared;
static bool shared_taken;

static struct house
open_house(bool *own_r)
{
	*own_r = shared_taken;
	if (shared_taken)
		return read_house();
	if (shared.conf == NULL)
		shared = read_house();
	shared_taken = true;
	return shared;
}

static void
start(struct desk *desk)
{
	const char *why = "";
	enum store_result result =
	    store_open(&desk->store, &desk->conf, true, &why);

	ck_assert_msg(result == STORE_OK, "%d: %s", result, why);
	round_start(desk->round, &desk->house.core, desk->store, desk->arena,
	    desk->now);
	desk->fresh = true;
	desk->receipt_count = 0;
}

void
desk_open(struct desk *desk, const struct kv_engine *engine)
{
	desk_open_as(desk, engine, engine == &kv_mem);
}

void
desk_open_as(
    struct desk *desk, const struct kv_engine *engine, bool in_memory)
{
	*desk = (struct desk){.folder = folder_make(),
	    .kept = arena_new(0),
	    .arena = arena_new(0),
	    .now = DESK_NOW,
	    .next_uid = 1};
	desk->letters =
	    arena_take_many(desk->kept, DESK_MOST, sizeof *desk->letters);
	desk->sent =
	    arena_take_many(desk->kept, DESK_MOST, sizeof *desk->sent);
	desk->receipts =
	    arena_take_many(desk->kept, DESK_MOST, sizeof *desk->receipts);
	desk->round = arena_take(desk->kept, sizeof *desk->round);
	desk->house = open_house(&desk->own_house);
	desk->conf = (struct store_conf){.folder = desk->folder.path,
	    .master = master,
	    .engine = engine,
	    .in_memory = in_memory,
	    .create = true,
	    .size = (size_t)1 << 26};
	start(desk);
}

void
desk_restart(struct desk *desk)
{
	round_end(desk->round);
	store_close(desk->store);
	/* The second start of one millisecond is nobody's. */
	desk->now += WHEN_SECOND;
	start(desk);
}

void
desk_close(struct desk *desk)
{
	round_end(desk->round);
	store_close(desk->store);
	if (desk->own_house)
		house_close(&desk->house);
	else
		shared_taken = false;
	arena_free(desk->arena);
	arena_free(desk->kept);
	folder_remove(&desk->folder);
}

/* ---- in ----------------------------------------------------------------- */

struct letter *
desk_drop_at(struct desk *desk, const char *mailbox, uint32_t uidvalidity,
    uint64_t uid, struct span octets)
{
	struct letter *letter = &desk->letters[desk->letter_count];

	ck_assert_uint_lt(desk->letter_count++, DESK_MOST);
	*letter = (struct letter){.mailbox = mailbox,
	    .uidvalidity = uidvalidity,
	    .uid = uid,
	    .octets = {arena_copy(desk->kept, octets), octets.len}};
	return letter;
}

struct letter *
desk_drop(struct desk *desk, struct span octets)
{
	return desk_drop_at(desk, "support", 7, desk->next_uid++, octets);
}

static struct Mail *
read_letter(struct desk *desk, struct arena *arena,
    const struct letter *letter)
{
	struct RawMail *raw = record_new(arena, &raw_mail__descriptor);

	raw->origin = record_new(arena, &origin__descriptor);
	raw->origin->mailbox = arena_copy_text(arena, letter->mailbox);
	raw->origin->uidvalidity = letter->uidvalidity;
	raw->origin->uid = letter->uid;
	raw->origin->size = letter->octets.len;
	raw->octets = record_bytes(letter->octets);
	return mail_read(
	    arena, raw, &desk->house.conf->limits, desk->house.quotes);
}

/* ---- out ---------------------------------------------------------------- */

void
desk_receive(struct desk *desk, uint64_t outbox, uint32_t attempt,
    enum verdict verdict)
{
	struct Receipt *receipt = record_new(desk->kept, &receipt__descriptor);

	receipt->outbox = outbox;
	receipt->attempt = attempt;
	receipt->verdict = verdict;
	if (verdict == VERDICT_NEVER) {
		receipt->code = 550;
		receipt->text = arena_copy_text(
		    desk->kept, "550 5.1.1 <zoe@acme.example> is unknown");
	}
	ck_assert_uint_lt(desk->receipt_count, DESK_MOST);
	desk->receipts[desk->receipt_count++] = receipt;
}

static void
keep_parcel(struct desk *desk, const struct Parcel *parcel)
{
	struct sent *sent = &desk->sent[desk->sent_count];
	struct span packed = record_pack(desk->arena, &parcel->base);
	struct RawMail *raw;
	bool comes = true;

	ck_assert_uint_lt(desk->sent_count++, DESK_MOST);
	sent->parcel =
	    record_unpack(desk->kept, &parcel__descriptor, packed);
	sent->verdict = VERDICT_YES;
	if (parcel->medium == MEDIUM_SMS) {
		sent->text = arena_copy(
		    desk->kept, record_span(sent->parcel->octets));
	} else {
		raw = record_new(desk->kept, &raw_mail__descriptor);
		raw->origin = record_new(desk->kept, &origin__descriptor);
		raw->octets = sent->parcel->octets;
		sent->mail = mail_read(desk->kept, raw,
		    &mail_limits_default, desk->house.quotes);
		sent->text = sent->mail->text;
	}
	if (desk->answer != NULL)
		comes = desk->answer(
		    desk->answer_arg, sent->parcel, &sent->verdict);
	if (comes)
		desk_receive(desk, parcel->outbox, parcel->attempt,
		    sent->verdict);
}

/* ---- a round ------------------------------------------------------------ */

static void
give_fates(struct desk *desk, struct letter *const *taken)
{
	const struct round *round = desk->round;

	for (size_t i = 0; i < round->mail_count; i++) {
		taken[i]->outcome = round->applied[i].outcome;
		taken[i]->rule =
		    arena_copy_text(desk->kept, round->applied[i].rule);
		taken[i]->ticket = round->applied[i].ticket;
	}
}

enum store_result
desk_pass(struct desk *desk)
{
	struct round *round = desk->round;
	struct letter *taken[ROUND_MAILS];
	size_t receipts = 0;

	arena_reset(desk->arena);
	round_begin(round);
	round->recover = desk->fresh;
	for (size_t i = 0; i < desk->letter_count; i++) {
		struct letter *letter = &desk->letters[i];

		if (letter->outcome != OUTCOME_NONE ||
		    round->mail_count == ROUND_MAILS)
			continue;
		taken[round->mail_count] = letter;
		round->mails[round->mail_count++] =
		    read_letter(desk, desk->arena, letter);
	}
	while (receipts < desk->receipt_count && receipts < ROUND_RECEIPTS) {
		round->receipts[receipts] = desk->receipts[receipts];
		receipts++;
	}
	round->receipt_count = receipts;
	desk->last = round_run(round, desk->store, desk->now);
	if (desk->last != STORE_OK)
		return desk->last;
	desk->fresh = false;
	memmove(desk->receipts, desk->receipts + receipts,
	    (desk->receipt_count - receipts) * sizeof *desk->receipts);
	desk->receipt_count -= receipts;
	give_fates(desk, taken);
	for (size_t i = 0; i < round->batch.count; i++)
		keep_parcel(desk, round->batch.parcels[i]);
	return STORE_OK;
}

static bool
is_at_rest(const struct desk *desk)
{
	for (size_t i = 0; i < desk->letter_count; i++)
		if (desk->letters[i].outcome == OUTCOME_NONE)
			return false;
	return desk->receipt_count == 0 && !desk->fresh &&
	    !desk->round->more &&
	    (desk->round->next_due == 0 ||
		desk->round->next_due > desk->now);
}

void
desk_settle(struct desk *desk)
{
	for (int i = 0; i < 1000; i++) {
		enum store_result result = desk_pass(desk);

		if (desk->watch != NULL)
			desk->watch(desk);
		ck_assert(desk->forgiving || result == STORE_OK);
		if (result == STORE_UNCERTAIN || result == STORE_BROKEN)
			desk_restart(desk);
		else if (result == STORE_OK && is_at_rest(desk))
			return;
	}
	ck_abort_msg("the desk does not come to rest");
}

struct letter *
desk_take(struct desk *desk, struct span octets)
{
	struct letter *letter = desk_drop(desk, octets);

	desk_settle(desk);
	return letter;
}

void
desk_wait(struct desk *desk, when span)
{
	when end = desk->now + span;

	/* From one thing that is due to the next, as the daemon sleeps. */
	while (desk->now < end) {
		when due = desk->round->next_due;
		when to = due > desk->now && due < end ? due : end;

		desk->round->last_wall += to - desk->now;
		desk->now = to;
		desk_settle(desk);
	}
}

/* ---- what went out ------------------------------------------------------ */

const struct sent *
desk_newest(const struct desk *desk, const char *to)
{
	for (size_t i = desk->sent_count; i-- > 0;)
		if (strcmp(desk->sent[i].parcel->to, to) == 0)
			return &desk->sent[i];
	ck_abort_msg("nothing went to %s", to);
	return NULL;
}

const struct sent *
desk_newest_mail(const struct desk *desk, const char *to)
{
	for (size_t i = desk->sent_count; i-- > 0;)
		if (desk->sent[i].mail != NULL &&
		    strcmp(desk->sent[i].parcel->to, to) == 0)
			return &desk->sent[i];
	ck_abort_msg("no mail went to %s", to);
	return NULL;
}

size_t
desk_count(const struct desk *desk, const char *to, size_t since)
{
	size_t count = 0;

	for (size_t i = since; i < desk->sent_count; i++)
		count += strcmp(desk->sent[i].parcel->to, to) == 0;
	return count;
}

size_t
desk_count_row(const struct desk *desk, uint64_t outbox)
{
	size_t count = 0;

	for (size_t i = 0; i < desk->sent_count; i++)
		count += desk->sent[i].parcel->outbox == outbox;
	return count;
}
