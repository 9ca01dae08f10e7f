#include "log.h"

#include "imap.h"

/* IDLE (RFC 2177). A server that refuses it, or answers what libetpan cannot
 * read, is polled from then on. */
void
imap_idle_begin(struct imap *imap)
{
	enum imap_answer answer;

	imap_allow(imap, 4 * IMAP_SMALL, 0);
	answer = imap_answer(mailimap_idle(imap->session));
	if (answer == ANSWER_OK) {
		imap->state = IMAP_IDLING;
		return;
	}
	if (stream_fault(imap->stream) == STREAM_WELL) {
		log_note("imap %s: IDLE does not work here; looking twice a "
			 "minute instead",
		    imap->conf->mailbox);
		imap->idle_refused = true;
		imap->has_idle = false;
	}
	if (answer == ANSWER_BROKEN)
		imap_lost(imap);
	else
		imap->look_at = 0;
}

void
imap_idle_end(struct imap *imap)
{
	imap_allow(imap, 4 * IMAP_SMALL, 0);
	if (imap_answer(mailimap_idle_done(imap->session)) == ANSWER_BROKEN)
		imap_lost(imap);
	else
		imap->state = IMAP_READY;
}

/* Whatever the server says while we idle is reason enough to look: what it
 * says of new mails must not be lost for want of understanding it. */
void
imap_idle_wait(struct imap *imap, int64_t until)
{
	int64_t left = until - stream_clock();
	int news = imap->news != stream_news(imap->stream) ?
	    1 :
	    stream_wait(imap->stream,
		left < 0 ? 0 : left > 60000 ? 60000 : (int)left);

	if (news == 0)
		return;
	if (news < 0) {
		imap_lost(imap);
		return;
	}
	imap->look_at = 0;
	imap_idle_end(imap);
}
