# Floor 2, mail: reading and writing mail, pure. Sees base and desk.

noinst_LIBRARIES += src/mail/libmail.a

MAIL_CPPFLAGS = $(DESK_CPPFLAGS) -I$(srcdir)/src/mail $(PCRE2_CFLAGS) \
	$(GUMBO_CFLAGS)
src_mail_libmail_a_CPPFLAGS = $(MAIL_CPPFLAGS)
src_mail_libmail_a_SOURCES = \
	src/mail/action_links.c \
	src/mail/action_links.h \
	src/mail/address.c \
	src/mail/address.h \
	src/mail/attachment.c \
	src/mail/attachment.h \
	src/mail/auth.c \
	src/mail/auth.h \
	src/mail/auth_field.c \
	src/mail/auth_field.h \
	src/mail/body.c \
	src/mail/body.h \
	src/mail/bounce.c \
	src/mail/bounce.h \
	src/mail/bounce_class.c \
	src/mail/bounce_class.h \
	src/mail/bounce_text.c \
	src/mail/bounce_text.h \
	src/mail/calendar.c \
	src/mail/calendar.h \
	src/mail/charset.c \
	src/mail/charset.h \
	src/mail/charset_guess.c \
	src/mail/charset_guess.h \
	src/mail/charset_names.h \
	src/mail/charset_octet.c \
	src/mail/charset_octet.h \
	src/mail/charset_pairs.c \
	src/mail/charset_pairs.h \
	src/mail/clean.c \
	src/mail/clean.h \
	src/mail/content.c \
	src/mail/content.h \
	src/mail/date.c \
	src/mail/date.h \
	src/mail/describe.c \
	src/mail/describe.h \
	src/mail/encode.c \
	src/mail/encode.h \
	src/mail/encode_body.c \
	src/mail/flag.c \
	src/mail/flag.h \
	src/mail/flowed.c \
	src/mail/flowed.h \
	src/mail/header.c \
	src/mail/header.h \
	src/mail/html.c \
	src/mail/html.h \
	src/mail/html_fast.c \
	src/mail/html_fast.h \
	src/mail/html_kind.c \
	src/mail/html_kind.h \
	src/mail/html_out.c \
	src/mail/html_out.h \
	src/mail/html_scan.c \
	src/mail/html_scan.h \
	src/mail/html_stack.c \
	src/mail/html_stack.h \
	src/mail/html_style.c \
	src/mail/html_style.h \
	src/mail/html_tag.c \
	src/mail/html_tag.h \
	src/mail/html_text.c \
	src/mail/html_text.h \
	src/mail/jis.c \
	src/mail/jis.h \
	src/mail/kind.c \
	src/mail/kind.h \
	src/mail/kind_sign.c \
	src/mail/kind_sign.h \
	src/mail/kind_text.c \
	src/mail/kind_text.h \
	src/mail/language.c \
	src/mail/language.h \
	src/mail/mail_address.c \
	src/mail/mail_read.c \
	src/mail/mail_read.h \
	src/mail/mail_write.c \
	src/mail/mail_write.h \
	src/mail/message_id.c \
	src/mail/message_id.h \
	src/mail/mime.c \
	src/mail/mime.h \
	src/mail/notice_text.c \
	src/mail/notice_text.h \
	src/mail/notice_words.c \
	src/mail/notice_words.h \
	src/mail/parameter.c \
	src/mail/parameter.h \
	src/mail/part.c \
	src/mail/part.h \
	src/mail/quote.c \
	src/mail/quote.h \
	src/mail/quote_attribution.c \
	src/mail/quote_attribution.h \
	src/mail/quote_head.c \
	src/mail/quote_head.h \
	src/mail/quote_line.c \
	src/mail/quote_line.h \
	src/mail/quote_own.c \
	src/mail/quote_own.h \
	src/mail/quote_reply.h \
	src/mail/quote_rules.c \
	src/mail/quote_rules.h \
	src/mail/quote_tail.c \
	src/mail/quote_tail.h \
	src/mail/secret.c \
	src/mail/secret.h \
	src/mail/secret_armour.c \
	src/mail/secret_look.h \
	src/mail/secret_number.c \
	src/mail/secret_word.c \
	src/mail/shift.c \
	src/mail/shift.h \
	src/mail/smime.c \
	src/mail/smime.h \
	src/mail/stem.c \
	src/mail/stem.h \
	src/mail/subject.c \
	src/mail/subject.h \
	src/mail/template.c \
	src/mail/template.h \
	src/mail/template_html.c \
	src/mail/template_html.h \
	src/mail/tnef.c \
	src/mail/tnef.h \
	src/mail/transfer.c \
	src/mail/transfer.h \
	src/mail/unpack.c \
	src/mail/unpack.h \
	src/mail/uu.c \
	src/mail/uu.h \
	src/mail/word.c \
	src/mail/word.h

# The patterns of quotes are data that an admin may read and add to; a line
# of the file is a line of the program.
dist_pkgdata_DATA = quotes/patterns
nodist_src_mail_libmail_a_SOURCES = src/mail/quote_builtin.c
CLEANFILES += src/mail/quote_builtin.c
src/mail/quote_builtin.c: $(srcdir)/quotes/patterns
	$(AM_V_GEN)$(MKDIR_P) src/mail && \
	{ echo '/* Made from quotes/patterns. */' && \
	echo '#include "quote_rules.h"' && \
	echo 'const char *const quote_builtin[] = {' && \
	sed -e '/^#/d' -e '/^$$/d' -e 's/[\\"]/\\&/g' -e 's/.*/    "&",/' \
		$(srcdir)/quotes/patterns && \
	echo '    NULL,' && echo '};'; } >$@.new && mv $@.new $@

MAIL_LIBS = src/mail/libmail.a $(DESK_LIBS) $(PCRE2_LIBS) $(GUMBO_LIBS)
