# Tests of transport.

check_PROGRAMS += tests/transport/check_source
TESTS += tests/transport/check_source
tests_transport_check_source_SOURCES = \
	tests/transport/check_source.c \
	tests/transport/imap_server.c tests/transport/imap_server.h \
	tests/transport/maildir_tests.c tests/transport/maildir_tests.h \
	tests/transport/wire_tests.c tests/transport/wire_tests.h
tests_transport_check_source_CPPFLAGS = $(TRANSPORT_CPPFLAGS) \
	$(TEST_CPPFLAGS) -I$(srcdir)/tests/transport
tests_transport_check_source_LDADD = $(TRANSPORT_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/transport/check_dovecot
tests_transport_check_dovecot_SOURCES = tests/transport/check_dovecot.c
tests_transport_check_dovecot_CPPFLAGS = $(TRANSPORT_CPPFLAGS) \
	$(TEST_CPPFLAGS)
tests_transport_check_dovecot_LDADD = $(TRANSPORT_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/transport/check_sink
tests_transport_check_sink_SOURCES = \
	tests/transport/check_sink.c tests/transport/check_sink.h \
	tests/transport/check_sink_door.c \
	tests/transport/check_sink_smtp.c \
	tests/transport/check_smtp.h \
	tests/transport/check_sink_sms.c \
	tests/transport/fake.c tests/transport/fake.h
tests_transport_check_sink_CPPFLAGS = $(TRANSPORT_CPPFLAGS) $(TEST_CPPFLAGS) \
	-I$(srcdir)/tests/transport
tests_transport_check_sink_LDADD = $(TRANSPORT_LIBS) $(CHECK_LIBS)

# Both programs, with real servers where they are installed.
TESTS += tests/transport/on_stack.sh
EXTRA_DIST += tests/transport/on_stack.sh
