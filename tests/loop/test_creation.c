/* What a ticket is opened with: lines at the top of its first mail, and the
 * form for those that are missing. */
#include <string.h>

#include "kv.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

#define CLOUD "support+cloud@desk.example"

struct looking {
	struct desk *desk;
	uint64_t ticket;
	struct CreationData *filled;
};

static int
look(struct store_txn *txn, void *arg)
{
	struct looking *l = arg;

	l->filled = store_creation_open(
	    txn, l->desk->kept, desk_ticket(l->desk, l->ticket));
	return 0;
}

static const char *
field(struct desk *desk, uint64_t ticket, const char *key)
{
	struct looking l = {desk, ticket, NULL};

	ck_assert_int_eq(store_read(desk->store, look, &l), STORE_OK);
	for (size_t i = 0; i < l.filled->n_fields; i++)
		if (strcmp(l.filled->fields[i]->key, key) == 0)
			return arena_print(desk->kept, "%s%s",
			    l.filled->fields[i]->value,
			    l.filled->fields[i]->unknown ? "?" : "");
	return "";
}

static const char *
said_to(struct desk *desk, const struct person *to)
{
	return desk_newest_mail(desk, to->address)->text;
}

#define SAYS(desk, to, words) \
	ck_assert_msg(strstr(said_to((desk), (to)), (words)) != NULL, "%s", \
	    said_to((desk), (to)))
#define SAYS_NOT(desk, to, words) \
	ck_assert_msg(strstr(said_to((desk), (to)), (words)) == NULL, "%s", \
	    said_to((desk), (to)))

START_TEST(lines_at_the_top_are_fields)
{
	struct desk desk;
	struct MessageData *content;
	struct letter *letter;

	desk_open(&desk, &kv_lmdb);
	letter = desk_take(&desk,
	    person_writes(&desk, &zoe, CLOUD, "Help", "",
		"Region: paris\nPublic IP: 198.51.100.7\n"
		"Problem type: Login\n\nThe server is down.\n"));
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	ck_assert_str_eq(field(&desk, 1, "Region"), "Paris");
	ck_assert_str_eq(field(&desk, 1, "EIP"), "198.51.100.7");
	desk_message(&desk, 1, 0, &content);
	ck_assert_str_eq(content->new_text, "The server is down.");
	/* The whole is kept. */
	ck_assert_ptr_nonnull(strstr(content->text, "Public IP: 198"));
	SAYS(&desk, &anna, "Region: Paris");
	SAYS(&desk, &anna, "The server is down.");
	SAYS_NOT(&desk, &zoe, "at the very top, filled in");
	/* On another service it is another matter. */
	desk_wait(&desk, 2 * WHEN_HOUR);
	desk_take(&desk, person_writes(&desk, &zoe, "support@desk.example",
			     "Other", "", "Public IP: 1.2.3.4\nHelp.\n"));
	ck_assert_str_eq(field(&desk, 2, "EIP"), "");
	desk_close(&desk);
}
END_TEST

START_TEST(what_is_missing_is_asked_for_and_filled_by_a_reply)
{
	struct desk desk;
	struct letter *letter;

	desk_open(&desk, &kv_lmdb);
	letter = desk_take(&desk,
	    person_writes(&desk, &zoe, CLOUD, "Help", "",
		"Region: Mars\n\nThe server is down.\n"));
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	ck_assert_str_eq(field(&desk, 1, "Region"), "Mars?");
	SAYS(&desk, &anna, "Region: Mars (?)");
	SAYS(&desk, &zoe, "\nProblem type:\nEIP:\nRegion:\n");
	SAYS(&desk, &zoe, "Region: Frankfurt, Paris");
	SAYS_NOT(&desk, &zoe, "Mars");
	person_says(&desk, &zoe, "EIP: 198.51.100.7\nRegion: Paris\n");
	ck_assert_str_eq(field(&desk, 1, "Region"), "Paris");
	SAYS(&desk, &zoe, "still missing");
	SAYS(&desk, &zoe, "\nProblem type:\n");
	SAYS_NOT(&desk, &zoe, "\nEIP:\n");
	person_says(&desk, &zoe, "Problem type: login\n");
	ck_assert_str_eq(field(&desk, 1, "Problem type"), "Login");
	SAYS(&desk, &zoe, "all that was asked for");
	/* From now on such a line is talk. */
	person_says(&desk, &zoe, "EIP: 203.0.113.9\n");
	ck_assert_str_eq(field(&desk, 1, "EIP"), "198.51.100.7");
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 4);
	desk_close(&desk);
}
END_TEST

