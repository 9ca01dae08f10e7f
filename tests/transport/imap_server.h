/* imap_server: a small IMAP server for tests that can be told to misbehave.
 *
 * A child process on a free port of 127.0.0.1. What it does is in memory that
 * both sides share, so that a test can mend it while it runs. Its mailbox has
 * the mails 1 to `mails`, each "Subject: mail UID" with a short body. */
#ifndef TESTS_IMAP_SERVER_H
#define TESTS_IMAP_SERVER_H

#include <stdbool.h>
#include <sys/types.h>

enum trick {
	TRICK_NONE,
	/* Each of these breaks the session. */
	TRICK_CLOSE_AT_ONCE,
	TRICK_BYE,
	TRICK_PREAUTH,
	TRICK_SILENT,
	TRICK_LOGIN_NO,
	TRICK_LOGIN_BAD,
	TRICK_FLAGS_CONTROL,
	TRICK_FLAGS_PERCENT,
	TRICK_NO_VALIDITY,
	TRICK_SELECT_NO,
	TRICK_CLOSE_IN_LITERAL,
	TRICK_HUGE_LITERAL,
	TRICK_STALL,
	TRICK_DRIBBLE,
	TRICK_ENDLESS_LINE,
	TRICK_ENDLESS_LINES,
	TRICK_GARBAGE,
	TRICK_NUL,
	TRICK_DEEP,
	TRICK_STRAY_LITERAL,
	TRICK_STATUS,
	TRICK_BYE_AT_FETCH,
	TRICK_CLOSE_AT_SIZES,
	TRICK_NO_AT_SIZES,
	/* With these it goes on, and mail 2 has an end of its own. */
	TRICK_FLAGS_EMPTY,
	TRICK_DUPLICATE,
	TRICK_UNSOLICITED,
	TRICK_BACKWARDS,
	TRICK_EXPUNGED,
	TRICK_NIL,
	TRICK_NO_SECOND,
	TRICK_OVERSIZE,
	TRICK_UNDERSTATED,
	TRICK_CLOSE_AT_SECOND,
	TRICK_EXISTS_IN_IDLE,
	TRICK_NO_IDLE,
};

struct imap_server {
	enum trick trick;
	unsigned mails;
	unsigned validity;
	unsigned first_uid;
	char ability[60]; /* besides IMAP4rev1 */
	/* what the server saw */
	unsigned logins;
	unsigned stores;
	unsigned moves, copies, creates, expunges, uid_expunges;
	char last_store[200];
	char last_login[400];

	unsigned short port;
	pid_t pid;
};

struct imap_server *imap_server_start(void);
void imap_server_stop(struct imap_server *server);

#endif
