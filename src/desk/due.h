/* due: what time brings. Entries of one index, ordered by time.
 *
 * An entry is never taken back: when it comes up, decide_tick() looks at the
 * ticket as it then is and finds that it still holds, or drops it, or, when it
 * is too early by now (somebody wrote since, the conf gives more time), lets
 * it come again. So a state change only ever adds entries, and a lost race
 * costs nothing. */
#ifndef DESK_DUE_H
#define DESK_DUE_H

enum due {
	DUE_SEND,	   /* an outbox row is to be tried (again) */
	DUE_REMIND,	   /* Pending feedback: remind the customer */
	DUE_FEEDBACK,	   /* Pending feedback is over -> confirmation */
	DUE_CONFIRMATION,  /* Pending confirmation is over -> Closed */
	DUE_ESCALATE,	   /* Pending or Pending reply for too long */
	DUE_PURGE_CALENDAR, /* contact data: three months after submission */
	DUE_PURGE_OVER,	   /* contact data: after the end */
	DUE_DIGEST,	   /* a service's digest of the hour; no ticket */
	DUE_COUNTS,	   /* counts that nobody asks for; no ticket */
	DUES
};

const char *due_word(enum due due);

#endif
