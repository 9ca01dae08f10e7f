# Floor 2, transport: bytes and addresses in and out. Sees base and desk.

noinst_LIBRARIES += src/transport/libtransport.a

TRANSPORT_CPPFLAGS = $(DESK_CPPFLAGS) -I$(srcdir)/src/transport \
	$(CURL_CFLAGS) $(ETPAN_CFLAGS)
src_transport_libtransport_a_CPPFLAGS = $(TRANSPORT_CPPFLAGS)
src_transport_libtransport_a_SOURCES = \
	src/transport/credential.c src/transport/credential.h \
	src/transport/source.h

TRANSPORT_LIBS = src/transport/libtransport.a $(DESK_LIBS) $(ETPAN_LIBS) \
	$(CURL_LIBS)
