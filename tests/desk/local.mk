# Tests of desk.

check_PROGRAMS += tests/desk/check_desk
TESTS += tests/desk/check_desk
tests_desk_check_desk_SOURCES = \
	tests/desk/check_desk.c tests/desk/check_desk.h \
	tests/desk/check_decide.c tests/desk/mail_rows.h \
	tests/desk/check_action.c \
	tests/desk/check_copy.c \
	tests/desk/check_creation.c \
	tests/desk/check_filter.c \
	tests/desk/check_groups.c \
	tests/desk/check_odd.c \
	tests/desk/check_property.c \
	tests/desk/check_tally.c \
	tests/desk/check_token.c \
	tests/desk/check_worktime.c
tests_desk_check_desk_CPPFLAGS = $(DESK_CPPFLAGS) $(TEST_CPPFLAGS) \
	-DGOLDEN='"$(abs_srcdir)/tests/desk/golden"'
tests_desk_check_desk_LDADD = $(DESK_LIBS) $(CHECK_LIBS)

# The pure libraries may only call what cannot look out of the window.
TESTS += tests/house/pure.sh

EXTRA_DIST += tests/desk/golden/action.txt tests/desk/golden/offer.txt \
	tests/desk/golden/state.txt tests/desk/golden/access.txt \
	tests/desk/golden/roles.txt \
	tests/house/pure.sh
