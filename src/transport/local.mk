# Floor 2, transport: bytes and addresses in and out. Sees base and desk.

noinst_LIBRARIES += src/transport/libtransport.a

TRANSPORT_CPPFLAGS = $(DESK_CPPFLAGS) -I$(srcdir)/src/transport \
	$(CURL_CFLAGS) $(ETPAN_CFLAGS)
src_transport_libtransport_a_CPPFLAGS = $(TRANSPORT_CPPFLAGS)
src_transport_libtransport_a_SOURCES = \
	src/transport/imap.c src/transport/imap.h \
	src/transport/imap_fetch.c \
	src/transport/imap_idle.c \
	src/transport/imap_login.c \
	src/transport/imap_settle.c \
	src/transport/maildir.c src/transport/maildir.h \
	src/transport/maildir_list.c \
	src/transport/maildir_settle.c \
	src/transport/source.h \
	src/transport/stream.c src/transport/stream.h \
	src/transport/token.c src/transport/token.h \
	src/transport/wire.c src/transport/wire.h

TRANSPORT_LIBS = src/transport/libtransport.a $(DESK_LIBS) $(ETPAN_LIBS) \
	$(CURL_LIBS)