START_TEST(a_stranger_gets_no_word_of_the_mail)
{
	struct desk desk;

	desk_open(&desk, &kv_lmdb);
	desk_take(&desk, person_writes(&desk, &forger, CLOUD, "Help", "",
			     "Region: buy my pills\n\nPills.\n"));
	SAYS(&desk, &zoe, "\nProblem type:\n");
	SAYS_NOT(&desk, &zoe, "pills");
	desk_close(&desk);
}
END_TEST

/* The smallest there is: 1 by 1. */
#define PNG \
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADh" \
	"gGAWjR9awAAAABJRU5ErkJggg=="
#define EXE "TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAA="

static const char *
file(struct desk *desk, const char *name, const char *type, const char *octets)
{
	return arena_print(desk->kept,
	    "--b\nContent-Type: %s; name=\"%s\"\n"
	    "Content-Disposition: attachment; filename=\"%s\"\n"
	    "Content-Transfer-Encoding: base64\n\n%s\n",
	    type, name, name, octets);
}

static const char *
with_files(struct desk *desk, const char *words, const char *files)
{
	return arena_print(desk->kept,
	    "--b\nContent-Type: text/plain\n\n%s\n%s--b--\n", words,
	    files);
}

/* A mail of one text, made one of several parts. */
static struct span
in_parts(struct desk *desk, struct span mail)
{
	static const char one[] = "Content-Type: text/plain; charset=utf-8\r\n"
				  "Content-Transfer-Encoding: 8bit\r\n";
	char *text = arena_copy(desk->kept, mail);
	char *at = strstr(text, one);

	ck_assert_ptr_nonnull(at);
	*at = '\0';
	return span_of(arena_print(desk->kept,
	    "%sContent-Type: multipart/mixed; boundary=\"b\"\r\n%s", text,
	    at + sizeof one - 1));
}

static struct span
mixed(struct desk *desk, const struct person *person, const char *text)
{
	return in_parts(desk,
	    person_writes(
		desk, person, "support@desk.example", "Files", "", text));
}

START_TEST(who_sends_a_sixth_file_is_told)
{
	struct desk desk;
	struct MessageData *content;
	const char *files = "";

	desk_open(&desk, &kv_lmdb);
	for (int i = 1; i <= 6; i++)
		files = arena_print(desk.kept, "%s%s", files,
		    file(&desk, arena_print(desk.kept, "%d.png", i),
			"image/png", PNG));
	desk_take(&desk, mixed(&desk, &zoe, with_files(&desk, "See.", files)));
	desk_message(&desk, 1, 0, &content);
	ck_assert_uint_eq(content->n_attachments, 6);
	for (int i = 0; i < 6; i++)
		ck_assert_int_eq(content->attachments[i]->kept, i < 5);
	SAYS(&desk, &zoe, "6.png: Not more than 5 attachments are kept.");
	SAYS_NOT(&desk, &zoe, "5.png");
	desk_close(&desk);
}
END_TEST

START_TEST(a_file_is_what_is_in_it)
{
	struct desk desk;
	struct MessageData *content;
	const char *exe, *signature;

	desk_open(&desk, &kv_lmdb);
	exe = file(&desk, "photo.png", "image/png", EXE);
	signature = file(&desk, "smime.p7s", "application/pkcs7-signature",
	    "MIAGCSqGSIb3DQEHAqCAMIACAQExDzANBg==");
	desk_take(&desk, mixed(&desk, &zoe,
			     with_files(&desk, "See.", signature)));
	SAYS_NOT(&desk, &zoe, "not kept");
	desk_take(&desk,
	    in_parts(&desk,
		person_answers(&desk, &zoe,
		    desk_newest_mail(&desk, zoe.address), "",
		    with_files(&desk, "And this.", exe))));
	desk_message(&desk, 1, 1, &content);
	ck_assert_uint_eq(content->n_attachments, 1);
	ck_assert(!content->attachments[0]->kept);
	SAYS(&desk, &zoe, "photo.png: Only JPEG, BMP, GIF, PNG and plain text");
	/* Who may not be the sender is told no name of a file. */
	desk_wait(&desk, 25 * WHEN_HOUR);
	desk_take(&desk, mixed(&desk, &forger,
			     with_files(&desk, "Look at that.", exe)));
	ck_assert_uint_eq(desk_tickets(&desk), 2);
	SAYS_NOT(&desk, &zoe, "photo.png");
	desk_close(&desk);
}
END_TEST

