# The whole loop, on real servers.

LOOP_TESTS = tests/loop/real.sh
TESTS += $(LOOP_TESTS)
EXTRA_DIST += $(LOOP_TESTS) tests/loop/real_house.sh tests/loop/letter \
	tests/loop/json

# They play with the program that was built here.
$(LOOP_TESTS:.sh=.log): src/gatepost
