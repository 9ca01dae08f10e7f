#include <string.h>

#include "utf8.h"

#include "command.h"
#include "command_line.h"
#include "filter.h"
#include "tag.h"

/* What an argument must look like. */
enum shape {
	SHAPE_NOTHING,
	SHAPE_TEXT,	   /* anything, or nothing */
	SHAPE_SCORE,	   /* 1 to 5 and a comment, or a comment, or nothing */
	SHAPE_NEEDS_SCORE, /* 1 to 5 and perhaps a comment */
	SHAPE_MOBILE,
	SHAPE_CODE,
	SHAPE_TICKET, /* 1042, #1042, [#1042] */
	SHAPE_WORD, /* one word */
	SHAPE_TOKEN, /* one word or nothing */
	SHAPE_TAG, /* a tag's name */
	SHAPE_FILTER, /* filter.h */
	SHAPE_TAGS, /* two of them */
	SHAPE_ADDRESSES, /* addresses, aliases, "all", or nothing */
};

static const struct {
	enum operation operation;
	enum shape shape;
	const char *wrong; /* when the argument has another shape */
} shapes[] = {
    {OPERATION_NOTE, SHAPE_TEXT, ""},
    {OPERATION_CONFIRM, SHAPE_SCORE, "bad-confirm"},
    {OPERATION_RATE, SHAPE_NEEDS_SCORE, "bad-rate"},
    {OPERATION_SMS, SHAPE_MOBILE, "bad-sms"},
    {OPERATION_VERIFY, SHAPE_CODE, "bad-verify"},
    {OPERATION_FORWARD, SHAPE_WORD, "bad-forward"},
    {OPERATION_SEVERITY, SHAPE_WORD,
	"`/severity` needs one of critical, major, minor and question: "
	"`/severity major`."},
    {OPERATION_SERVICE, SHAPE_WORD,
	"`/service` needs the name of one service: `/service network`."},
    {OPERATION_CC, SHAPE_ADDRESSES, "bad-cc"},
    {OPERATION_UNCC, SHAPE_ADDRESSES, "bad-uncc"},
    {OPERATION_LINK, SHAPE_TICKET, "bad-link:link"},
    {OPERATION_UNLINK, SHAPE_TICKET, "bad-link:unlink"},
    {OPERATION_TAG, SHAPE_TAG, "bad-tag:tag"},
    {OPERATION_UNTAG, SHAPE_TAG, "bad-tag:untag"},
    {OPERATION_RENAME_TAG, SHAPE_TAGS, "bad-rename-tag"},
    {OPERATION_DELETE_TAG, SHAPE_TAG, "bad-tag:delete-tag"},
    {OPERATION_LIST, SHAPE_FILTER, "bad-list"},
    {OPERATION_FORGET, SHAPE_TOKEN, "bad-code:forget"},
    {OPERATION_DELETE, SHAPE_TOKEN, "bad-code:delete"},
};

/* Blanks that mail programs put where people typed none, or typed on a
 * telephone, and the marks of direction around Arabic: they separate words as
 * a blank does. */
