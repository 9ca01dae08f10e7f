/* store: what is written down. Tickets, messages, contacts, attachments, the
 * ledger, the outbox, the due index, the audit.
 *
 * Everything is read inside store_read() and written inside store_write();
 * the function given to them MAY BE RUN AGAIN, so it keeps its results in
 * what `arg` points to, set anew by each run. Within a transaction errors
 * stick: after the first one every call does nothing, and look-ups find
 * nothing; the end reports it. Look-ups answer 1 found, 0 not, negative for
 * a sticky error.
 *
 * What a person wrote or is called leaves this floor only through the
 * *_open() verbs; on disk it is sealed (XChaCha20-Poly1305) under a key of
 * its own in the keyring (keyring.h), bound to its place by the associated
 * data. Look-ups by address go through a blind index. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "due.h"
#include "record.h"
#include "span.h"
#include "when.h"

struct store;
struct store_txn;
struct kv_engine;

enum store_result {
	STORE_OK = 0,
	STORE_ABORTED = -1,   /* the function asked for it */
	STORE_SPACE = -2,     /* the disk is full: nothing changed, try later */
	STORE_UNCERTAIN = -3, /* stop the process with EX_TEMPFAIL (75); every
				 later store_write() answers the same */
	STORE_BROKEN = -4,    /* damage, no rights, wrong key */
};

struct store_conf {
	const char *folder;	     /* holds the engine's files, the keyring */
	const unsigned char *master; /* 32 octets, copied to locked memory */
	bool in_memory; /* the engine of tests; keyring in memory too */
	/* For tests: this engine, wherever the keyring is. NULL: by the
	 * above. */
	const struct kv_engine *engine;
	bool create; /* make it when it is not there */
	size_t size; /* of the map; 0 is the default, 64 GiB */
};

/* Opens, makes, or refuses with a sentence in `why_r` (in static or arena-
 * free memory, never personal). With `recover` the caller is the daemon, who
 * alone does it: keyring slots without a reference are zeroed, and outbox
 * rows that were being sent are dealt with by the caller. A second daemon is
 * refused after it has waited five seconds for the first to end. */
enum store_result store_open(struct store **store_r,
    const struct store_conf *conf, bool recover, const char **why_r);
void store_close(struct store *store);

/* 0 commits, anything else aborts (STORE_ABORTED). */
typedef int store_fn(struct store_txn *txn, void *arg);
enum store_result store_write(struct store *store, store_fn *fn, void *arg);
enum store_result store_read(struct store *store, store_fn *fn, void *arg);

/* 32 octets for token_write(), token_read(); `generation` 0 is the newest. */
void store_token_key(
    const struct store *store, int generation, unsigned char key_r[32]);

/* ---- the ledger --------------------------------------------------------- */
int store_ledger_get(struct store_txn *txn, struct arena *arena,
    const struct Origin *origin, struct Ledger **ledger_r);
/* By content. `digest` is Mail.digest; it is keyed before it is used. */
int store_digest_get(struct store_txn *txn, struct arena *arena,
    struct span digest, struct Ledger **ledger_r);
/* Writes the ledger row of `origin`, the digest's when `digest` is not empty,
 * and moves the mailbox's position up to `origin` when that is above it: mails
 * are put in the order in which they came. Another uidvalidity begins anew. */
void store_ledger_put(struct store_txn *txn, const struct Origin *origin,
    struct span digest, const struct Ledger *ledger);
/* Where to go on: everything up to it is in the ledger. */
int store_position_get(struct store_txn *txn, const char *mailbox,
    uint32_t *uidvalidity_r, uint64_t *uid_r);

/* ---- tickets ------------------------------------------------------------ */
/* Gives the ticket its number, secret and key slot, and writes it. Strings
 * and octets that the store gives to a record (here and below) last until the
 * next store_write(). */
void store_ticket_new(
    struct store_txn *txn, struct Ticket *ticket, struct span subject);
int store_ticket_get(struct store_txn *txn, struct arena *arena,
    uint64_t number, struct Ticket **ticket_r);
int store_ticket_by_secret(struct store_txn *txn, struct arena *arena,
    const char *secret, struct Ticket **ticket_r);
void store_ticket_put(struct store_txn *txn, const struct Ticket *ticket);
/* The next ticket with a number above `after`. */
int store_ticket_next(struct store_txn *txn, struct arena *arena,
    uint64_t after, struct Ticket **ticket_r);
/* The last ticket with a number below `before`. */
int store_ticket_before(struct store_txn *txn, struct arena *arena,
    uint64_t before, struct Ticket **ticket_r);
/* "" when its key is destroyed. */
const char *store_subject_open(
    struct store_txn *txn, struct arena *arena, const struct Ticket *ticket);
/* What is filled in on it; empty when nothing is, or all is destroyed. */
struct CreationData *store_creation_open(
    struct store_txn *txn, struct arena *arena, const struct Ticket *ticket);
