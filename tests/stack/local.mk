# Real servers for the tests that speak to some.

EXTRA_DIST += tests/stack/stack.sh tests/stack/mail.sh tests/stack/ports \
	tests/stack/phone
TESTS += tests/stack/test_stack.sh
EXTRA_DIST += tests/stack/test_stack.sh
