# Floor 3, stage: the loops. The only floor where the rooms meet.

noinst_LIBRARIES += src/stage/libstage.a

STAGE_CPPFLAGS = $(MAIL_CPPFLAGS) -I$(srcdir)/src/store \
	-I$(srcdir)/src/transport -I$(srcdir)/src/stage
src_stage_libstage_a_CPPFLAGS = $(STAGE_CPPFLAGS)
src_stage_libstage_a_SOURCES = \
	src/stage/action_view.c \
	src/stage/action_view.h \
	src/stage/apart.c \
	src/stage/apart.h \
	src/stage/apply.c \
	src/stage/apply.h \
	src/stage/apply_belongs.c \
	src/stage/apply_belongs.h \
	src/stage/apply_creation.c \
	src/stage/apply_creation.h \
	src/stage/apply_mobile.c \
	src/stage/apply_mobile.h \
	src/stage/apply_message.c \
	src/stage/apply_message.h \
	src/stage/apply_notice.c \
	src/stage/apply_notice.h \
	src/stage/apply_people.c \
	src/stage/apply_people.h \
	src/stage/apply_undo.c \
	src/stage/apply_undo.h \
	src/stage/apply_purge.c \
	src/stage/apply_purge.h \
	src/stage/carriers.c \
	src/stage/carriers.h \
	src/stage/carriers_quoted.c \
	src/stage/carriers_quoted.h \
	src/stage/core.c \
	src/stage/core.h \
	src/stage/core_conf.h \
	src/stage/core_round.c \
	src/stage/core_round.h \
	src/stage/facts.c \
	src/stage/facts.h \
	src/stage/facts_code.c \
	src/stage/facts_creation.c \
	src/stage/facts_explain.c \
	src/stage/facts_group.c \
	src/stage/facts_link.c \
	src/stage/facts_token.c \
	src/stage/held.c \
	src/stage/held.h \
	src/stage/own_words.c \
	src/stage/own_words.h \
	src/stage/fetch.c \
	src/stage/fetch.h \
	src/stage/flood.c \
	src/stage/flood.h \
	src/stage/intake.c \
	src/stage/intake.h \
	src/stage/outflow.c \
	src/stage/outflow.h \
	src/stage/parcel.c \
	src/stage/parcel.h \
	src/stage/parcel_creation.c \
	src/stage/parcel_creation.h \
	src/stage/parcel_view.c \
	src/stage/parcel_view.h \
	src/stage/parse.c \
	src/stage/parse.h \
	src/stage/quota.c \
	src/stage/quota.h \
	src/stage/send.c \
	src/stage/send.h \
	src/stage/answer.c \
	src/stage/answer.h \
	src/stage/answer_list.c \
	src/stage/answer_list.h \
	src/stage/tags.c \
	src/stage/tags.h \
	src/stage/stop.c \
	src/stage/stop.h

STAGE_LIBS = src/stage/libstage.a src/mail/libmail.a src/store/libstore.a \
	src/transport/libtransport.a $(DESK_LIBS) $(PCRE2_LIBS) \
	$(GUMBO_LIBS) $(LMDB_LIBS) $(ETPAN_LIBS) $(CURL_LIBS)
