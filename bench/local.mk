# What `make bench` measures with. Nothing of it is built otherwise.

BENCH_CPPFLAGS = $(MAIL_CPPFLAGS) -I$(srcdir)/src/store -I$(srcdir)/bench
EXTRA_PROGRAMS = bench/raw_imap bench/run_desk bench/read_own
EXTRA_DIST += bench/bench.sh bench/make_mails bench/read_gmime.c

bench_raw_imap_SOURCES = bench/raw_imap.c
bench_raw_imap_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS)
bench_raw_imap_LDADD = $(CURL_LIBS)

bench_run_desk_SOURCES = bench/run_desk.c
bench_run_desk_CPPFLAGS = $(BENCH_CPPFLAGS)
bench_run_desk_LDADD = src/store/libstore.a $(DESK_LIBS) $(LMDB_LIBS)

bench_read_own_SOURCES = bench/read_own.c bench/read_mails.c \
	bench/read_mails.h
bench_read_own_CPPFLAGS = $(BENCH_CPPFLAGS)
bench_read_own_LDADD = src/mail/libmail.a $(DESK_LIBS) $(PCRE2_LIBS) \
	$(GUMBO_LIBS)

# GMime is nothing that Gatepost needs, so configure does not ask for it;
# bench.sh says what is missing.
bench/read_gmime: bench/read_gmime.c bench/read_mails.c bench/read_mails.h
	$(AM_V_CC)if pkg-config --exists gmime-3.0; then \
		$(MKDIR_P) bench && $(CC) $(CFLAGS) -I$(srcdir)/bench \
		$(srcdir)/bench/read_gmime.c $(srcdir)/bench/read_mails.c \
		`pkg-config --cflags --libs gmime-3.0` -o $@; fi

bench: src/gatepost $(EXTRA_PROGRAMS) bench/read_gmime
	@$(srcdir)/bench/bench.sh $(srcdir) .

CLEANFILES += $(EXTRA_PROGRAMS) bench/read_gmime
.PHONY: bench
