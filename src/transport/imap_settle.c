#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "log.h"
#include "record.h"

#include "imap.h"

#define CATCH_UP 5000 /* uids */

/* Only remembered here: the commands go out together, in imap_flush(). A fate
 * under another UIDVALIDITY names a mail that nobody can find any more. */
void
imap_settle(struct imap *imap, const struct Fate *fate)
{
	if (fate->uid == 0 || fate->uid > UINT32_MAX ||
	    fate->uidvalidity != imap->uidvalidity)
		return;
	if (imap->fate_count == 0) {
		arena_reset(imap->fate_arena);
		imap->fates = NULL;
		imap->fate_room = 0;
		imap->fate_since = stream_clock();
	}
	if (imap->fate_count == imap->fate_room) {
		size_t room = imap->fate_room + IMAP_FLUSH_MAX;

		imap->fates = arena_grow(imap->fate_arena, imap->fates,
		    imap->fate_room * sizeof *imap->fates,
		    room * sizeof *imap->fates);
		imap->fate_room = room;
	}
	imap->fates[imap->fate_count++] =
	    (struct fate){.uid = (uint32_t)fate->uid,
		.leaves = source_leaves(imap->conf->after,
		    (enum outcome)fate->outcome)};
}

static void
add_key(struct mailimap_search_key *all, struct mailimap_search_key *one)
{
	if (one != NULL &&
	    mailimap_search_key_multiple_add(all, one) != MAILIMAP_NO_ERROR)
		mailimap_search_key_free(one);
}

/* UID first:last UNKEYWORD $Gatepost */
static struct mailimap_search_key *
undone_key(uint32_t first, uint32_t last)
{
	struct mailimap_search_key *all =
	    mailimap_search_key_new_multiple_empty();
	struct mailimap_set *set = mailimap_set_new_interval(first, last);
	char *keyword = imap_keyword();

	if (all == NULL || set == NULL || keyword == NULL)
		abort();
	add_key(all, mailimap_search_key_new_uid(set));
	add_key(all, mailimap_search_key_new_unkeyword(keyword));
	return all;
}

/* A fate dies with the process that was told of it, or with the one that was
 * to tell: the mail is in the ledger and still untouched on the server. So a
 * new process goes back to the first such mail; those from there on come once
 * more, and bring their fates and nothing else. Back no further than the
 * answer to SEARCH fits into a line. */
enum imap_answer
imap_catch_up(struct imap *imap)
{
	struct mailimap_search_key *key;
	uint32_t first = imap->looked > CATCH_UP ? imap->looked - CATCH_UP : 1;
	uint32_t last = imap->looked;
	clist *found = NULL;
	enum imap_answer answer;

	if (imap->caught_up || last == 0 || !imap->flag_keyword) {
		imap->caught_up = true;
		return ANSWER_OK;
	}
	key = undone_key(first, last);
	imap_allow(imap, 4 * IMAP_SMALL, 0);
	answer = imap_answer(
	    mailimap_uid_search(imap->session, NULL, key, &found));
	mailimap_search_key_free(key);
	imap->caught_up = answer != ANSWER_BROKEN;
	if (answer != ANSWER_OK || found == NULL)
		return answer;
	for (clistiter *i = clist_begin(found); i != NULL;
	     i = clist_next(i)) {
		uint32_t uid = *(uint32_t *)clist_content(i);

		if (uid >= first && uid <= imap->looked)
			imap->looked = uid - 1;
	}
	mailimap_search_result_free(found);
	return ANSWER_OK;
}

/* The uids of the first `n` fates at `step`, as ranges: those that leave, or
 * (with `all`) all of them. NULL when there is none, or no memory. */
