#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "record.h"

#include "mail_read.h"

#include "demo_out.h"
#include "house.h"

#define FILES_MOST 200
#define FILE_MOST  (1u << 20)

struct sent {
	const char *file;
	const struct Mail *mail; /* NULL: an SMS */
	struct span octets;
};

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct sent *)a)->file,
	    ((const struct sent *)b)->file);
}

static const struct Mail *
read_mail(struct demo_out *out, struct span octets)
{
	struct RawMail *raw = record_new(out->arena, &raw_mail__descriptor);

	raw->origin = record_new(out->arena, &origin__descriptor);
	raw->octets = record_bytes(octets);
	return mail_read(out->arena, raw, &mail_limits_default,
	    out->quotes);
}

/* All files, in the order in which they went. */
static size_t
read_sent(struct demo_out *out, struct sent **sent_r)
{
	struct sent *list =
	    arena_take_many(out->arena, FILES_MOST, sizeof *list);
	DIR *dir = opendir(out->folder);
	struct dirent *entry;
	const char *why;
	size_t count = 0;

	while (dir != NULL && count < FILES_MOST && (entry = readdir(dir)) != NULL) {
		struct sent *s = &list[count];

		if (entry->d_name[0] == '.')
			continue;
		s->file = arena_copy_text(out->arena, entry->d_name);
		if (house_read_file(out->arena,
			arena_print(out->arena, "%s/%s", out->folder,
			    entry->d_name),
			FILE_MOST, &s->octets, &why) < 0)
			continue;
		if (strstr(s->file, ".eml") != NULL)
			s->mail = read_mail(out, s->octets);
		count++;
	}
	if (dir != NULL)
		closedir(dir);
	qsort(list, count, sizeof *list, by_name);
	*sent_r = list;
	return count;
}

/* What stands below the lines that say where the SMS went to. */
static const char *
sms_text(const struct demo_out *out, const struct sent *sent)
{
	char *all = arena_copy(out->arena, sent->octets);
	char *text = strstr(all, "\n\n");

	text = text ? text + 2 : all;
	text[strcspn(text, "\n")] = '\0';
	return text;
}

void
demo_out_show(struct demo_out *out)
{
	struct sent *list;
	size_t count = read_sent(out, &list);

	for (size_t i = out->shown; i < count; i++) {
		if (list[i].mail != NULL && list[i].mail->n_to > 0)
			printf("    -> mail to %-22s %s\n",
			    list[i].mail->to[0]->address,
			    list[i].mail->subject);
		else if (list[i].mail == NULL)
			printf("    -> SMS  %s\n", sms_text(out, &list[i]));
	}
	out->shown = count;
}

bool
demo_out_answered(struct demo_out *out, const char *address,
    struct demo_answered *answered_r)
{
	struct sent *list;
	size_t count = read_sent(out, &list);

	for (size_t i = count; i-- > 0;) {
		const struct Mail *mail = list[i].mail;

		if (mail == NULL || mail->n_to == 0 || mail->n_reply_to == 0 ||
		    strcmp(mail->to[0]->address, address) != 0)
			continue;
		answered_r->reply_to = mail->reply_to[0]->address;
		answered_r->message_id = mail->message_id;
		answered_r->references = arena_print(out->arena, "<%s>",
		    mail->message_id);
		answered_r->subject = mail->subject;
		answered_r->code = "";
		return true;
	}
	fprintf(stderr, "no mail went to %s\n", address);
	return false;
}

const char *
demo_out_code(struct demo_out *out)
{
	struct sent *list;
	size_t count = read_sent(out, &list);

	for (size_t i = count; i-- > 0;) {
		struct span s = list[i].octets;
		size_t digits = 0;

		if (list[i].mail != NULL)
			continue;
		for (size_t at = 0; at < s.len; at++) {
			digits = ascii_digit(s.at[at]) ? digits + 1 : 0;
			if (digits == 6 && (at + 1 == s.len ||
					       !ascii_digit(s.at[at + 1])))
				return arena_copy(out->arena,
				    (struct span){s.at + at - 5, 6});
		}
	}
	return "000000";
}