/* Seals it into the ticket, which the caller puts. */
void store_creation_put(struct store_txn *txn, struct Ticket *ticket,
    const struct CreationData *filled);
/* Dooms the key of subject, messages and attachments; the caller puts the
 * ticket. Its rows stay and cannot be opened any more. */
void store_ticket_destroy(struct store_txn *txn, struct Ticket *ticket);
/* A foreign Message-ID that was seen on a ticket (kept as a keyed hash). */
void store_message_id_put(
    struct store_txn *txn, const char *message_id, uint64_t ticket);
/* The ticket's number, 0 when it was never seen. */
uint64_t store_message_id_get(struct store_txn *txn, const char *message_id);

/* ---- messages ----------------------------------------------------------- */
/* Writes a message as the ticket's next and counts it on `ticket`, which the
 * caller puts. Attachments are the mail's that were kept, with octets. */
void store_message_add(struct store_txn *txn, struct Ticket *ticket,
    struct Message *message, const struct MessageData *message_data,
    struct Attachment *const *attachments, size_t attachment_count);
/* Writes the row anew: who may see it. Its content stays as it is. */
void store_message_put(
    struct store_txn *txn, const struct Message *message);
int store_message_get(struct store_txn *txn, struct arena *arena,
    uint64_t ticket, uint32_t number, struct Message **message_r);
/* 1; 0 when its key is destroyed. */
int store_message_open(struct store_txn *txn, struct arena *arena,
    const struct Ticket *ticket, const struct Message *message,
    struct MessageData **message_data_r);
/* The octets of attachment `index` of those given to store_message_add(). 1;
 * 0 when there is none or its key is destroyed. */
int store_attachment_open(struct store_txn *txn, struct arena *arena,
    const struct Ticket *ticket, const struct Message *message, uint32_t index,
    struct span *octets_r);

/* ---- confidential information ------------------------------------------- */
/* What was set apart from a message, sealed under a slot of its own that
 * expires on `expires`'s day. `confidential` names ticket, message and slot. */
void store_confidential_add(struct store_txn *txn,
    struct Confidential *confidential,
    const struct ConfidentialData *confidential_data, when expires);
/* The row is there as long as its key is. */
int store_confidential_get(struct store_txn *txn, struct arena *arena,
    uint64_t ticket, uint32_t message, struct Confidential **confidential_r);
/* The ticket's next one from message `from` on. */
int store_confidential_next(struct store_txn *txn, struct arena *arena,
    uint64_t ticket, uint32_t from, struct Confidential **confidential_r);
/* 1; 0 when its key is destroyed. Each call is a reading of personal data:
 * the caller writes its trace. */
int store_confidential_open(struct store_txn *txn, struct arena *arena,
    const struct Confidential *confidential,
    struct ConfidentialData **confidential_data_r);
/* As store_contact_destroy(), but the row goes as well. */
void store_confidential_destroy(
    struct store_txn *txn, const struct Confidential *confidential);

/* ---- contacts ----------------------------------------------------------- */
/* Adds a participant: takes a key slot that expires on `expires`'s day, seals,
 * indexes, and counts it on `ticket`, which the caller puts. */
void store_contact_add(struct store_txn *txn, struct Ticket *ticket,
    struct Contact *contact, const struct ContactData *contact_data,
    when expires);
int store_contact_get(struct store_txn *txn, struct arena *arena,
    uint64_t ticket, uint32_t slot, struct Contact **contact_r);
/* Writes it; seals `contact_data` anew unless that is NULL or the contact is
 * destroyed, and indexes a changed address or number. */
void store_contact_put(struct store_txn *txn, struct Contact *contact,
    const struct ContactData *contact_data);
/* 1; 0 when it is destroyed. Each call is a reading of personal data: the
 * caller writes its trace where a person reads. */
int store_contact_open(struct store_txn *txn, struct arena *arena,
    const struct Contact *contact, struct ContactData **contact_data_r);
/* Where an address or a number takes part: the tickets, newest first, at most
 * `most`; the number of them. `slots_r` may be NULL. */
size_t store_contact_find(struct store_txn *txn, const char *address,
    uint64_t *tickets_r, uint32_t *slots_r, size_t most);
/* Its key is overwritten in the keyring as soon as this transaction is on
 * disk (and at the next start, should the process die in between); its index
 * rows and sealed octets go with it. The row stays, empty. */
void store_contact_destroy(struct store_txn *txn, struct Contact *contact);

/* ---- outbox and due index ----------------------------------------------- */
/* The id that the next row will have, for what must be written into it. */
uint64_t store_outbox_id(struct store_txn *txn);
/* Gives it an id. With `outbox_data` it is sealed under a slot of its own. */
void store_outbox_add(struct store_txn *txn, struct Outbox *outbox,
    const struct OutboxData *outbox_data, when expires);
