#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "record.h"

#include "mail_read.h"

#include "talk.h"

void
talk_start(struct talk *talk, struct yard *yard, size_t most)
{
	*talk = (struct talk){.yard = yard,
	    .quotes = quote_rules_new(),
	    .kept = arena_new(0),
	    .arena = arena_new(0),
	    .most = most};
	talk->list = arena_take_many(talk->kept, most, sizeof *talk->list);
}

void
talk_end(struct talk *talk)
{
	quote_rules_free(talk->quotes);
	arena_free(talk->arena);
	arena_free(talk->kept);
	free(talk->heard);
}

/* ---- writing ------------------------------------------------------------ */

static void
add_head(struct talk *talk, struct buf *out, struct conversation *c,
    const char *name, const char *address)
{
	const char *domain = strchr(address, '@') + 1;
	const char *date = when_mail_text(talk->arena, when_now());

	buf_print(out,
	    "Authentication-Results: mx.desk.example; dmarc=pass"
	    " header.from=%s\r\n"
	    "Received: from mail.%s by mx.desk.example with ESMTPS; %s\r\n"
	    "Date: %s\r\nMessage-ID: <c%u.%zu@%s>\r\nFrom: %s <%s>\r\n",
	    domain, domain, date, date, c->number, c->mails, domain, name,
	    address);
}

static void
deliver(struct talk *talk, struct conversation *c, struct buf *out,
    const char *text)
{
	buf_print(out,
	    "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n%s\r\n",
	    text);
	yard_deliver(talk->yard, buf_span(out), &c->uids[c->mails++]);
	c->phase = (enum phase)(c->mails - 1);
	c->since = when_now();
}

static const char *
customer(struct talk *talk, const struct conversation *c)
{
	return arena_print(talk->arena, "c%u@acme.example", c->number);
}

void
talk_open(struct talk *talk)
{
	struct conversation *c = &talk->list[talk->count];
	struct buf out = buf_in(talk->arena);

	c->number = (unsigned)talk->count++;
	add_head(talk, &out, c, "Customer", customer(talk, c));
	buf_print(&out, "To: support@desk.example\r\nSubject: case-%u.\r\n",
	    c->number);
	deliver(talk, c, &out, arena_print(talk->arena, "first-%u.",
				   c->number));
}

static void
answer(struct talk *talk, struct conversation *c, const struct Mail *mail,
    bool engineer, const char *text)
{
	struct buf out = buf_in(talk->arena);

	if (engineer)
		add_head(talk, &out, c, "Anna Berger", "anna@desk.example");
	else
		add_head(talk, &out, c, "Customer", customer(talk, c));
	buf_print(&out,
	    "To: %s\r\nSubject: Re: %s\r\nIn-Reply-To: <%s>\r\n"
	    "References: <%s>\r\n",
	    mail->n_reply_to ? mail->reply_to[0]->address : "nowhere",
	    mail->subject, mail->message_id, mail->message_id);
	deliver(talk, c, &out, text);
}

/* ---- hearing ------------------------------------------------------------ */

/* What each phase waits for: to whom, which word in it, and who says what
 * then. */
static const struct {
	bool to_engineer;
	const char *word; /* with the conversation's number behind it */
	const char *says;
} steps[PHASE_DONE] = {
    [PHASE_NEW] = {true, "first-%u.", "answer-%u."},
    [PHASE_ANSWER] = {false, "answer-%u.", "more-%u."},
    [PHASE_MORE] = {true, "more-%u.", "/resolve\r\n\r\nsolved-%u."},
    [PHASE_CONFIRM] = {false, "solved-%u.", "yes"},
    [PHASE_CLOSED] = {false, "is closed", NULL},
};

/* The format is one of the table above, with one number or none in it. */
static char *
with_number(struct arena *arena, const char *format, unsigned number)
{
	const char *at = strstr(format, "%u");

	if (at == NULL)
		return arena_copy_text(arena, format);
	return arena_print(
	    arena, "%.*s%u%s", (int)(at - format), format, number, at + 2);
}

