#include "decide.h"

/* Keyed carriers first: the reply address is the one a mail system touches
 * least. Unkeyed ones only speak when no keyed one does, since whoever can
 * type a number can write them. */
uint64_t
thread_choose(const struct thread_facts *thread, bool *keyed_r)
{
	*keyed_r = false;
	if (thread->conflict)
		return 0;
	if (thread->reply_address != 0 && thread->reference != 0 &&
	    thread->reply_address != thread->reference)
		return 0;
	if (thread->reply_address != 0 || thread->reference != 0) {
		*keyed_r = true;
		return thread->reply_address != 0 ? thread->reply_address
						  : thread->reference;
	}
	/* A key in a text went wherever the text was passed on, so that it
	 * counts as little as a number does; but nobody can guess at it. */
	if (thread->quoted != 0)
		return thread->quoted;
	if (thread->known_id != 0)
		return thread->known_id;
	return thread->subject;
}