static struct mailimap_set *
set_of(const struct imap *imap, size_t n, enum fate_step step, bool all)
{
	struct mailimap_set *set = NULL;
	uint32_t first = 0, last = 0;

	for (size_t i = 0; i <= n; i++) {
		const struct fate *fate = &imap->fates[i];
		bool fits = i < n && fate->step == step &&
		    (all || fate->leaves);

		if (i < n && !fits)
			continue;
		if (fits && first != 0 && fate->uid <= last + 1) {
			last = fate->uid;
			continue;
		}
		if (first != 0) {
			if (set == NULL)
				set = mailimap_set_new_empty();
			if (set == NULL)
				return NULL;
			mailimap_set_add_interval(set, first, last);
		}
		first = last = i < n ? fate->uid : 0;
	}
	return set;
}

static void
advance(struct imap *imap, size_t n, enum fate_step from, enum fate_step to,
    bool all)
{
	for (size_t i = 0; i < n; i++) {
		struct fate *fate = &imap->fates[i];

		if (fate->step == from && (all || fate->leaves))
			fate->step = to;
	}
}

/* UID STORE set +FLAGS.SILENT (flags); takes the list. */
static enum imap_answer
store_flags(struct imap *imap, struct mailimap_set *set,
    struct mailimap_flag_list *flags)
{
	struct mailimap_store_att_flags *store =
	    mailimap_store_att_flags_new_add_flags_silent(flags);
	enum imap_answer answer;

	if (store == NULL) {
		mailimap_flag_list_free(flags);
		return ANSWER_BROKEN;
	}
	imap_allow(imap, 4 * IMAP_SMALL, 0);
	answer =
	    imap_answer(mailimap_uid_store(imap->session, set, store));
	mailimap_store_att_flags_free(store);
	return answer;
}

static bool
add_flag(struct mailimap_flag_list *list, struct mailimap_flag *flag)
{
	if (flag == NULL)
		return false;
	if (mailimap_flag_list_add(list, flag) == MAILIMAP_NO_ERROR)
		return true;
	mailimap_flag_free(flag);
	return false;
}

static struct mailimap_flag_list *
our_flags(const struct imap *imap)
{
	struct mailimap_flag_list *list = mailimap_flag_list_new_empty();
	char *keyword;

	if (list == NULL)
		return NULL;
	if (imap->flag_seen)
		add_flag(list, mailimap_flag_new_seen());
	keyword = imap->flag_keyword ? imap_keyword() : NULL;
	if (keyword != NULL &&
	    !add_flag(list, mailimap_flag_new_flag_keyword(keyword)))
		mailimap_flag_list_free(list), list = NULL;
	return list;
}

/* NEW -> FLAGGED. Flags are a courtesy to those who look into the mailbox;
 * what is known of a mail is in the ledger. So a server that allows none, or
 * says no, is told of once. */
static enum imap_answer
flag(struct imap *imap, size_t n)
{
	struct mailimap_set *set = set_of(imap, n, FATE_NEW, true);
	struct mailimap_flag_list *list;
	enum imap_answer answer = ANSWER_NO;

	if (set == NULL)
		return ANSWER_OK;
	if (imap->flag_seen || imap->flag_keyword) {
		list = our_flags(imap);
		answer = list == NULL ? ANSWER_BROKEN :
					store_flags(imap, set, list);
	}
	mailimap_set_free(set);
	if (answer == ANSWER_NO && !imap->said_unflagged) {
		imap->said_unflagged = true;
		log_warn("imap %s: the server lets us set no flags on what "
			 "is done; the ledger knows it all the same",
		    imap->conf->mailbox);
	}
	if (answer == ANSWER_BROKEN)
		return answer;
	advance(imap, n, FATE_NEW, FATE_FLAGGED, true);
	return ANSWER_OK;
}

static enum imap_answer
create_folder(struct imap *imap)
{
	imap->created = true;
	imap_allow(imap, 4 * IMAP_SMALL, 0);
	return imap_answer(
	    mailimap_create(imap->session, imap->conf->after_folder));
}

