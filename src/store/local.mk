# Floor 2, store: what is written down, and its keys. Sees base and desk.

noinst_LIBRARIES += src/store/libstore.a

STORE_CPPFLAGS = $(DESK_CPPFLAGS) -I$(srcdir)/src/store $(LMDB_CFLAGS)
src_store_libstore_a_CPPFLAGS = $(STORE_CPPFLAGS)
src_store_libstore_a_SOURCES = \
	src/store/ballast.c src/store/ballast.h \
	src/store/blind.c src/store/blind.h \
	src/store/chunk.c src/store/chunk.h \
	src/store/keyring.c src/store/keyring.h \
	src/store/keyring_file.c src/store/keyring_file.h \
	src/store/keys.c src/store/keys.h \
	src/store/kv.h src/store/kv_lmdb.c src/store/kv_mem.c \
	src/store/row.c src/store/row.h \
	src/store/seal.c src/store/seal.h \
	src/store/slot.c src/store/slot.h \
	src/store/store.c src/store/store.h \
	src/store/store_audit.c \
	src/store/store_confidential.c \
	src/store/store_contact.c \
	src/store/store_creation.c \
	src/store/store_due.c \
	src/store/store_held.c \
	src/store/store_ledger.c \
	src/store/store_message.c \
	src/store/store_outbox.c \
	src/store/store_period.c \
	src/store/store_quota.c \
	src/store/store_tags.c \
	src/store/store_tally.c \
	src/store/store_ticket.c \
	src/store/store_txn.c src/store/store_txn.h

STORE_LIBS = src/store/libstore.a $(DESK_LIBS) $(LMDB_LIBS)
