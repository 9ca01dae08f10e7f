# Tests of mail.

check_PROGRAMS += tests/mail/check_write
TESTS += tests/mail/check_write
tests_mail_check_write_SOURCES = \
	tests/mail/check_address.c \
	tests/mail/check_template.c \
	tests/mail/check_write.c \
	tests/mail/check_write.h \
	tests/mail/read_back.c \
	tests/mail/read_back.h
tests_mail_check_write_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_write_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)
