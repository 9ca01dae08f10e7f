#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "buf.h"

#include "notice.h"

#include "cmd.h"
#include "house.h"
#include "sample.h"

/* What of the notice is shown. */
enum shown { SHOWN_TEXT, SHOWN_HTML, SHOWN_MAIL };

struct wish {
	const char *event;
	const char *language; /* NULL: the conf's */
	enum shown shown;
};

static bool
read_wish(const struct cmd_line *line, struct wish *wish)
{
	for (int i = 0; i < line->argc; i++) {
		const char *word = line->argv[i];

		if (strcmp(word, "--html") == 0)
			wish->shown = SHOWN_HTML;
		else if (strcmp(word, "--eml") == 0)
			wish->shown = SHOWN_MAIL;
		else if (word[0] == '-')
			return false;
		else if (wish->event == NULL)
			wish->event = word;
		else if (wish->language == NULL)
			wish->language = word;
		else
			return false;
	}
	return wish->event != NULL;
}

static enum notice
find_notice(const char *event)
{
	for (int i = NOTICE_NONE + 1; i < NOTICES; i++)
		if (strcmp(notice_row((enum notice)i)->word, event) == 0)
			return (enum notice)i;
	fprintf(stderr, "gatepost: no notice \"%s\"; there are\n", event);
	for (int i = NOTICE_NONE + 1; i < NOTICES; i++)
		fprintf(stderr, "  %-16s %s\n",
		    notice_row((enum notice)i)->word,
		    notice_row((enum notice)i)->help);
	return NOTICE_NONE;
}

/* The language's own set, even where a real notice would fall back: whoever
 * translates wants to see what there is. */
static const struct notice_set *
find_set(const struct house *house, const char *language)
{
	const struct notice_set *const *sets = house->core.notices;

	for (size_t i = 0; sets[i] != NULL; i++)
		if (language == NULL ||
		    strcmp(notice_set_language(sets[i]), language) == 0)
			return sets[i];
	fprintf(stderr, "gatepost: no templates of language \"%s\"; there are",
	    language);
	for (size_t i = 0; sets[i] != NULL; i++)
		fprintf(stderr, " %s", notice_set_language(sets[i]));
	fprintf(stderr, "\n");
	return NULL;
}

/* Octet for octet: it is for a browser or a mail program. */
static int
write_octets(struct span octets)
{
	if (fwrite(octets.at, 1, octets.len, stdout) == octets.len &&
	    fflush(stdout) == 0)
		return EX_OK;
	fprintf(stderr, "gatepost: cannot write the preview\n");
	return EX_IOERR;
}

static int
print_text(const struct house *house, const struct notice_text *text)
{
	struct buf out = buf_in(house->arena);

	if (text->text[0] != '\0')
		buf_print(
		    &out, "Subject: %s\n\n%s", text->subject, text->text);
	if (text->sms[0] != '\0')
		buf_print(
		    &out, "%sSMS: %s\n", out.len > 0 ? "\n" : "", text->sms);
	return write_octets(span_of(buf_text(&out)));
}

static int
preview(const struct house *house, const struct wish *wish)
{
	const struct notice_set *set = find_set(house, wish->language);
	enum notice notice = find_notice(wish->event);
	struct notice_text text;
	struct span octets;
	const char *why;

	if (set == NULL || notice == NOTICE_NONE)
		return EX_USAGE;
	text = sample_friendly(house, set, notice);
	if (wish->shown == SHOWN_TEXT)
		return print_text(house, &text);
	if (text.html[0] == '\0') {
		fprintf(stderr, "gatepost: \"%s\" goes out by SMS alone\n",
		    wish->event);
		return EX_USAGE;
	}
	if (wish->shown == SHOWN_HTML)
		return write_octets(span_of(text.html));
	if (sample_mail(house, set, &text, &octets, &why) < 0) {
		fprintf(stderr, "gatepost: %s\n", why);
		return EX_DATAERR;
	}
	return write_octets(octets);
}

int
cmd_preview(const struct cmd_line *line)
{
	struct wish wish = {.shown = SHOWN_TEXT};
	struct house house;
	int code;

	if (!read_wish(line, &wish))
		return cmd_usage("preview");
	code = house_open(&house, line->conf_path);
	if (code == EX_OK)
		code = preview(&house, &wish);
	house_close(&house);
	return code;
}