static bool
is_odd_blank(uint32_t c)
{
	return c == 0xa0 || c == 0x3000 || c == 0x202f || c == 0x2060 ||
	    (c >= 0x2000 && c <= 0x200f) || c == 0xfeff ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

struct span
command_plain_line(struct arena *arena, struct span line)
{
	struct buf out = buf_in(arena);

	while (line.len > 0) {
		size_t len;
		uint32_t c = utf8_read(line, &len);

		if (is_odd_blank(c) || (c < 0x80 && ascii_blank((int)c)))
			buf_put(&out, ' ');
		else
			buf_add(&out, (struct span){line.at, len});
		line.at += len;
		line.len -= len;
	}
	buf_text(&out);
	return span_trim(buf_span(&out));
}

struct span
command_take_line(struct span *text)
{
	const char *end = memchr(text->at, '\n', text->len);
	size_t len = end ? (size_t)(end - text->at) : text->len;
	struct span line = {text->at, len};

	text->at += end ? len + 1 : len;
	text->len -= end ? len + 1 : len;
	return line;
}

/* The letters and '-' at the front. */
static struct span
verb_of(struct span text)
{
	size_t n = 0;

	while (n < text.len &&
	    (ascii_alpha((unsigned char)text.at[n]) || text.at[n] == '-'))
		n++;
	return (struct span){text.at, n};
}

/* "/verb" or "/verb argument", and not "/etc/passwd is wrong". */
static bool
is_command(struct span line, struct span *verb_r)
{
	struct span verb;

	if (line.len < 2 || line.at[0] != '/')
		return false;
	verb = verb_of((struct span){line.at + 1, line.len - 1});
	if (verb.len == 0 || !ascii_alpha((unsigned char)verb.at[0]))
		return false;
	if (verb.len + 1 < line.len && line.at[verb.len + 1] != ' ')
		return false;
	*verb_r = verb;
	return true;
}

static size_t
count_digits(struct span text)
{
	size_t n = 0;

	while (n < text.len && ascii_digit((unsigned char)text.at[n]))
		n++;
	return n;
}

/* A score at the front: one digit of 1 to 5 and no other digit or letter of
 * ours behind it; Chinese writes on without a blank. */
static int
score_of(struct span text)
{
	if (text.len == 0 || text.at[0] < '1' || text.at[0] > '5')
		return 0;
	if (text.len > 1 && text.at[1] != ' ' && text.at[1] != ',' &&
	    text.at[1] != '.' && text.at[1] != '!' &&
	    (unsigned char)text.at[1] < 0x80)
		return 0;
	return text.at[0] - '0';
}

/* Nothing, "all", or words with an '@' each. */
static bool
are_addresses(const char *text)
{
	if (text[0] == '\0' || span_is(span_of(text), "all"))
		return true;
	for (text += strspn(text, " \t,;"); *text != '\0';
	     text += strspn(text, " \t,;")) {
		size_t len = strcspn(text, " \t,;");

		if (memchr(text, '@', len) == NULL)
			return false;
		text += len;
	}
	return true;
}

/* The number of a ticket, as people write it; 0: it is none. */
static uint64_t
ticket_number(struct span text)
{
	uint64_t number = 0;
	size_t digits;

	while (text.len > 0 && strchr("[#", text.at[0]) != NULL) {
		text.at++;
		text.len--;
	}
	digits = count_digits(text);
	if (digits == 0 || digits > 18 ||
	    (digits < text.len &&
		(text.len > digits + 1 || text.at[digits] != ']')))
		return 0;
	for (size_t i = 0; i < digits; i++)
		number = number * 10 + (uint64_t)(text.at[i] - '0');
	return number;
}

static bool
fits(struct arena *arena, struct command *command, enum shape shape)
{
	struct span text = span_of(command->argument);

	switch (shape) {
	case SHAPE_NOTHING:
		return text.len == 0;
	case SHAPE_TEXT:
		return true;
	case SHAPE_SCORE:
	case SHAPE_NEEDS_SCORE:
		command->score = score_of(text);
		if (command->score != 0) {
			text.at++;
			text.len--;
			command->argument =
			    arena_copy(arena, span_trim(text));
		} else if (shape == SHAPE_NEEDS_SCORE ||
		    count_digits(text) > 0) {
			return false;
		}
		return text.len <= COMMAND_COMMENT_MAX;
	case SHAPE_MOBILE:
		command->argument = command_mobile(arena, command->argument);
		if (command->argument == NULL)
			command->argument = "";
		return command->argument[0] != '\0';
	case SHAPE_CODE:
		return text.len >= 4 && text.len <= 10 &&
		    count_digits(text) == text.len;
	case SHAPE_TICKET:
		command->number = ticket_number(text);
		return command->number != 0;
	case SHAPE_WORD:
		return text.len > 0 && memchr(text.at, ' ', text.len) == NULL;
	case SHAPE_TOKEN:
		return memchr(text.at, ' ', text.len) == NULL;
	case SHAPE_FILTER:
		return filter_read(arena, command->argument, false,
		    &(struct filter){0});
	case SHAPE_TAG:
		return tag_is_name(text);
	case SHAPE_TAGS:
		return tag_are_two(text);
	case SHAPE_ADDRESSES:
		return are_addresses(command->argument);
	}
	return false;
}

const char *
command_wrong(struct arena *arena, struct command *command)
{
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		if (shapes[i].operation == command->operation)
			return fits(arena, command, shapes[i].shape)
			    ? NULL
			    : shapes[i].wrong;
	}
	if (fits(arena, command, SHAPE_NOTHING))
		return NULL;
	return arena_print(arena, "stands-alone:%s",
	    operation_row(command->operation)->verb);
}

