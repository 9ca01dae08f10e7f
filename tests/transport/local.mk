# Tests of transport.

check_PROGRAMS += tests/transport/check_sink
TESTS += tests/transport/check_sink
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