static void
hear_mail(struct talk *talk, const struct Mail *mail)
{
	const char *at = strstr(mail->subject, "case-");
	unsigned number = at != NULL ? (unsigned)strtoul(at + 5, NULL, 10) : 0;
	struct conversation *c;
	bool to_engineer;
	char *word;

	if (at == NULL || number >= talk->count || mail->n_to == 0)
		return;
	c = &talk->list[number];
	if (c->phase == PHASE_DONE)
		return;
	to_engineer = strcmp(mail->to[0]->address, "anna@desk.example") == 0;
	word = with_number(talk->arena, steps[c->phase].word, number);
	if (to_engineer != steps[c->phase].to_engineer ||
	    strstr(mail->text, word) == NULL)
		return;
	if (steps[c->phase].says == NULL) {
		c->phase = PHASE_DONE;
		return;
	}
	/* What is answered is whose turn it is. */
	answer(talk, c, mail, to_engineer,
	    with_number(talk->arena, steps[c->phase].says, number));
}

static void
keep_heard(struct talk *talk, const char *name, const char *message_id)
{
	struct heard *h;

	if (talk->heard_count == talk->heard_room) {
		talk->heard_room = talk->heard_room * 2 + 256;
		talk->heard = realloc(
		    talk->heard, talk->heard_room * sizeof *talk->heard);
		if (talk->heard == NULL)
			yard_broken("no memory");
	}
	h = &talk->heard[talk->heard_count++];
	h->sms = strstr(name, ".txt") != NULL;
	h->message_id = arena_copy_text(talk->kept, message_id);
	if (sscanf(name, "%" SCNu64 "-%" SCNu32, &h->outbox, &h->attempt) != 2)
		yard_broken("out/%s: whose is it?", name);
}

static void
hear(struct talk *talk, const char *name)
{
	char *path = yard_path(talk->yard, talk->arena,
	    arena_print(talk->arena, "out/%s", name));
	struct buf octets = buf_in(talk->arena);
	struct RawMail *raw = record_new(talk->arena, &raw_mail__descriptor);
	const struct Mail *mail;
	FILE *file = fopen(path, "r");
	size_t n;

	if (file == NULL)
		yard_broken("%s is gone", path);
	while ((n = fread(buf_reserve(&octets, 8192), 1, 8192, file)) > 0)
		octets.len += n;
	fclose(file);
	raw->origin = record_new(talk->arena, &origin__descriptor);
	raw->octets = record_bytes(buf_span(&octets));
	mail = mail_read(
	    talk->arena, raw, &mail_limits_default, talk->quotes);
	keep_heard(talk, name, mail->message_id);
	unlink(path);
	hear_mail(talk, mail);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

bool
talk_listen(struct talk *talk)
{
	char **names;
	size_t count = 0;
	DIR *dir;
	struct dirent *entry;

	arena_reset(talk->arena);
	names = arena_take_many(talk->arena, 2000, sizeof *names);
	dir = opendir(yard_path(talk->yard, talk->arena, "out"));
	while (dir != NULL && count < 2000 && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			names[count++] =
			    arena_copy_text(talk->arena, entry->d_name);
	if (dir != NULL)
		closedir(dir);
	qsort(names, count, sizeof *names, by_name);
	for (size_t i = 0; i < count; i++)
		hear(talk, names[i]);
	return count > 0;
}

size_t
talk_lively(const struct talk *talk, when quiet)
{
	size_t count = 0;

	for (size_t i = 0; i < talk->count; i++)
		count += talk->list[i].phase != PHASE_DONE &&
		    when_now() - talk->list[i].since < quiet;
	return count;
}

size_t
talk_done(const struct talk *talk)
{
	size_t count = 0;

	for (size_t i = 0; i < talk->count; i++)
		count += talk->list[i].phase == PHASE_DONE;
	return count;
}
