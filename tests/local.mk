# Tests: one Check program a room, and scripts for what runs as a whole.

TEST_CPPFLAGS = $(CHECK_CFLAGS)

include tests/base/local.mk
include tests/desk/local.mk
include tests/mail/local.mk
include tests/store/local.mk
include tests/transport/local.mk
include tests/app/local.mk
include tests/stack/local.mk
include tests/loop/local.mk
include tests/fuzz/local.mk
