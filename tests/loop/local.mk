# The whole loop, on real servers.

LOOP_TESTS = tests/loop/real.sh tests/loop/real_restart.sh \
	tests/loop/real_admin.sh
TESTS += $(LOOP_TESTS)
EXTRA_DIST += $(LOOP_TESTS) tests/loop/real_house.sh tests/loop/letter \
	tests/loop/json tests/loop/deliver
