# Floor 2, store: what is written down, and its keys. Sees base and desk.

noinst_LIBRARIES += src/store/libstore.a

STORE_CPPFLAGS = $(DESK_CPPFLAGS) -I$(srcdir)/src/store $(LMDB_CFLAGS)
src_store_libstore_a_CPPFLAGS = $(STORE_CPPFLAGS)
src_store_libstore_a_SOURCES = \
	src/store/kv.h

STORE_LIBS = src/store/libstore.a $(DESK_LIBS) $(LMDB_LIBS)
