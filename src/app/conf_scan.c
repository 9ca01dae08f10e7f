#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "span.h"
#include "utf8.h"

#include "conf_scan.h"

struct scan {
	struct conf_wrongs *wrongs;
	const char *folder;
	const char *file;
	const char *at, *end;
	int line;
	int files;  /* how deep this file is included */
	int nested; /* brackets open here */
	bool bad;
};

static bool scan_file(struct scan *scan);

#define WRONG(scan, ...)                                                       \
	((scan)->bad = true,                                                   \
	    conf_wrong((scan)->wrongs,                                         \
		(struct conf_where){(scan)->file, (scan)->line, ""},           \
		__VA_ARGS__))

static int
peek(const struct scan *scan)
{
	return scan->at < scan->end ? (unsigned char)*scan->at : -1;
}

static void
step(struct scan *scan)
{
	if (*scan->at++ == '\n')
		scan->line++;
}

static bool
next_is(const struct scan *scan, const char *text)
{
	size_t len = strlen(text);

	return (size_t)(scan->end - scan->at) >= len &&
	       memcmp(scan->at, text, len) == 0;
}

static void
skip_line(struct scan *scan)
{
	while (peek(scan) != -1 && peek(scan) != '\n')
		step(scan);
}

static void
skip_comment(struct scan *scan)
{
	while (peek(scan) != -1 && !next_is(scan, "*/"))
		step(scan);
	if (peek(scan) == -1)
		WRONG(scan, "this comment has no end; add */");
	else
		scan->at += 2;
}

/* From its first quote to behind its last. */
static struct span
read_string(struct scan *scan)
{
	const char *start = ++scan->at;

	while (peek(scan) != -1 && peek(scan) != '"') {
		if (next_is(scan, "\\x00"))
			WRONG(scan, "a NUL within a text; leave \\x00 out");
		if (peek(scan) == '\\' && scan->at + 1 < scan->end)
			step(scan);
		step(scan);
	}
	if (peek(scan) == -1) {
		WRONG(scan, "this text has no end; add a quote");
		return span_from(start, scan->at);
	}
	return span_from(start, scan->at++);
}

static bool
word_letter(int c)
{
	return ascii_alpha(c) || ascii_digit(c) || c == '_' || c == '-' ||
	       c == '*' || c == '.';
}

/* Only integers: with a point or an exponent it is no value of ours, and
 * loading says so. */
static void
read_number(struct scan *scan)
{
	const char *start = scan->at;
	struct span word;
	unsigned base = 10;
	uint64_t value = 0;

	while (word_letter(peek(scan)))
		step(scan);
	word = span_from(start, scan->at);
	while (word.len > 0 && word.at[word.len - 1] == 'L')
		word.len--;
	if (word.len > 2 && span_begins(word, "0x")) {
		base = 16;
		word.at += 2;
		word.len -= 2;
	} else if (word.len > 1 && word.at[0] == '0' &&
		   ascii_digit((unsigned char)word.at[1])) {
		WRONG(scan, "%.*s is not octal here; leave the leading 0 out",
		    (int)(word.len < 40 ? word.len : 40), word.at);
		return;
	}
	for (size_t i = 0; i < word.len; i++) {
		int c = ascii_lower((unsigned char)word.at[i]);
		unsigned digit = ascii_digit(c) ? (unsigned)(c - '0')
				 : base == 16 && c >= 'a' && c <= 'f'
				     ? (unsigned)(c - 'a' + 10)
				     : 99;

		if (digit == 99)
			return;
		value = value * base + digit;
		if (value > INT32_MAX) {
			WRONG(scan, "this number is too large for any key");
			return;
		}
	}
}