/* The desks of the loop share a conf that has no agreement. */
static struct policy
agreed_policy(const struct desk *desk, bool by_reply)
{
	struct policy policy = *desk->house.core.policy;

	policy.agreement_version = "2026-11";
	policy.agreement = "https://desk.example/terms";
	policy.agree_by_reply = by_reply;
	return policy;
}

static int
signed_fn(struct store_txn *txn, void *arg)
{
	struct looking *l = arg;
	struct Audit *audit;
	uint64_t after = 0;
	int count = 0;

	while (store_audit_next(txn, l->desk->kept, after, &audit) == 1) {
		after = audit->number;
		count += audit->ticket == l->ticket &&
		    strcmp(audit->trace, "signAgreement") == 0 &&
		    strcmp(audit->detail, "2026-11") == 0;
	}
	l->ticket = (uint64_t)count;
	return 0;
}

static uint64_t
times_signed(struct desk *desk, uint64_t ticket)
{
	struct looking l = {desk, ticket, NULL};

	ck_assert_int_eq(
	    store_read(desk->store, signed_fn, &l), STORE_OK);
	return l.ticket;
}

static const struct {
	const char *what;
	bool by_reply;
	const struct person *who;
	const char *first, *reply;
	bool accepted_at_first, accepted;
} deals[] = {
    {"the line in the first mail", false, &zoe,
	"Agreement: yes\n\nHelp.\n", "More.\n", true, true},
    {"the line in a reply", false, &zoe, "Help.\n",
	"Agreement: yes\nMore.\n", false, true},
    {"in another language", false, &zoe, "Help.\n", "Overeenkomst: ja\n",
	false, true},
    {"no is no", false, &zoe, "Agreement: no\nHelp.\n",
	"Agreement: no\n", false, false},
    {"a reply without it", false, &zoe, "Help.\n", "More.\n", false, false},
    {"any reply, where the conf says so", true, &zoe, "Help.\n", "More.\n",
	false, true},
    {"who is not vouched for agrees to nothing", false, &forger,
	"Agreement: yes\nHelp.\n", NULL, false, false},
};

START_TEST(an_agreement_is_told_and_its_acceptance_kept)
{
	struct desk desk;
	struct policy policy;
	const struct policy *before;

	desk_open(&desk, &kv_mem);
	before = desk.house.core.policy;
	policy = agreed_policy(&desk, deals[_i].by_reply);
	desk.house.core.policy = &policy;
	desk_take(&desk, person_writes(&desk, deals[_i].who, CLOUD, "Help", "",
			     deals[_i].first));
	ck_assert_str_eq(desk_ticket(&desk, 1)->agreement_version, "2026-11");
	ck_assert_int_eq(
	    desk_ticket(&desk, 1)->agreement, deals[_i].accepted_at_first);
	if (deals[_i].accepted_at_first)
		SAYS_NOT(&desk, &zoe, "desk.example/terms");
	else
		SAYS(&desk, &zoe, "desk.example/terms");
	if (deals[_i].reply != NULL)
		person_says(&desk, &zoe, deals[_i].reply);
	ck_assert_int_eq(desk_ticket(&desk, 1)->agreement, deals[_i].accepted);
	ck_assert_uint_eq(times_signed(&desk, 1), deals[_i].accepted);
	desk.house.core.policy = before;
	desk_close(&desk);
}
END_TEST

Suite *
suite_creation(void)
{
	Suite *suite = suite_create("creation");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, lines_at_the_top_are_fields);
	tcase_add_test(
	    all, what_is_missing_is_asked_for_and_filled_by_a_reply);
	tcase_add_test(all, a_stranger_gets_no_word_of_the_mail);
	tcase_add_test(all, who_sends_a_sixth_file_is_told);
	tcase_add_test(all, a_file_is_what_is_in_it);
	tcase_add_loop_test(all, an_agreement_is_told_and_its_acceptance_kept, 0,
	    sizeof deals / sizeof *deals);
	suite_add_tcase(suite, all);
	return suite;
}
