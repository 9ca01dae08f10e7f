/* The ledger: every mail that was ever seen, by its origin and by its
 * content. Mailboxes stand in it as a hash, since their names are of any
 * length. */
#include "store_txn.h"

static struct row
mailbox_row(struct store_txn *txn, enum row_table table, const char *mailbox)
{
	struct row row = row_of(table);
	unsigned char hash[16];

	txn_hash(txn, ROW_POSITION, span_of(mailbox), hash);
	row_octets(&row, (struct span){(const char *)hash, sizeof hash});
	return row;
}

static struct row
origin_row(struct store_txn *txn, const struct Origin *origin)
{
	struct row row = mailbox_row(txn, ROW_LEDGER, origin->mailbox);

	row_u32(&row, origin->uidvalidity);
	row_u64(&row, origin->uid);
	return row;
}

static struct row
digest_row(struct store_txn *txn, struct span digest)
{
	struct row row = row_of(ROW_DIGEST);
	unsigned char hash[16];

	txn_hash(txn, ROW_DIGEST, digest, hash);
	row_octets(&row, (struct span){(const char *)hash, sizeof hash});
	return row;
}

int
store_ledger_get(struct store_txn *txn, struct arena *arena,
    const struct Origin *origin, struct Ledger **ledger_r)
{
	struct row row = origin_row(txn, origin);

	return txn_get_record(txn, arena, &row, &ledger__descriptor, ledger_r);
}

int
store_digest_get(struct store_txn *txn, struct arena *arena, struct span digest,
    struct Ledger **ledger_r)
{
	struct row row = digest_row(txn, digest);

	return txn_get_record(txn, arena, &row, &ledger__descriptor, ledger_r);
}

static void
move_position(struct store_txn *txn, const struct Origin *origin)
{
	struct row row = mailbox_row(txn, ROW_POSITION, origin->mailbox);
	struct Position position = POSITION__INIT, *old;
	int rc =
	    txn_get_record(txn, txn->arena, &row, &position__descriptor, &old);

	if (rc < 0 || (rc == 1 && old->uidvalidity == origin->uidvalidity &&
			  old->uid >= origin->uid))
		return;
	position.uidvalidity = origin->uidvalidity;
	position.uid = origin->uid;
	txn_put_record(txn, &row, &position.base);
}

void
store_ledger_put(struct store_txn *txn, const struct Origin *origin,
    struct span digest, const struct Ledger *ledger)
{
	struct row row = origin_row(txn, origin);

	txn_put_record(txn, &row, &ledger->base);
	if (digest.len > 0) {
		row = digest_row(txn, digest);
		txn_put_record(txn, &row, &ledger->base);
	}
	move_position(txn, origin);
}

int
store_position_get(struct store_txn *txn, const char *mailbox,
    uint32_t *uidvalidity_r, uint64_t *uid_r)
{
	struct row row = mailbox_row(txn, ROW_POSITION, mailbox);
	struct Position *position;
	int rc = txn_get_record(
	    txn, txn->arena, &row, &position__descriptor, &position);

	if (rc == 1) {
		*uidvalidity_r = position->uidvalidity;
		*uid_r = position->uid;
	}
	return rc;
}
