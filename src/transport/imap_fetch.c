#include <stdio.h>
#include <string.h>

#include "log.h"
#include "span.h"

#include "imap.h"

/* A mail that is not to be had costs points; at TRIES_MAX we take its header
 * instead. NO, or an answer that cannot be read, is about the mail: three
 * times. A connection that ends may have many reasons: ten times, which the
 * back-off stretches over minutes. */
#define TRIES_MAX   30
#define TRIES_NO    10
#define TRIES_AWAY  3

#define HEADER_MAX  (256u * 1024)
#define LINE_GUESS  256		  /* of a FETCH response around its literal */

/* -- asking ------------------------------------------------------------- */

bool
imap_add_att(struct mailimap_fetch_type *type, struct mailimap_fetch_att *att)
{
	if (att == NULL)
		return false;
	if (mailimap_fetch_type_new_fetch_att_list_add(type, att) ==
	    MAILIMAP_NO_ERROR)
		return true;
	mailimap_fetch_att_free(att);
	return false;
}

/* (UID INTERNALDATE BODY.PEEK[]) */
static bool
ask_octets(struct mailimap_fetch_type *type)
{
	struct mailimap_section *section = mailimap_section_new(NULL);

	return section != NULL &&
	       imap_add_att(type, mailimap_fetch_att_new_uid()) &&
	       imap_add_att(type, mailimap_fetch_att_new_internaldate()) &&
	       imap_add_att(type,
		   mailimap_fetch_att_new_body_peek_section(section));
}

/* (UID INTERNALDATE BODY.PEEK[HEADER]<0.262144>): a header can be as large as
 * a mail, so only its beginning. */
static bool
ask_header(struct mailimap_fetch_type *type)
{
	struct mailimap_section *section = mailimap_section_new_header();

	return section != NULL &&
	       imap_add_att(type, mailimap_fetch_att_new_uid()) &&
	       imap_add_att(type, mailimap_fetch_att_new_internaldate()) &&
	       imap_add_att(type,
		   mailimap_fetch_att_new_body_peek_section_partial(
		       section, 0, HEADER_MAX));
}

/* UID FETCH first:last (...); `last` 0 stands for "*". The responses come to
 * imap_fetch_response(). */
enum imap_answer
imap_uid_fetch(struct imap *imap, uint32_t first, uint32_t last,
    bool (*ask)(struct mailimap_fetch_type *type), enum fetch_duty duty)
{
	struct mailimap_fetch_type *type =
	    mailimap_fetch_type_new_fetch_att_list_empty();
	struct mailimap_set *set = mailimap_set_new_interval(first, last);
	int result = MAILIMAP_ERROR_MEMORY;
	clist *list = NULL;

	if (type != NULL && set != NULL && ask(type)) {
		imap->duty = duty;
		result = mailimap_uid_fetch(imap->session, set, type, &list);
		imap->duty = DUTY_NONE;
		if (result == MAILIMAP_NO_ERROR && list != NULL)
			mailimap_fetch_list_free(list);
	}
	if (type != NULL)
		mailimap_fetch_type_free(type);
	if (set != NULL)
		mailimap_set_free(set);
	return imap_answer(result);
}

/* -- what the server answers -------------------------------------------- */

static when
date_of(const struct mailimap_date_time *date)
{
	struct when_civil civil;
	int minutes;

	if (date == NULL || date->dt_year < 1970 || date->dt_year > 9999 ||
	    date->dt_month < 1 || date->dt_month > 12 || date->dt_day < 1 ||
	    date->dt_day > 31 || date->dt_hour < 0 || date->dt_hour > 23 ||
	    date->dt_min < 0 || date->dt_min > 59 || date->dt_sec < 0 ||
	    date->dt_sec > 60 || date->dt_zone < -2400 ||
	    date->dt_zone > 2400)
		return 0;
	civil = (struct when_civil){.year = date->dt_year,
	    .month = date->dt_month, .day = date->dt_day,
	    .hour = date->dt_hour, .minute = date->dt_min,
	    .second = date->dt_sec};
	minutes = date->dt_zone / 100 * 60 + date->dt_zone % 100;
	return when_from_civil(civil) - minutes * WHEN_MINUTE;
}

