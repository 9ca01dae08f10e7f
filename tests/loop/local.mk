# Tests of loop: the real rooms in one process, and the real daemon.

LOOP_CPPFLAGS = $(APP_CPPFLAGS) $(STAGE_CPPFLAGS) $(TEST_CPPFLAGS) \
	-I$(srcdir)/tests/store -I$(srcdir)/tests/loop \
	-DTEMPLATES='"$(pkgdatadir)/templates"' \
	-DSOURCE_FOLDER='"$(abs_srcdir)"'
# These are of floor 4 and in no library; a test stands on them as well.
LOOP_SOURCES = src/app/house.c src/app/house.h \
	src/app/texts.c src/app/texts.h \
	tests/store/folder.c tests/store/folder.h \
	tests/loop/desk.c tests/loop/desk.h tests/loop/desk_rows.c \
	tests/loop/person.c tests/loop/person.h \
	tests/loop/rows.c tests/loop/rows.h
LOOP_LIBS = src/app/libconf.a $(STAGE_LIBS) $(LIBCONFIG_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/loop/check_loop
TESTS += tests/loop/check_loop
tests_loop_check_loop_SOURCES = $(LOOP_SOURCES) \
	tests/store/failing.c tests/store/failing.h \
	tests/loop/check_loop.c tests/loop/check_loop.h \
	tests/loop/test_action.c \
	tests/loop/test_answers.c \
	tests/loop/test_quoted.c \
	tests/loop/test_clock.c \
	tests/loop/test_copy.c \
	tests/loop/test_delete.c \
	tests/loop/test_held.c \
	tests/loop/test_link.c \
	tests/loop/test_creation.c \
	tests/loop/test_lists.c \
	tests/loop/test_quota.c \
	tests/loop/test_owner.c \
	tests/loop/test_plan.c \
	tests/loop/test_roles.c \
	tests/loop/test_tags.c \
	tests/loop/test_guard.c \
	tests/loop/scan.c tests/loop/scan.h \
	tests/loop/test_fail.c \
	tests/loop/test_odd.c \
	tests/loop/test_out.c \
	tests/loop/test_purge.c \
	tests/loop/test_story.c \
	tests/loop/test_undo.c
tests_loop_check_loop_CPPFLAGS = $(LOOP_CPPFLAGS)
tests_loop_check_loop_LDADD = $(LOOP_LIBS)
# The whole loop, on real servers.

LOOP_TESTS = tests/loop/real.sh tests/loop/real_restart.sh \
	tests/loop/real_admin.sh
TESTS += $(LOOP_TESTS)
EXTRA_DIST += $(LOOP_TESTS) tests/loop/real_house.sh tests/loop/letter \
	tests/loop/json

# They play with the program that was built here.
$(LOOP_TESTS:.sh=.log): src/gatepost

# The daemon, killed at random. A longer run: make prove-crash KILLS=10000.
CRASH_SOURCES = src/app/house.c src/app/house.h \
	src/app/texts.c src/app/texts.h \
	tests/loop/crash/judge.c tests/loop/crash/judge.h \
	tests/loop/crash/judge_time.c \
	tests/loop/crash/talk.c tests/loop/crash/talk.h \
	tests/loop/crash/yard.c tests/loop/crash/yard.h

KILLS = 10000
check_PROGRAMS += tests/loop/crash/crash
TESTS += tests/loop/crash/crash.sh
EXTRA_DIST += tests/loop/crash/crash.sh
tests_loop_crash_crash_SOURCES = $(CRASH_SOURCES) tests/loop/crash/crash.c
tests_loop_crash_crash_CPPFLAGS = $(LOOP_CPPFLAGS) -I$(srcdir)/tests/loop/crash
tests_loop_crash_crash_LDADD = $(LOOP_LIBS)

check_PROGRAMS += tests/loop/crash/trouble
TESTS += tests/loop/crash/trouble.sh
EXTRA_DIST += tests/loop/crash/trouble.sh
tests_loop_crash_trouble_SOURCES = $(CRASH_SOURCES) \
	tests/loop/crash/trouble.c
tests_loop_crash_trouble_CPPFLAGS = $(tests_loop_crash_crash_CPPFLAGS)
tests_loop_crash_trouble_LDADD = $(LOOP_LIBS)

prove-crash: src/gatepost tests/loop/crash/crash
	tests/loop/crash/crash src/gatepost $(KILLS)
.PHONY: prove-crash
	tests/loop/json tests/loop/deliver