/* UID MOVE (RFC 6851), or UID COPY where the server has none. */
static enum imap_answer
transfer_once(struct imap *imap, struct mailimap_set *set)
{
	const char *folder = imap->conf->after_folder;

	imap_allow(imap, 4 * IMAP_SMALL, 0);
	return imap_answer(imap->has_move ?
		mailimap_uid_move(imap->session, set, folder) :
		mailimap_uid_copy(imap->session, set, folder));
}

/* FLAGGED -> COPIED. */
static enum imap_answer
transfer(struct imap *imap, size_t n)
{
	struct mailimap_set *set = set_of(imap, n, FATE_FLAGGED, false);
	enum imap_answer answer;

	if (set == NULL)
		return ANSWER_OK;
	answer = transfer_once(imap, set);
	if (answer == ANSWER_NO && !imap->created &&
	    create_folder(imap) != ANSWER_BROKEN)
		answer = transfer_once(imap, set);
	mailimap_set_free(set);
	if (answer == ANSWER_OK)
		advance(imap, n, FATE_FLAGGED, FATE_COPIED, false);
	return answer;
}

/* Takes what is COPIED out of the mailbox. Never by EXPUNGE, which would take
 * what others have marked as well: only by UID EXPUNGE (RFC 4315). */
static enum imap_answer
expunge(struct imap *imap, size_t n)
{
	struct mailimap_set *set = set_of(imap, n, FATE_COPIED, false);
	struct mailimap_flag_list *list;
	enum imap_answer answer = ANSWER_BROKEN;

	if (set == NULL)
		return ANSWER_OK;
	list = mailimap_flag_list_new_empty();
	if (list != NULL && add_flag(list, mailimap_flag_new_deleted()))
		answer = store_flags(imap, set, list);
	if (answer == ANSWER_OK && imap->has_uidplus) {
		imap_allow(imap, 4 * IMAP_SMALL, 0);
		answer =
		    imap_answer(mailimap_uid_expunge(imap->session, set));
	} else if (answer == ANSWER_OK && !imap->said_kept) {
		imap->said_kept = true;
		log_warn("imap %s: the server cannot expunge single mails "
			 "(UIDPLUS); what is done is left there, marked as "
			 "deleted",
		    imap->conf->mailbox);
	}
	mailimap_set_free(set);
	return answer;
}

/* All that the first `n` fates ask for, each step at most once even when the
 * connection breaks in between. */
static enum imap_answer
carry_out(struct imap *imap, size_t n)
{
	enum imap_answer answer = flag(imap, n);

	if (answer != ANSWER_OK)
		return answer;
	switch (imap->conf->after) {
	case AFTER_KEEP:
		return ANSWER_OK;
	case AFTER_MOVE:
		answer = transfer(imap, n);
		if (answer != ANSWER_OK || imap->has_move)
			return answer;
		return expunge(imap, n);
	case AFTER_DELETE:
		advance(imap, n, FATE_FLAGGED, FATE_COPIED, false);
		return expunge(imap, n);
	}
	return ANSWER_OK;
}

static int
by_uid(const void *a, const void *b)
{
	const struct fate *x = a, *y = b;

	return (x->uid > y->uid) - (x->uid < y->uid);
}

void
imap_flush(struct imap *imap)
{
	size_t n = imap->fate_count < IMAP_FLUSH_MAX ? imap->fate_count :
						       IMAP_FLUSH_MAX;
	enum imap_answer answer;

	qsort(imap->fates, n, sizeof *imap->fates, by_uid);
	answer = carry_out(imap, n);
	if (answer == ANSWER_BROKEN) {
		imap_lost(imap);
		return;
	}
	if (answer == ANSWER_NO)
		log_warn("imap %s: the server refuses to move or delete %zu "
			 "mails that are done; they stay; check after and "
			 "after_folder",
		    imap->conf->mailbox, n);
	imap->fate_count -= n;
	memmove(imap->fates, imap->fates + n,
	    imap->fate_count * sizeof *imap->fates);
	imap->fate_since = stream_clock();
}
