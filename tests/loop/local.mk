# The whole loop, on real servers.

LOOP_SCRIPTS = tests/loop/real.sh
TESTS += $(LOOP_SCRIPTS)
EXTRA_DIST += $(LOOP_SCRIPTS) tests/loop/real_house.sh tests/loop/letter \
	tests/loop/json

# They play with the program that was built here.
$(LOOP_SCRIPTS:.sh=.log): src/gatepost
