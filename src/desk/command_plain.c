#include <string.h>

#include "utf8.h"

#include "command_line.h"
#include "plain_word.h"

/* A person who writes more than this below "yes" has more to say than yes,
 * and a person must read it before the ticket is closed. */
#define PLAIN_REST_MAX 200

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

/* "it 2", "this ticket: 2": the words that people put between the verb and
 * their score say nothing, and are skipped. */
static struct span
without_fillers(struct span text)
{
	static const char *const fillers[] = {"it", "this", "the", "ticket",
	    "with", "as", "at", "a", "us", "het", "dit", "met", "een", NULL};
	bool found = true;

	while (found) {
		found = false;
		for (size_t i = 0; fillers[i] != NULL && !found; i++) {
			size_t len = strlen(fillers[i]);

			if (!span_begins(text, fillers[i]) ||
			    text.len <= len ||
			    !octet_in(text.at[len], " :="))
				continue;
			text = span_trim(span_from(
			    text.at + len, text.at + text.len));
			found = true;
		}
		while (text.len > 0 && octet_in(text.at[0], ":= ")) {
			text.at++;
			text.len--;
			found = true;
		}
	}
	return text;
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
		line = command_plain_line(arena, command_take_line(&text));
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
	if (word->operation == OPERATION_RATE)
		argument = without_fillers(argument);
	command.operation = word->operation;
	command.line = arena_copy(arena, line);
	command.argument = arena_copy(arena, argument);
	command.error = command_wrong(arena, &command);
	if (!plainly_meant(&command, len))
		return commands;
	commands.list[0] = command;
	commands.count = 1;
	commands.rest = arena_copy(arena, rest);
	return commands;
}