static void
read_item(struct mailimap_msg_att_static *att, struct imap_response *response)
{
	switch (att->att_type) {
	case MAILIMAP_MSG_ATT_UID:
		response->uid = att->att_data.att_uid;
		break;
	case MAILIMAP_MSG_ATT_RFC822_SIZE:
		response->size = att->att_data.att_rfc822_size;
		response->has_size = true;
		break;
	case MAILIMAP_MSG_ATT_INTERNALDATE:
		response->received = date_of(att->att_data.att_internal_date);
		break;
	case MAILIMAP_MSG_ATT_BODY_SECTION:
		response->section = att->att_data.att_body_section;
		break;
	default:
		break;
	}
}

static struct imap_response
read_response(struct mailimap_msg_att *att)
{
	struct imap_response response = {0};

	for (clistiter *i = clist_begin(att->att_list); i != NULL;
	     i = clist_next(i)) {
		struct mailimap_msg_att_item *item = clist_content(i);

		if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC &&
		    item->att_data.att_static != NULL)
			read_item(item->att_data.att_static, &response);
	}
	return response;
}

/* Where the item with this uid is, or belongs. */
size_t
imap_place_of(const struct imap *imap, uint32_t uid)
{
	size_t low = imap->head, high = imap->count;

	/* Servers answer in order, nearly always. */
	if (low == high || imap->items[high - 1].uid < uid)
		return high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (imap->items[middle].uid < uid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* How much of a mail is its header, with the empty line. */
static size_t
header_len(const char *octets, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const char *lf = memchr(octets + i, '\n', len - i);

		if (lf == NULL)
			return len;
		i = (size_t)(lf - octets);
		if (i + 1 < len && octets[i + 1] == '\n')
			return i + 2;
		if (i + 2 < len && octets[i + 1] == '\r' &&
		    octets[i + 2] == '\n')
			return i + 3;
	}
	return len;
}

/* Takes the octets out of libetpan's hands instead of copying them; what is
 * announced as smaller than it is loses its body here. NIL is no mail. */
static void
take_octets(struct imap *imap, const struct imap_response *response)
{
	struct mailimap_msg_att_body_section *section = response->section;
	size_t at = imap_place_of(imap, response->uid);
	struct item *item = &imap->items[at];

	if (at < imap->first || at >= imap->last ||
	    item->uid != response->uid || item->state == ITEM_HERE ||
	    section == NULL || section->sec_body_part == NULL)
		return;
	item->octets = section->sec_body_part;
	item->len = section->sec_length;
	section->sec_body_part = NULL;
	section->sec_length = 0;
	item->received = response->received;
	if (item->state == ITEM_LISTED && item->len > imap->conf->mail_max) {
		item->trouble = TROUBLE_OVERSIZE;
		item->len = header_len(item->octets, item->len);
	}
	item->state = ITEM_HERE;
}

void
imap_fetch_response(struct mailimap_msg_att *att, void *context)
{
	struct imap *imap = context;
	struct imap_response response;

	if (imap->duty == DUTY_NONE)
		return;
	response = read_response(att);
	if (response.uid == 0)
		return;
	if (imap->duty == DUTY_OCTETS)
		take_octets(imap, &response);
	else if (response.has_size)
		imap_list(imap, &response);
}

/* -- their octets ------------------------------------------------------- */

static void
refuse(struct imap *imap, struct item *item)
{
	log_warn("imap %s: uid %u is not given out; going on with its header",
	    imap->conf->mailbox, item->uid);
	item->state = ITEM_REFUSED;
	item->trouble = TROUBLE_UNREADABLE;
	item->tries = 0;
}

/* Points for a command that broke the session while it asked for `item`. */
static void
count_broken(struct imap *imap, struct item *item)
{
	enum stream_fault fault = stream_fault(imap->stream);

	item->tries += fault == STREAM_CLOSED || fault == STREAM_SLOW ?
	    TRIES_AWAY :
	    TRIES_NO;
}

/* Whether the server still lists the mail; when it does not, it was expunged
 * by somebody else. */
static enum imap_answer
is_there(struct imap *imap, const struct item *item, bool *there_r)
{
	uint32_t uid = item->uid, looked = imap->looked;
	size_t head = imap->head, count = imap->count;
	enum imap_answer answer;

	if (count == IMAP_LIST_MAX) {
		/* No room to list it in: as if it were there. */
		*there_r = true;
		return ANSWER_OK;
	}
	/* It is listed behind the others, in a list of its own. */
	imap->looked = uid - 1;
	imap->head = count;
	imap_allow(imap, IMAP_SMALL, 0);
	answer = imap_uid_fetch(imap, uid, uid, imap_ask_sizes, DUTY_LIST);
	*there_r = answer != ANSWER_OK || imap->count > count;
	imap->looked = looked;
	imap->head = head;
	imap->count = count;
	return answer;
}

/* A mail that was asked for alone and did not come. */
static void
not_given(struct imap *imap, struct item *item)
{
	bool there = true;

	if (is_there(imap, item, &there) == ANSWER_BROKEN) {
		imap_lost(imap);
		return;
	}
	if (!there) {
		item->state = ITEM_GONE;
		return;
	}
	item->tries += TRIES_NO;
	if (item->tries >= TRIES_MAX)
		refuse(imap, item);
}

/* Only the header, and when even that is not to be had, nothing: a mail must
 * not stop those behind it. */
static void
fetch_header(struct imap *imap)
{
	struct item *item = &imap->items[imap->head];
	enum imap_answer answer;

	imap->first = imap->head;
	imap->last = imap->head + 1;
	imap_allow(imap, 2 * HEADER_MAX + IMAP_SMALL, HEADER_MAX);
	answer = imap_uid_fetch(imap, item->uid, item->uid, ask_header, DUTY_OCTETS);
	if (item->state == ITEM_HERE && answer != ANSWER_BROKEN)
		return;
	if (item->state == ITEM_HERE) {
		imap_lost(imap);
		return;
	}
	if (answer == ANSWER_BROKEN) {
		count_broken(imap, item);
		imap_lost(imap);
	} else {
		bool there = true;

		item->tries += TRIES_NO;
		if (is_there(imap, item, &there) == ANSWER_BROKEN)
			imap_lost(imap);
		else if (!there)
			item->state = ITEM_GONE;
	}
	if (item->state == ITEM_REFUSED && item->tries >= TRIES_MAX)
		item->state = ITEM_HERE;
}

/* How many of the next items one command asks for, and their octets. */
static size_t
batch(const struct imap *imap, size_t *octets_r)
{
	const struct imap_conf *conf = imap->conf;
	size_t n = 0, octets = 0;

	while (imap->head + n < imap->count) {
		const struct item *item = &imap->items[imap->head + n];

		if (item->state != ITEM_LISTED)
			break;
		if (n > 0 && (n >= conf->batch_count ||
				 item->uid <= imap->careful ||
				 octets + item->size > conf->batch_octets))
			break;
		octets += item->size;
		n++;
	}
	*octets_r = octets;
	return n;
}

/* What of the batch did not come is asked for again, one at a time. */
static void
after_batch(struct imap *imap, enum imap_answer answer)
{
	struct item *missing = NULL;

	for (size_t i = imap->first; i < imap->last; i++) {
		if (imap->items[i].state != ITEM_LISTED)
			continue;
		if (missing == NULL)
			missing = &imap->items[i];
		if (answer != ANSWER_BROKEN)
			imap->careful = imap->items[i].uid;
	}
	if (answer != ANSWER_BROKEN && missing == NULL)
		imap_well(imap);
	else if (answer != ANSWER_BROKEN && imap->last - imap->first == 1)
		not_given(imap, missing);
	else if (answer == ANSWER_BROKEN) {
		if (missing != NULL) {
			imap->careful = missing->uid;
			count_broken(imap, missing);
			if (missing->tries >= TRIES_MAX)
				refuse(imap, missing);
		}
		imap_lost(imap);
	}
}

void
imap_fetch(struct imap *imap)
{
	const struct item *item = &imap->items[imap->head];
	size_t octets, n, literal = imap->conf->mail_max;
	enum imap_answer answer;

	if (item->state == ITEM_REFUSED) {
		fetch_header(imap);
		return;
	}
	n = batch(imap, &octets);
	imap->first = imap->head;
	imap->last = imap->head + n;
	/* Some servers announce sizes that are only nearly right. */
	literal += literal / 8 + IMAP_SMALL;
	imap_allow(imap, 2 * octets + n * LINE_GUESS * 8 + 2 * IMAP_SMALL,
	    literal);
	answer = imap_uid_fetch(imap, item->uid,
	    imap->items[imap->last - 1].uid, ask_octets, DUTY_OCTETS);
	after_batch(imap, answer);
}
