# Floor 2, transport: bytes and addresses in and out. Sees base and desk.

noinst_LIBRARIES += src/transport/libtransport.a

TRANSPORT_CPPFLAGS = $(DESK_CPPFLAGS) -I$(srcdir)/src/transport \
	$(CURL_CFLAGS) $(ETPAN_CFLAGS)
src_transport_libtransport_a_CPPFLAGS = $(TRANSPORT_CPPFLAGS)
src_transport_libtransport_a_SOURCES = \
	src/transport/credential.c \
	src/transport/credential.h \
	src/transport/imap.c \
	src/transport/imap.h \
	src/transport/imap_fetch.c \
	src/transport/imap_idle.c \
	src/transport/imap_list.c \
	src/transport/imap_login.c \
	src/transport/imap_settle.c \
	src/transport/maildir.c \
	src/transport/maildir.h \
	src/transport/maildir_list.c \
	src/transport/maildir_settle.c \
	src/transport/sink.c \
	src/transport/sink.h \
	src/transport/sink_folder.c \
	src/transport/sink_private.h \
	src/transport/sink_sms.c \
	src/transport/sink_smtp.c \
	src/transport/sms_answer.c \
	src/transport/sms_answer.h \
	src/transport/sms_json.c \
	src/transport/sms_json.h \
	src/transport/sms_preset.c \
	src/transport/sms_preset.h \
	src/transport/sms_template.c \
	src/transport/sms_template.h \
	src/transport/smtp_dial.c \
	src/transport/smtp_dial.h \
	src/transport/smtp_line.c \
	src/transport/smtp_line.h \
	src/transport/smtp_reply.c \
	src/transport/smtp_reply.h \
	src/transport/smtp_verdict.c \
	src/transport/smtp_verdict.h \
	src/transport/smtp_wire.c \
	src/transport/smtp_wire.h \
	src/transport/source.h \
	src/transport/stream.c \
	src/transport/stream.h \
	src/transport/wire.c \
	src/transport/wire.h

TRANSPORT_LIBS = src/transport/libtransport.a $(DESK_LIBS) $(ETPAN_LIBS) \
	$(CURL_LIBS)
