# Tests of mail.

check_PROGRAMS += tests/mail/check_write
TESTS += tests/mail/check_write
tests_mail_check_write_SOURCES = \
	tests/mail/check_address.c \
	tests/mail/check_language.c \
	tests/mail/check_template.c \
	tests/mail/check_write.c \
	tests/mail/check_write.h \
	tests/mail/read_back.c \
	tests/mail/read_back.h
tests_mail_check_write_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_write_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)
check_PROGRAMS += tests/mail/check_text
TESTS += tests/mail/check_text
tests_mail_check_text_SOURCES = tests/mail/check_text.c
tests_mail_check_text_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_text_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/mail/check_kind
TESTS += tests/mail/check_kind
tests_mail_check_kind_SOURCES = tests/mail/check_kind.c
tests_mail_check_kind_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_kind_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)
check_PROGRAMS += tests/mail/check_mail
TESTS += tests/mail/check_mail
tests_mail_check_mail_SOURCES = \
	tests/mail/check_mail.c \
	tests/mail/check_mail.h \
	tests/mail/check_mail_charset.c \
	tests/mail/check_mail_hostile.c \
	tests/mail/check_mail_octets.c \
	tests/mail/check_mail_packed.c \
	tests/mail/check_mail_words.c
tests_mail_check_mail_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_mail_LDADD = $(MAIL_LIBS) $(BASE_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/mail/check_own
TESTS += tests/mail/check_own
tests_mail_check_own_SOURCES = tests/mail/check_own.c
tests_mail_check_own_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_own_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)
check_PROGRAMS += tests/mail/check_secret
TESTS += tests/mail/check_secret
tests_mail_check_secret_SOURCES = tests/mail/check_secret.c
tests_mail_check_secret_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_secret_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/mail/check_robot
TESTS += tests/mail/check_robot
tests_mail_check_robot_SOURCES = tests/mail/check_robot.c
tests_mail_check_robot_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_robot_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/mail/check_languages
TESTS += tests/mail/check_languages
tests_mail_check_languages_SOURCES = tests/mail/check_languages.c
tests_mail_check_languages_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_languages_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/mail/check_quote
TESTS += tests/mail/check_quote
tests_mail_check_quote_SOURCES = tests/mail/check_quote.c
tests_mail_check_quote_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_quote_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/mail/check_clients
TESTS += tests/mail/check_clients
tests_mail_check_clients_SOURCES = tests/mail/check_clients.c
tests_mail_check_clients_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_clients_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/mail/check_answers
TESTS += tests/mail/check_answers
tests_mail_check_answers_SOURCES = tests/mail/check_answers.c
tests_mail_check_answers_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_answers_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/mail/check_fresh
TESTS += tests/mail/check_fresh
tests_mail_check_fresh_SOURCES = tests/mail/check_fresh.c
tests_mail_check_fresh_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_fresh_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/mail/check_machine
TESTS += tests/mail/check_machine
tests_mail_check_machine_SOURCES = tests/mail/check_machine.c
tests_mail_check_machine_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_machine_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/mail/check_auth
TESTS += tests/mail/check_auth
tests_mail_check_auth_SOURCES = tests/mail/check_auth.c
tests_mail_check_auth_CPPFLAGS = $(MAIL_CPPFLAGS) $(TEST_CPPFLAGS)
tests_mail_check_auth_LDADD = $(MAIL_LIBS) $(CHECK_LIBS)
