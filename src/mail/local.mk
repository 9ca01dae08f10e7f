# Floor 2, mail: reading and writing mail, pure. Sees base and desk.

noinst_LIBRARIES += src/mail/libmail.a

MAIL_CPPFLAGS = $(DESK_CPPFLAGS) -I$(srcdir)/src/mail $(PCRE2_CFLAGS) \
	$(GUMBO_CFLAGS)
src_mail_libmail_a_CPPFLAGS = $(MAIL_CPPFLAGS)
src_mail_libmail_a_SOURCES = \
	src/mail/auth.c \
	src/mail/auth.h \
	src/mail/mail_read.h

MAIL_LIBS = src/mail/libmail.a $(DESK_LIBS) $(PCRE2_LIBS) $(GUMBO_LIBS)