/* One folder, no way out of it: a plain file name. */
static void
read_include(struct scan *scan)
{
	struct scan within = *scan;
	struct span name;

	scan->at += strlen("@include");
	while (peek(scan) == ' ' || peek(scan) == '\t')
		step(scan);
	if (peek(scan) != '"') {
		WRONG(scan, "@include wants a file name in quotes");
		return;
	}
	name = read_string(scan);
	if (name.len == 0 || name.at[0] == '.' ||
	    memchr(name.at, '/', name.len) != NULL ||
	    memchr(name.at, '\\', name.len) != NULL) {
		WRONG(scan, "only a file of this folder can be included: "
			    "write its name without a path");
		return;
	}
	if (scan->files >= CONF_INCLUDE_MAX) {
		WRONG(scan,
		    "files include each other more than %d deep; does "
		    "one include itself?",
		    CONF_INCLUDE_MAX);
		return;
	}
	within.file = arena_copy(scan->wrongs->arena, name);
	within.files++;
	if (!scan_file(&within) && !within.bad)
		WRONG(scan, "%s cannot be read: %s", within.file,
		    strerror(errno));
	scan->bad |= within.bad;
}

static void
read_bracket(struct scan *scan, int c)
{
	scan->nested += c == '(' || c == '{' || c == '[' ? 1 : -1;
	if (scan->nested == CONF_NESTED_MAX + 1)
		WRONG(scan,
		    "brackets are more than %d deep here; is one not "
		    "closed?",
		    CONF_NESTED_MAX);
	scan->at++;
}

static void
scan_text(struct scan *scan)
{
	int c;

	while ((c = peek(scan)) != -1) {
		if (c == '#' || next_is(scan, "//"))
			skip_line(scan);
		else if (next_is(scan, "/*"))
			skip_comment(scan);
		else if (c == '"')
			read_string(scan);
		else if (next_is(scan, "@include"))
			read_include(scan);
		else if (ascii_digit(c))
			read_number(scan);
		else if (strchr("(){}[]", c) != NULL)
			read_bracket(scan, c);
		else if (word_letter(c) && c != '-')
			while (word_letter(peek(scan)))
				step(scan);
		else
			step(scan);
	}
}

/* The octets of the file; at NULL with errno set when there are none. */
static struct span
file_octets(struct scan *scan)
{
	const char *path =
	    arena_print(scan->wrongs->arena, "%s/%s", scan->folder, scan->file);
	struct span none = {NULL, 0};
	char *octets;
	size_t len = 0;
	ssize_t got;
	struct stat stat;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return none;
	if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) {
		close(fd);
		errno = EINVAL;
		return none;
	}
	octets = arena_take(scan->wrongs->arena, CONF_FILE_MAX + 1);
	while (len <= CONF_FILE_MAX &&
	       (got = read(fd, octets + len, CONF_FILE_MAX + 1 - len)) > 0)
		len += (size_t)got;
	close(fd);
	return (struct span){octets, len};
}

static void
locate(struct scan *scan, const char *at)
{
	while (scan->at < at)
		step(scan);
}

static bool
scan_file(struct scan *scan)
{
	struct span text = file_octets(scan);
	const char *nul;
	size_t len;

	scan->line = 1;
	if (text.at == NULL)
		return false;
	scan->at = text.at;
	scan->end = text.at + text.len;
	if (text.len > CONF_FILE_MAX) {
		WRONG(scan, "the file is larger than a MiB; split it");
		return false;
	}
	nul = memchr(text.at, '\0', text.len);
	if (nul != NULL) {
		locate(scan, nul);
		WRONG(scan, "a NUL in the text; take it out");
		return false;
	}
	for (const char *at = text.at; at < scan->end; at += len) {
		if (utf8_read(span_from(at, scan->end), &len) != UTF8_BAD)
			continue;
		locate(scan, at);
		WRONG(scan, "not UTF-8; save the file as UTF-8");
		return false;
	}
	scan_text(scan);
	return !scan->bad;
}

bool
conf_scan(struct conf_wrongs *wrongs, const char *folder, const char *name)
{
	struct scan scan = {
	    .wrongs = wrongs, .folder = folder, .file = name, .files = 1};

	if (scan_file(&scan))
		return true;
	if (!scan.bad)
		WRONG(&scan, "%s/%s cannot be read: %s", folder, name,
		    strerror(errno));
	return false;
}
