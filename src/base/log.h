/* log: one line an event on standard error, without personal data.
 *
 * Callers never pass an address, a number, a name, a subject or a text: a log
 * names tickets, mailboxes, services and counts. Whatever octet a stranger
 * could have chosen is still made harmless here: controls and non-ASCII leave
 * as \xHH, and a line is cut at LOG_LINE_MAX. Under systemd (JOURNAL_STREAM
 * is set) each line begins with its priority, else with the time. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#define LOG_LINE_MAX 1000

/* Who speaks: the process's name in each line. Kept by pointer. */
void log_name(const char *name);
/* Lines below this do not appear: 3 errors, 4 warnings, 6 notes, 7 debug. */
void log_level(int level);

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