/* No error holds what was written, because it may stand in a notice that is
 * kept in clear. */
static const char *
verb_error(struct arena *arena, struct span verb)
{
	const struct operation_row *guess = operation_guess(verb);

	if (guess == NULL)
		return "no-command";
	return arena_print(arena, "near-command:%s", guess->verb);
}

/* The command of one line, its verb known to stand at `verb`. */
static struct command
command_of(struct arena *arena, struct span line, struct span verb)
{
	const struct operation_row *row = operation_find(verb);
	struct span behind = span_from(verb.at + verb.len, line.at + line.len);
	struct command command = {
	    .line = arena_copy(arena, line),
	    .argument = arena_copy(arena, span_trim(behind)),
	};

	/* What only a mail itself or the clock does has no verb in a mail. */
	if (row == NULL || row->operation < OPERATION_ACCEPT ||
	    row->operation >= OPERATION_PURGE) {
		command.error = verb_error(arena, verb);
		return command;
	}
	command.operation = row->operation;
	if (!row->built)
		command.error = "not-built";
	else if (line.len > COMMAND_LINE_MAX &&
	    row->operation != OPERATION_NOTE &&
	    row->operation != OPERATION_CC &&
	    row->operation != OPERATION_UNCC &&
	    row->operation != OPERATION_CONFIRM &&
	    row->operation != OPERATION_RATE)
		command.error = "long-command";
	else
		command.error = command_wrong(arena, &command);
	return command;
}

struct commands
command_read(struct arena *arena, const char *new_text)
{
	struct commands commands = {0};
	struct span text = span_of(new_text);
	struct span rest = text;

	while (text.len > 0) {
		struct span line =
		    command_plain_line(arena, command_take_line(&text));
		struct span verb;

		if (line.len == 0)
			continue;
		if (!is_command(line, &verb))
			break;
		rest = text;
		if (commands.count == COMMANDS_MAX) {
			commands.refused = true;
			continue;
		}
		commands.list[commands.count] =
		    command_of(arena, line, verb);
		if (commands.list[commands.count].error != NULL)
			commands.refused = true;
		commands.count++;
	}
	commands.rest = arena_copy(arena, span_trim(rest));
	return commands;
}

/* A slash, or the wide one of a Chinese keyboard; 0: neither. */
static size_t
slash_of(struct span line)
{
	return span_begins(line, "/") ? 1 : span_begins(line, "\uff0f") ? 3 : 0;
}

/* Whether a line was meant as an engineer's command, though it is not where
 * commands are read, or has a blank behind its slash. A customer's verbs are
 * none of them: an engineer may well tell a customer what to write. */
static bool
is_astray(struct span line)
{
	static const enum operation theirs[] = {OPERATION_ACCEPT,
	    OPERATION_NOTE, OPERATION_RESOLVE, OPERATION_FORWARD,
	    OPERATION_SEVERITY, OPERATION_SERVICE};
	const struct operation_row *row;
	size_t slash = slash_of(line);
	struct span behind, verb;

	if (slash == 0)
		return false;
	behind = span_trim(
	    (struct span){line.at + slash, line.len - slash});
	verb = verb_of(behind);
	if (verb.len < behind.len && strchr(" :", verb.at[verb.len]) == NULL)
		return false;
	row = operation_find(verb);
	for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++) {
		if (row != NULL && row->operation == theirs[i])
			return true;
	}
	return false;
}

const char *
command_astray(struct arena *arena, const char *text)
{
	struct span left = span_of(text);

	while (left.len > 0) {
		struct span line =
		    command_plain_line(arena, command_take_line(&left));

		if (is_astray(line))
			return arena_copy(arena, line);
	}
	return NULL;
}

const char *
command_mobile(struct arena *arena, const char *text)
{
	char *number = arena_take(arena, 17);
	size_t n = 0;

	while (*text == ' ')
		text++;
	/* "00" is how the country code is dialled in most of the world. */
	if (text[0] == '+')
		text++;
	else if (text[0] == '0' && text[1] == '0')
		text += 2;
	else
		return NULL;
	number[n++] = '+';
	for (; *text != '\0'; text++) {
		if (strchr(" ()-./", *text) != NULL)
			continue;
		if (!ascii_digit((unsigned char)*text) || n == 16)
			return NULL;
		number[n++] = *text;
	}
	/* No country code begins with 0 (E.164). */
	return n < 9 || number[1] == '0' ? NULL : number;
}
