# Floor 4, app: knows everybody.

APP_CPPFLAGS = $(DESK_CPPFLAGS) -I$(srcdir)/src/mail -I$(srcdir)/src/store \
	-I$(srcdir)/src/transport -I$(srcdir)/src/app

# The conf alone, so that its test links nothing else of the house.
noinst_LIBRARIES += src/app/libconf.a

src_app_libconf_a_CPPFLAGS = $(APP_CPPFLAGS) $(LIBCONFIG_CFLAGS)
src_app_libconf_a_SOURCES = \
	src/app/conf.h \
	src/app/conf_check.c src/app/conf_check.h \
	src/app/conf_check_sms.c src/app/conf_check_sms.h \
	src/app/conf_keys.c src/app/conf_keys.h \
	src/app/conf_load.c \
	src/app/conf_print.c \
	src/app/conf_scan.c src/app/conf_scan.h \
	src/app/conf_secret.c src/app/conf_secret.h \
	src/app/conf_take.c src/app/conf_take.h \
	src/app/conf_value.c src/app/conf_value.h \
	src/app/conf_wrong.c src/app/conf_wrong.h

CONF_LIBS = src/app/libconf.a src/transport/libtransport.a $(BASE_LIBS) $(LIBCONFIG_LIBS)
