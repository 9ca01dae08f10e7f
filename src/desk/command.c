#include <string.h>

#include "utf8.h"

#include "command.h"
#include "plain_word.h"

/* What an argument must look like. */
enum shape {
	SHAPE_NOTHING,
	SHAPE_TEXT,	   /* anything, or nothing */
	SHAPE_SCORE,	   /* 1 to 5 and a comment, or a comment, or nothing */
	SHAPE_NEEDS_SCORE, /* 1 to 5 and perhaps a comment */
	SHAPE_MOBILE,
	SHAPE_CODE,
	SHAPE_WORD, /* one word */
	SHAPE_YES,  /* "yes" or nothing */
};

static const struct {
	enum operation operation;
	enum shape shape;
	const char *wrong; /* when the argument has another shape */
} shapes[] = {
    {OPERATION_NOTE, SHAPE_TEXT, ""},
    {OPERATION_CONFIRM, SHAPE_SCORE,
	"The score of `/confirm` goes from 1 to 5, its comment up to 500 "
	"letters: `/confirm 5 thank you`."},
    {OPERATION_RATE, SHAPE_NEEDS_SCORE,
	"`/rate` needs a score from 1 to 5, and takes a comment up to 500 "
	"letters: `/rate 5 thank you`."},
    {OPERATION_SMS, SHAPE_MOBILE,
	"`/sms` needs a number with its country code: `/sms +49 151 234567`."},
    {OPERATION_VERIFY, SHAPE_CODE,
	"`/verify` needs the digits that came to your phone: `/verify "
	"123456`."},
    {OPERATION_FORWARD, SHAPE_WORD,
	"`/forward` needs the name of one engineer: `/forward anna`."},
    {OPERATION_FORGET, SHAPE_YES,
	"Write `/forget`, or `/forget yes` to have it done."},
};

/* A person who writes more than this below "yes" has more to say than yes,
 * and a person must read it before the ticket is closed. */
#define PLAIN_REST_MAX 200

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

/* The line with every kind of blank as ' ', trimmed. */
static struct span
plain_line(struct arena *arena, struct span line)
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

/* The first line, without its end; `text` is moved behind it. */
static struct span
take_line(struct span *text)
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
	case SHAPE_WORD:
		return text.len > 0 && memchr(text.at, ' ', text.len) == NULL;
	case SHAPE_YES:
		return text.len == 0 || span_is(text, "yes");
	}
	return false;
}

static const char *
argument_error(struct arena *arena, struct command *command)
{
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		if (shapes[i].operation == command->operation)
			return fits(arena, command, shapes[i].shape)
			    ? NULL
			    : shapes[i].wrong;
	}
	if (fits(arena, command, SHAPE_NOTHING))
		return NULL;
	return arena_print(arena,
	    "`/%s` stands alone on its line; write your text below it.",
	    operation_row(command->operation)->verb);
}

/* No error holds what was written, because it may stand in a notice that is
 * kept in clear. */
static const char *
verb_error(struct arena *arena, struct span verb)
{
	const struct operation_row *guess = operation_guess(verb);

	if (guess == NULL)
		return "There is no such command; `/help` names them all.";
	return arena_print(arena,
	    "There is no such command. Did you mean `/%s`?", guess->verb);
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
		command.error = arena_print(arena,
		    "This version cannot do `/%s` yet.", row->verb);
	else if (line.len > COMMAND_LINE_MAX &&
	    row->operation != OPERATION_NOTE &&
	    row->operation != OPERATION_CONFIRM &&
	    row->operation != OPERATION_RATE)
		command.error = "The line is too long for a command.";
	else
		command.error = argument_error(arena, &command);
	return command;
}

struct commands
command_read(struct arena *arena, const char *new_text)
{
	struct commands commands = {0};
	struct span text = span_of(new_text);
	struct span rest = text;

	while (text.len > 0) {
		struct span line = plain_line(arena, take_line(&text));
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
	    OPERATION_NOTE, OPERATION_RESOLVE, OPERATION_FORWARD};
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
		struct span line = plain_line(arena, take_line(&left));

		if (is_astray(line))
			return arena_copy(arena, line);
	}
	return NULL;
}

/* How many octets of punctuation that people put around a word stand at the
 * front, or at the end, of the text. */
static size_t
mark_at(struct span text, bool end)
{
	static const char *const marks[] = {"*", "_", "\"", "'", " ", "。", "！",
	    "，", "；", "、", "“", "”", "،", "؛", NULL};

	if (end && text.len > 0 && octet_in(text.at[text.len - 1], ".!,;"))
		return 1;
	for (size_t i = 0; marks[i] != NULL; i++) {
		size_t len = strlen(marks[i]);

		if (text.len >= len &&
		    memcmp(end ? text.at + text.len - len : text.at, marks[i],
			len) == 0)
			return len;
	}
	return 0;
}

static struct span
without_marks(struct span line)
{
	size_t len;

	while ((len = mark_at(line, true)) > 0)
		line.len -= len;
	while ((len = mark_at(line, false)) > 0) {
		line.at += len;
		line.len -= len;
	}
	return line;
}

/* With the digits of Arabic and of wide Chinese type as plain ones. */
static struct span
plain_digits(struct arena *arena, struct span line)
{
	static const uint32_t zeros[] = {0x660, 0x6f0, 0xff10};
	struct buf out = buf_in(arena);

	while (line.len > 0) {
		size_t len;
		uint32_t c = utf8_read(line, &len);
		char digit = '\0';

		for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
			if (c >= zeros[i] && c <= zeros[i] + 9)
				digit = (char)('0' + (c - zeros[i]));
		if (digit != '\0')
			buf_put(&out, digit);
		else
			buf_add(&out, (struct span){line.at, len});
		line.at += len;
		line.len -= len;
	}
	buf_text(&out);
	return buf_span(&out);
}

/* Whether an argument that people also write as prose is surely meant: no
 * argument, or one that begins with the score, the number or the code. */
static bool
plainly_meant(const struct command *command, size_t len)
{
	if (command->error != NULL)
		return false;
	return len == 0 || command->score != 0 ||
	    command->operation == OPERATION_SMS ||
	    command->operation == OPERATION_VERIFY;
}

struct commands
command_read_plain(
    struct arena *arena, const char *new_text, enum state state)
{
	struct commands commands = {.rest = new_text};
	struct command command = {.argument = ""};
	struct span text = span_of(new_text);
	struct span line = {"", 0}, argument, rest;
	const struct plain_word *word;
	size_t len;

	while (text.len > 0 && line.len == 0)
		line = plain_line(arena, take_line(&text));
	rest = span_trim(text);
	line = without_marks(plain_digits(arena, line));
	word = plain_word_find(line, state);
	if (rest.len > PLAIN_REST_MAX || word == NULL)
		return commands;
	argument = without_marks(span_from(
	    line.at + strlen(word->word), line.at + line.len));
	len = argument.len;
	if (len > 0 && argument.at[0] == ',')
		argument = span_trim(span_from(
		    argument.at + 1, argument.at + argument.len));
	command.operation = word->operation;
	command.line = arena_copy(arena, line);
	command.argument = arena_copy(arena, argument);
	command.error = argument_error(arena, &command);
	if (!plainly_meant(&command, len))
		return commands;
	commands.list[0] = command;
	commands.count = 1;
	commands.rest = arena_copy(arena, rest);
	return commands;
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
