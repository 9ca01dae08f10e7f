#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "log.h"

/* One of the two globals of the house; the other is the stop flag. */
static struct {
	const char *name;
	int level;
} say = {"gatepost", 6};

void
log_name(const char *name)
{
	say.name = name;
}

void
log_level(int level)
{
	say.level = level;
}

static size_t
write_start(char *line, size_t room, int level)
{
	struct timespec ts;
	struct tm tm;
	int len;

	if (getenv("JOURNAL_STREAM") != NULL) {
		len = snprintf(line, room, "<%d>%s: ", level, say.name);
		return len > 0 ? (size_t)len : 0;
	}
	clock_gettime(CLOCK_REALTIME, &ts);
	gmtime_r(&ts.tv_sec, &tm);
	len = snprintf(line, room, "%02d:%02d:%02d.%03ld %s: %s", tm.tm_hour,
	    tm.tm_min, tm.tm_sec, ts.tv_nsec / 1000000, say.name,
	    level <= 3	    ? "error: "
		: level == 4 ? "warning: "
			     : "");
	return len > 0 ? (size_t)len : 0;
}

__attribute__((format(printf, 2, 0))) static void
say_line(int level, const char *format, va_list args)
{
	char text[LOG_LINE_MAX];
	char line[LOG_LINE_MAX * 4 + 128];
	size_t len;
	int saved = errno;

	if (level > say.level)
		return;
	vsnprintf(text, sizeof text, format, args);
	len = write_start(line, 128, level);
	for (const char *s = text; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c >= 0x20 && c < 0x7f)
			line[len++] = (char)c;
		else
			len += (size_t)snprintf(line + len, 5, "\\x%02x", c);
	}
	line[len++] = '\n';
	/* One write a line, so that the lines of several processes do not
	 * mix. There is nobody to tell when it fails. */
	if (write(STDERR_FILENO, line, len) < 0)
		errno = saved;
	errno = saved;
}

#define SAY(level)                                                             \
	do {                                                                   \
		va_list args;                                                  \
		va_start(args, format);                                        \
		say_line(level, format, args);                                 \
		va_end(args);                                                  \
	} while (0)

void
log_error(const char *format, ...)
{
	SAY(3);
}

void
log_warn(const char *format, ...)
{
	SAY(4);
}

void
log_note(const char *format, ...)
{
	SAY(6);
}

void
log_debug(const char *format, ...)
{
	SAY(7);
}
