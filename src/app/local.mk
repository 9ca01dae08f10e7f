# Floor 4, app: knows everybody.

APP_CPPFLAGS = $(DESK_CPPFLAGS) -I$(srcdir)/src/mail -I$(srcdir)/src/store \
	-I$(srcdir)/src/transport -I$(srcdir)/src/app

# The conf alone, so that its test links nothing else of the house.
noinst_LIBRARIES += src/app/libconf.a

src_app_libconf_a_CPPFLAGS = $(APP_CPPFLAGS) $(LIBCONFIG_CFLAGS)
src_app_libconf_a_SOURCES = \
	src/app/conf.h \
	src/app/conf_check.c src/app/conf_check.h \
	src/app/conf_keys_people.c src/app/conf_keys_people.h \
	src/app/conf_check_fields.c src/app/conf_check_fields.h \
	src/app/conf_check_people.c src/app/conf_check_people.h \
	src/app/conf_check_plans.c src/app/conf_check_plans.h \
	src/app/conf_check_sms.c src/app/conf_check_sms.h \
	src/app/conf_keys.c src/app/conf_keys.h \
	src/app/conf_load.c \
	src/app/conf_print.c \
	src/app/conf_scan.c src/app/conf_scan.h \
	src/app/conf_secret.c src/app/conf_secret.h \
	src/app/conf_take.c src/app/conf_take.h \
	src/app/conf_value.c src/app/conf_value.h \
	src/app/conf_wrong.c src/app/conf_wrong.h

CONF_LIBS = src/app/libconf.a src/transport/libtransport.a $(DESK_LIBS) \
	$(LIBCONFIG_LIBS)

bin_PROGRAMS += src/gatepost

GATEPOST_CPPFLAGS = $(APP_CPPFLAGS) $(STAGE_CPPFLAGS) $(SECCOMP_CFLAGS) \
	-DTEMPLATES='"$(pkgdatadir)/templates"'
src_gatepost_CPPFLAGS = $(GATEPOST_CPPFLAGS)
src_gatepost_SOURCES = \
	src/app/cmd.h \
	src/app/cmd_check.c \
	src/app/cmd_demo.c \
	src/app/cmd_explain.c \
	src/app/cmd_ingest.c \
	src/app/cmd_init.c \
	src/app/cmd_key.c \
	src/app/cmd_history.c \
	src/app/cmd_limits.c \
	src/app/cmd_list.c \
	src/app/cmd_services.c \
	src/app/cmd_preview.c \
	src/app/cmd_quota.c \
	src/app/cmd_users.c \
	src/app/cmd_run.c \
	src/app/cmd_show.c \
	src/app/cmd_status.c \
	src/app/cmd_held.c \
	src/app/cmd_undo.c \
	src/app/demo_mails.c \
	src/app/demo_mails.h \
	src/app/demo_out.c \
	src/app/demo_out.h \
	src/app/explain_json.c \
	src/app/explain_json.h \
	src/app/explain_text.c \
	src/app/explain_text.h \
	src/app/house.c \
	src/app/house.h \
	src/app/key_file.h \
	src/app/main.c \
	src/app/pipeline.c \
	src/app/pipeline.h \
	src/app/sample.c \
	src/app/sample.h \
	src/app/sandbox.c \
	src/app/sandbox.h \
	src/app/story.c \
	src/app/story.h \
	src/app/supervisor.c \
	src/app/supervisor.h \
	src/app/texts.c \
	src/app/texts.h
src_gatepost_LDADD = src/app/libconf.a $(STAGE_LIBS) $(LIBCONFIG_LIBS) \
	$(SECCOMP_LIBS)
