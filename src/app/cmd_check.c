#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include <sodium.h>

#include "buf.h"
#include "json.h"
#include "utf8.h"

#include "notice.h"
#include "people.h"

#include "cmd.h"
#include "house.h"
#include "sample.h"
#include "texts.h"

#define SMS_GSM	 160 /* characters of one SMS, and of one */
#define SMS_UCS2 70  /* that has others than GSM 03.38's */

/* What is right and will still surprise. */
static void
advise(const struct house *house, struct buf *out)
{
	const struct conf *conf = house->conf;

	for (size_t i = 0; i < conf->mailbox_count; i++) {
		const struct door *door = &conf->mailboxes[i].door;

		if (door->authserv_ids == NULL || door->authserv_ids[0] == NULL)
			buf_print(out, "advice: mailbox %s has no authserv_ids: "
			       "nobody vouches for who writes, so engineers' "
			       "answers are held\n",
			    door->name);
	}
	for (size_t i = 0; i < conf->people.service_count; i++)
		if (conf->people.services[i].owner_count == 0)
			buf_print(out, "advice: service %s has no owners: nobody is "
			       "told of its tickets\n",
			    conf->people.services[i].name);
}

/* ASCII is all that our own texts need of GSM 03.38. */
static size_t
sms_room(struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] >= 0x80)
			return SMS_UCS2;
	return SMS_GSM;
}

/* What is wrong with a notice that was filled in with hard values, and could
 * be filled in at all. */
static const char *
wrong_notice(const struct house *house, const struct notice_set *set,
    enum notice notice)
{
	struct notice_text hard = sample_hard(house, set, notice);
	struct notice_text text = sample_friendly(house, set, notice);
	struct span octets;
	const char *why = NULL;

	if (strchr(hard.subject, '\n') != NULL)
		return ".txt: its subject has two lines";
	if (strstr(hard.html, "<i onload") != NULL)
		return ".html: a value gets into it as markup";
	if (text.html[0] != '\0' &&
	    (sample_mail(house, set, &hard, &octets, &why) < 0 ||
		sample_mail(house, set, &text, &octets, &why) < 0))
		return arena_print(house->arena, ".txt: %s", why);
	return NULL;
}

/* Tries every notice in every language. EX_OK, or EX_CONFIG after saying which
 * files are wrong. */
static int
try_notices(const struct house *house)
{
	const struct notice_set *const *sets = house->core.notices;
	int code = EX_OK;

	for (size_t s = 0; sets[s] != NULL; s++) {
		for (int i = NOTICE_NONE + 1; i < NOTICES; i++) {
			const char *why =
			    wrong_notice(house, sets[s], (enum notice)i);

			if (why == NULL)
				continue;
			fprintf(stderr, "%s/%s/%s%s\n",
			    texts_folder(house->conf),
			    notice_set_language(sets[s]),
			    notice_row((enum notice)i)->word, why);
			code = EX_CONFIG;
		}
	}
	return code;
}

/* With a long name of the desk an SMS may take two: dear, but no mistake. */
static void
advise_sms(const struct house *house, const struct notice_set *set,
    struct buf *out)
{
	for (int i = NOTICE_NONE + 1; i < NOTICES; i++) {
		struct notice_text text =
		    sample_friendly(house, set, (enum notice)i);
		struct span sms = span_of(text.sms);

		if (utf8_length(sms) > sms_room(sms))
			buf_print(out, "advice: %s/%s/%s.sms: %zu characters, and one "
			       "SMS holds %zu\n",
			    texts_folder(house->conf),
			    notice_set_language(set),
			    notice_row((enum notice)i)->word,
			    utf8_length(sms), sms_room(sms));
	}
}

static struct buf
all_advice(const struct house *house)
{
	const struct notice_set *const *sets = house->core.notices;
	struct buf out = buf_in(house->arena);

	advise(house, &out);
	buf_add_text(&out, house->lacking);
	for (size_t i = 0; sets[i] != NULL && house->conf->sms_enabled; i++)
		advise_sms(house, sets[i], &out);
	return out;
}

static int
say_text(const struct house *house, const char *path)
{
	const struct notice_set *const *sets = house->core.notices;
	struct buf out = buf_in(house->arena);
	struct buf advice = all_advice(house);

	buf_add_text(&out, "languages:");
	for (size_t i = 0; sets[i] != NULL; i++)
		buf_print(&out, " %s%s", notice_set_language(sets[i]),
		    i == 0 ? " (when none is known)" : "");
	buf_put(&out, '\n');
	buf_add(&out, buf_span(&advice));
	buf_print(&out,
	    "%s: %zu mailboxes, %zu services, %zu engineers; the templates "
	    "of language \"%s\" are whole\n",
	    path, house->conf->people.door_count,
	    house->conf->people.service_count,
	    house->conf->people.engineer_count, house->conf->language);
	return cmd_print(buf_text(&out));
}

/* What is wrong has been said on standard error, by file and line. */
static int
say_json(const struct house *house, const char *path, bool right)
{
	struct json json = json_in(house->arena);
	struct buf advice = buf_in(house->arena);

	json_object(&json, NULL);
	json_text(&json, "conf", path);
	json_bool(&json, "right", right);
	json_array(&json, "advice");
	if (right)
		advice = all_advice(house);
	for (char *line = strtok(buf_text(&advice), "\n"); line != NULL;
	     line = strtok(NULL, "\n"))
		json_text(&json, NULL,
		    strncmp(line, "advice: ", 8) == 0 ? line + 8 : line);
	json_end_array(&json);
	json_end_object(&json);
	buf_put(&json.out, '\n');
	return cmd_print(buf_text(&json.out));
}

int
cmd_check(const struct cmd_line *line)
{
	struct house house;
	int code, said = EX_OK;

	if (line->argc > 0)
		return cmd_usage("check");
	code = house_open(&house, line->conf_path);
	if (code == EX_OK)
		code = try_notices(&house);
	if (code == EX_OK)
		code = house_key(&house);
	sodium_memzero(house.master, sizeof house.master);
	if (line->json)
		said = say_json(&house, line->conf_path, code == EX_OK);
	else if (code == EX_OK)
		said = say_text(&house, line->conf_path);
	house_close(&house);
	return code != EX_OK ? code : said;
}
