# Tests of floor 4.


check_PROGRAMS += tests/app/check_conf tests/app/check_conf_bad \
	tests/app/print_conf
TESTS += tests/app/check_conf tests/app/check_conf_bad
tests_app_check_conf_SOURCES = tests/app/check_conf.c \
	tests/app/conf_house.c tests/app/conf_house.h
tests_app_check_conf_CPPFLAGS = $(APP_CPPFLAGS) $(TEST_CPPFLAGS) \
	-DSOURCE_FOLDER='"$(abs_srcdir)"'
tests_app_check_conf_LDADD = $(CONF_LIBS) $(CHECK_LIBS)
tests_app_check_conf_bad_SOURCES = tests/app/check_conf_bad.c \
	tests/app/conf_house.c tests/app/conf_house.h
tests_app_check_conf_bad_CPPFLAGS = $(APP_CPPFLAGS) $(TEST_CPPFLAGS)
tests_app_check_conf_bad_LDADD = $(CONF_LIBS) $(CHECK_LIBS)
tests_app_print_conf_SOURCES = tests/app/print_conf.c
tests_app_print_conf_CPPFLAGS = $(APP_CPPFLAGS)
tests_app_print_conf_LDADD = $(CONF_LIBS)

# After a change of src/app/conf_keys.c.
update-conf: tests/app/print_conf
	for file in $(CONF_FILES); do \
		tests/app/print_conf $$(basename $$file) >$(srcdir)/$$file; \
	done
	sed -n '1,/^\.\\" From the table/p' $(srcdir)/man/gatepost.conf.5 \
		>gatepost.conf.5.new
	tests/app/print_conf manual >>gatepost.conf.5.new
	sed -n '/^\.\\" To here/,$$p' $(srcdir)/man/gatepost.conf.5 \
		>>gatepost.conf.5.new
	mv gatepost.conf.5.new $(srcdir)/man/gatepost.conf.5
.PHONY: update-conf

# The templates, through the program that was built here.
TESTS += tests/app/texts.sh
EXTRA_DIST += tests/app/texts.sh
tests/app/texts.log: src/gatepost
