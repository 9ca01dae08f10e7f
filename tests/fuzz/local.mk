# Fuzz targets. The check replays their seeds with the compiler of the build;
# `make fuzz SECONDS=n` lets libFuzzer (clang) look for more, n seconds each.

FUZZ_TARGETS = header address word mime html quote report auth token \
	command secret
FUZZ_LIBS = $(MAIL_LIBS) $(BASE_LIBS)
FUZZ_CPPFLAGS = $(MAIL_CPPFLAGS) -I$(srcdir)/tests/fuzz
SECONDS = 60

check_PROGRAMS += tests/fuzz/fuzz_header \
	tests/fuzz/fuzz_address \
	tests/fuzz/fuzz_word \
	tests/fuzz/fuzz_mime \
	tests/fuzz/fuzz_html \
	tests/fuzz/fuzz_quote \
	tests/fuzz/fuzz_report \
	tests/fuzz/fuzz_auth \
	tests/fuzz/fuzz_token \
	tests/fuzz/fuzz_command \
	tests/fuzz/fuzz_secret
TESTS += tests/fuzz/seeds.sh
EXTRA_DIST += tests/fuzz/seeds.sh tests/fuzz/fuzz.sh tests/fuzz/corpus \
	tests/fuzz/address.dict tests/fuzz/header.dict tests/fuzz/html.dict \
	tests/fuzz/mime.dict tests/fuzz/word.dict

tests_fuzz_fuzz_header_SOURCES = tests/fuzz/fuzz_header.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_header_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_header_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_address_SOURCES = tests/fuzz/fuzz_address.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_address_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_address_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_word_SOURCES = tests/fuzz/fuzz_word.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_word_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_word_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_secret_SOURCES = tests/fuzz/fuzz_secret.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_secret_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_secret_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_mime_SOURCES = tests/fuzz/fuzz_mime.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_mime_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_mime_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_html_SOURCES = tests/fuzz/fuzz_html.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_html_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_html_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_quote_SOURCES = tests/fuzz/fuzz_quote.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_quote_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_quote_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_report_SOURCES = tests/fuzz/fuzz_report.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_report_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_report_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_auth_SOURCES = tests/fuzz/fuzz_auth.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_auth_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_auth_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_token_SOURCES = tests/fuzz/fuzz_token.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_token_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_token_LDADD = $(FUZZ_LIBS)

tests_fuzz_fuzz_command_SOURCES = tests/fuzz/fuzz_command.c \
	tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_command_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_command_LDADD = $(FUZZ_LIBS)

fuzz: src/base/records.pb-c.h $(nodist_src_mail_libmail_a_SOURCES)
	FUZZ_CPPFLAGS="-I. $(FUZZ_CPPFLAGS)" FUZZ_LIBS="$(PCRE2_LIBS) \
		$(GUMBO_LIBS) $(PROTOBUF_C_LIBS) $(SODIUM_LIBS)" \
		FUZZ_SOURCES="$(src_base_libbase_a_SOURCES) \
		$(src_desk_libdesk_a_SOURCES) $(src_mail_libmail_a_SOURCES) \
		$(nodist_src_mail_libmail_a_SOURCES)" \
		sh $(srcdir)/tests/fuzz/fuzz.sh $(srcdir) $(SECONDS) \
		$(FUZZ_TARGETS)

.PHONY: fuzz
