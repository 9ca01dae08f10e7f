#include <string.h>

#include "imap.h"

#define LINE_GUESS   256       /* octets of a FETCH response, at the most */
#define WIDTH_MAX    (1u << 30)
#define POLL_SECONDS 30	       /* between looks at a server without IDLE */

/* (UID RFC822.SIZE) */
bool
imap_ask_sizes(struct mailimap_fetch_type *type)
{
	return imap_add_att(type, mailimap_fetch_att_new_uid()) &&
	       imap_add_att(type, mailimap_fetch_att_new_rfc822_size());
}

/* Lists a mail. "n:*" returns the last mail even when its uid is below n, and
 * a server may repeat itself or answer in any order. When the list is full
 * the largest uid goes: it comes again with the next look. */
void
imap_list(struct imap *imap, const struct imap_response *response)
{
	size_t at = imap_place_of(imap, response->uid);
	struct item item = {.uid = response->uid, .size = response->size};

	if (response->uid <= imap->looked ||
	    (at < imap->count && imap->items[at].uid == item.uid))
		return;
	if (at == IMAP_LIST_MAX)
		return;
	if (imap->count == IMAP_LIST_MAX)
		imap->count--;
	if (item.size > imap->conf->mail_max) {
		item.trouble = TROUBLE_OVERSIZE;
		item.state = ITEM_REFUSED;
	}
	memmove(&imap->items[at + 1], &imap->items[at],
	    (imap->count - at) * sizeof item);
	imap->items[at] = item;
	imap->count++;
}

/* A list that is not whole is no list: what it lacks would be taken for
 * expunged, and what it has would be listed again later. */
static void
give_up(struct imap *imap)
{
	imap->count = 0;
	imap_lost(imap);
}

static int
look_interval(const struct imap *imap)
{
	int seconds = imap->conf->idle > 0 ? imap->conf->idle : POLL_SECONDS;

	if (!imap->has_idle && seconds > POLL_SECONDS)
		seconds = POLL_SECONDS;
	return seconds * 1000;
}

/* A range of what was there at SELECT: bounded, and wider each time that it
 * is empty, since uids may lie far apart. */
static void
look_at_range(struct imap *imap)
{
	uint32_t last = imap->uidnext - 1;

	if (last - imap->looked > imap->width)
		last = imap->looked + imap->width;
	imap_allow(imap, IMAP_SMALL + IMAP_LIST_MAX * LINE_GUESS * 4, 0);
	if (imap_uid_fetch(imap, imap->looked + 1, last, imap_ask_sizes,
		DUTY_LIST) != ANSWER_OK) {
		give_up(imap);
		return;
	}
	if (imap->count < IMAP_LIST_MAX)
		imap->looked = last;
	else
		imap->looked = imap->items[imap->count - 1].uid;
	if (imap->count > 0)
		imap->width = IMAP_LIST_MAX;
	else if (imap->width < WIDTH_MAX)
		imap->width *= 4;
}

/* What came since. NOOP first: a server shows mails that are new only after
 * it has told of them. */
static void
look_at_rest(struct imap *imap)
{
	enum imap_answer answer;

	imap_allow(imap, 4 * IMAP_SMALL, 0);
	answer = imap_answer(mailimap_noop(imap->session));
	imap->news = stream_news(imap->stream);
	imap_allow(imap, 64 * IMAP_SMALL, 0);
	if (answer == ANSWER_OK && imap->looked < UINT32_MAX)
		answer = imap_uid_fetch(
		    imap, imap->looked + 1, 0, imap_ask_sizes, DUTY_LIST);
	if (answer != ANSWER_OK) {
		give_up(imap);
		return;
	}
	if (imap->count > 0) {
		imap->looked = imap->items[imap->count - 1].uid;
		/* There may be more than the list holds. */
		if (imap->count == IMAP_LIST_MAX)
			imap->look_at = 0;
		return;
	}
	imap->look_at = stream_clock() + look_interval(imap);
	imap_well(imap);
}

void
imap_look(struct imap *imap)
{
	imap->head = imap->count = 0;
	if (imap->uidnext > 0 && imap->looked < imap->uidnext - 1)
		look_at_range(imap);
	else
		look_at_rest(imap);
}
