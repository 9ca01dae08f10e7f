#include <signal.h>
#include <string.h>

#include "stop.h"

static volatile sig_atomic_t asked;

static void
note_signal(int number)
{
	(void)number;
	asked = 1;
}

void
stop_on_signals(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof action);
	action.sa_handler = note_signal; /* without SA_RESTART: waits end */
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
	/* The supervisor's own business, which a child must not inherit. */
	action.sa_handler = SIG_DFL;
	sigaction(SIGCHLD, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

bool
stop_asked(void)
{
	return asked != 0;
}
