#include <string.h>

#include "utf8.h"

#include "command.h"

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
	SHAPE_ADDRESSES, /* addresses, aliases, "all", or nothing */
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
    {OPERATION_CC, SHAPE_ADDRESSES,
	"`/cc` alone puts all in copy who are proposed; else it needs their "
	"addresses: `/cc jan@example.com ann@example.com`."},
    {OPERATION_UNCC, SHAPE_ADDRESSES,
	"`/uncc` needs the addresses of those who shall leave: `/uncc "
	"jan@example.com`. Alone it is for somebody in copy who leaves."},
    {OPERATION_LINK, SHAPE_TICKET,
	"`/link` needs the number of the other ticket: `/link 1042`."},
    {OPERATION_UNLINK, SHAPE_TICKET,
	"`/unlink` needs the number of the other ticket: `/unlink 1042`."},
    {OPERATION_FORGET, SHAPE_TOKEN,
	"Write `/forget` alone. A mail comes back with the line that has it "
	"done."},
    {OPERATION_DELETE, SHAPE_TOKEN,
	"Write `/delete` alone. A mail comes back with the line that has it "
	"done."},
};

/* The plain words. "no" is none of them: whoever answers "no" to "is it
 * solved?" writes a message, and the state table does the rest. In a state
 * that is over they are read too, so that a link tapped twice is answered
 * and opens no ticket. */
#define BIT(state) (1u << STATE_##state)
#define OVER	   (BIT(CANCELED) | BIT(CLOSED))
#define ALIVE                                                                  \
	(BIT(PENDING) | BIT(PROCESSING) | BIT(PENDING_FEEDBACK) |              \
	    BIT(PENDING_REPLY) | BIT(PENDING_CONFIRMATION))
static const struct {
	const char *word;
	enum operation operation;
	unsigned states; /* in which it is awaited */
} plain_words[] = {
    {"yes", OPERATION_CONFIRM, BIT(PENDING_CONFIRMATION) | OVER},
    {"ok", OPERATION_CONFIRM, BIT(PENDING_CONFIRMATION) | OVER},
    {"solved", OPERATION_CONFIRM, BIT(PENDING_CONFIRMATION) | OVER},
    {"confirm", OPERATION_CONFIRM, ALIVE | OVER},
    {"rate", OPERATION_RATE, BIT(PENDING_CONFIRMATION) | OVER},
    {"cancel", OPERATION_CANCEL, ALIVE | OVER},
    {"close", OPERATION_CLOSE, ALIVE | OVER},
    {"remind", OPERATION_REMIND, ALIVE | OVER},
    {"status", OPERATION_STATUS, ALIVE | OVER},
    {"leave", OPERATION_UNCC, ALIVE | OVER},
    {"sms", OPERATION_SMS, ALIVE},
    {"verify", OPERATION_VERIFY, ALIVE},
};

/* A person who writes more than this below "yes" has more to say than yes,
 * and a person must read it before the ticket is closed. */
#define PLAIN_REST_MAX 200

/* Blanks that mail programs put where people typed none, or typed on a
 * telephone: they separate words as a blank does. */
static bool
is_odd_blank(uint32_t c)
{
	return c == 0xa0 || c == 0x3000 || c == 0x202f || c == 0x2060 ||
	    (c >= 0x2000 && c <= 0x200f) || c == 0xfeff;
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

/* A score at the front: one digit of 1 to 5 and no letter behind it. */
static int
score_of(struct span text)
{
	if (text.len == 0 || text.at[0] < '1' || text.at[0] > '5')
		return 0;
	if (text.len > 1 && text.at[1] != ' ' && text.at[1] != ',' &&
	    text.at[1] != '.' && text.at[1] != '!')
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
	case SHAPE_ADDRESSES:
		return are_addresses(command->argument);
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
	    row->operation != OPERATION_CC &&
	    row->operation != OPERATION_UNCC &&
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

/* Without the punctuation that people put behind a word. */
static struct span
without_marks(struct span line)
{
	while (line.len > 0 &&
	    strchr(".!,;*_\"' ", line.at[line.len - 1]) != NULL)
		line.len--;
	while (line.len > 0 && strchr("*_\"' ", line.at[0]) != NULL) {
		line.at++;
		line.len--;
	}
	return line;
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
	struct span text = span_of(new_text);
	struct span line = {"", 0}, word, rest;

	while (text.len > 0 && line.len == 0)
		line = plain_line(arena, take_line(&text));
	rest = span_trim(text);
	line = without_marks(line);
	word = verb_of(line);
	if (rest.len > PLAIN_REST_MAX || (unsigned)state >= STATES ||
	    (word.len < line.len && line.at[word.len] != ' ' &&
		line.at[word.len] != ','))
		return commands;
	for (size_t i = 0; i < sizeof plain_words / sizeof *plain_words; i++) {
		struct command command = {
		    .operation = plain_words[i].operation,
		    .line = arena_copy(arena, line),
		    .argument = arena_copy(arena,
			without_marks(span_from(word.at + word.len,
			    line.at + line.len))),
		};
		size_t len = strlen(command.argument);

		if (!span_is(word, plain_words[i].word) ||
		    !(plain_words[i].states & 1u << state))
			continue;
		if (command.argument[0] == ',')
			command.argument = arena_copy(arena,
			    span_trim(span_of(command.argument + 1)));
		command.error = argument_error(arena, &command);
		if (!plainly_meant(&command, len))
			continue;
		commands.list[0] = command;
		commands.count = 1;
		commands.rest = arena_copy(arena, rest);
	}
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
