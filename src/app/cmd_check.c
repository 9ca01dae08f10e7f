#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include <sodium.h>

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
advise(const struct house *house)
{
	const struct conf *conf = house->conf;

	for (size_t i = 0; i < conf->mailbox_count; i++) {
		const struct door *door = &conf->mailboxes[i].door;

		if (door->authserv_ids == NULL || door->authserv_ids[0] == NULL)
			printf("advice: mailbox %s has no authserv_ids: "
			       "nobody vouches for who writes, so engineers' "
			       "answers are held\n",
			    door->name);
	}
	for (size_t i = 0; i < conf->people.service_count; i++)
		if (conf->people.services[i].owner_count == 0)
			printf("advice: service %s has no owners: nobody is "
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
advise_sms(const struct house *house, const struct notice_set *set)
{
	for (int i = NOTICE_NONE + 1; i < NOTICES; i++) {
		struct notice_text text =
		    sample_friendly(house, set, (enum notice)i);
		struct span sms = span_of(text.sms);

		if (utf8_length(sms) > sms_room(sms))
			printf("advice: %s/%s/%s.sms: %zu characters, and one "
			       "SMS holds %zu\n",
			    texts_folder(house->conf),
			    notice_set_language(set),
			    notice_row((enum notice)i)->word,
			    utf8_length(sms), sms_room(sms));
	}
}

static void
print_languages(const struct house *house)
{
	const struct notice_set *const *sets = house->core.notices;

	printf("languages:");
	for (size_t i = 0; sets[i] != NULL; i++)
		printf(" %s%s", notice_set_language(sets[i]),
		    i == 0 ? " (when none is known)" : "");
	printf("\n%s", house->lacking);
	for (size_t i = 0; sets[i] != NULL && house->conf->sms_enabled; i++)
		advise_sms(house, sets[i]);
}

int
cmd_check(const struct cmd_line *line)
{
	struct house house;
	int code;

	if (line->argc > 0)
		return cmd_usage("check");
	code = house_open(&house, line->conf_path);
	if (code == EX_OK)
		code = try_notices(&house);
	if (code == EX_OK)
		code = house_key(&house);
	sodium_memzero(house.master, sizeof house.master);
	if (code == EX_OK) {
		advise(&house);
		print_languages(&house);
		printf("%s: %zu mailboxes, %zu services, %zu engineers; the "
		       "templates of language \"%s\" are whole\n",
		    line->conf_path, house.conf->people.door_count,
		    house.conf->people.service_count,
		    house.conf->people.engineer_count, house.conf->language);
	}
	house_close(&house);
	return code;
}