int store_outbox_get(struct store_txn *txn, struct arena *arena, uint64_t id,
    struct Outbox **outbox_r);
int store_outbox_open(struct store_txn *txn, struct arena *arena,
    const struct Outbox *outbox, struct OutboxData **outbox_data_r);
/* A final status destroys its key slot, if it has one. */
void store_outbox_put(struct store_txn *txn, const struct Outbox *outbox);
/* The next row with an id above `after`, of `ticket` when that is not 0. */
int store_outbox_next(struct store_txn *txn, struct arena *arena,
    uint64_t ticket, uint64_t after, struct Outbox **outbox_r);

void store_due_add(struct store_txn *txn, const struct Due *due);
/* The earliest entry; its key for store_due_drop(). */
int store_due_first(struct store_txn *txn, struct arena *arena,
    struct Due **due_r, struct span *key_r);
/* The next after `key`. */
int store_due_next(struct store_txn *txn, struct arena *arena, struct span key,
    struct Due **due_r, struct span *key_r);
void store_due_drop(struct store_txn *txn, struct span key);

/* ---- audit -------------------------------------------------------------- */
/* Numbers it, chains it, writes it. */
void store_audit_add(struct store_txn *txn, struct Audit *audit);
int store_audit_get(struct store_txn *txn, struct arena *arena, uint64_t number,
    struct Audit **audit_r);
int store_audit_next(struct store_txn *txn, struct arena *arena, uint64_t after,
    struct Audit **audit_r);
/* The number of the first row whose hash does not follow; 0 when all do. */
uint64_t store_audit_verify(struct store_txn *txn, struct arena *arena);

/* ---- accounts ------------------------------------------------------------ */
/* What an account used in the month of `at`; all 0 when it used nothing. */
int store_quota_get(struct store_txn *txn, struct arena *arena,
    const char *account, when at, struct Quota **quota_r);
void store_quota_put(struct store_txn *txn, const struct Quota *quota);

/* ---- tags ---------------------------------------------------------------- */
#define STORE_HOLDER_SIZE 16
/* The holder of somebody whom the conf names, "engineer:anna". */
void store_tags_named(struct store_txn *txn, const char *who,
    unsigned char holder_r[STORE_HOLDER_SIZE]);
int store_tags_get(struct store_txn *txn, struct arena *arena,
    struct span holder, struct Tags **tags_r);
/* The holder after `holder`, which may be empty. */
int store_tags_next(struct store_txn *txn, struct arena *arena,
    struct span holder, struct Tags **tags_r);
/* 1; 0 when its key is destroyed. */
int store_tags_open(struct store_txn *txn, struct arena *arena,
    const struct Tags *tags, struct TagsData **tags_data_r);
/* Seals and writes; takes a key that expires on `expires`'s day (0: never),
 * and another one when the present one ends before that. */
void store_tags_put(struct store_txn *txn, struct Tags *tags,
    const struct TagsData *tags_data, when expires);
/* Away with row and key. */
void store_tags_destroy(struct store_txn *txn, const struct Tags *tags);

/* ---- held mails --------------------------------------------------------- */
/* Audit traces of what is done with them: readHeld, releaseHeld, dropHeld. */
/* Keeps the octets, sealed, until `expires` at the latest; gives the id. */
uint64_t store_held_add(
    struct store_txn *txn, struct Held *held, struct span octets, when expires);
int store_held_next(struct store_txn *txn, struct arena *arena, uint64_t after,
    struct Held **held_r);
/* 1; 0 when its key is destroyed. */
int store_held_open(struct store_txn *txn, struct arena *arena,
    const struct Held *held, struct span *octets_r);
/* Away with it: row, octets and key. */
void store_held_drop(struct store_txn *txn, const struct Held *held);

/* ---- tallies ------------------------------------------------------------ */
/* The counts of `of`: an address, a domain, a service; it is kept as a keyed
 * hash. The octets are the desk's (tally.h). A tally is known on the day on
 * which it was put and on the next one. */
int store_tally_get(struct store_txn *txn, struct span of, when at,
    struct span *octets_r);
/* True when it is the first one of its day: STORE_TALLY_KEPT after the end of
 * that the day's tallies can be dropped. */
bool store_tally_put(
    struct store_txn *txn, struct span of, when at, struct span octets);
/* Removes at most `most` that nobody asks for any more; how many. */
size_t store_tallies_drop(struct store_txn *txn, when now, size_t most);
#define STORE_TALLY_KEPT WHEN_DAY
/* A text's own number, that tells nobody else anything of it; never 0. */
uint64_t store_text_number(struct store_txn *txn, struct span text);

/* ---- keys that end with their day --------------------------------------- */
/* Destroys the period keys of days before `now`'s, and the blind index keys of
 * months whose last participant's day is before it; how many (0 as well when
 * that failed; the next store_write() tells). Nothing is sealed under such a
 * day again. */
size_t store_periods_destroy(struct store *store, when now);

#endif
