#!/bin/bash
# on_stack.sh: the sources and the sinks, also on real servers: Dovecot,
# Postfix and Kannel of the project's own stack. Where those are not
# installed, only what needs none of them runs.
set -u

stack="${srcdir:-.}/tests/stack/stack.sh"
dir=$(mktemp -d "${TMPDIR:-/tmp}/gatepost-on-stack-XXXXXX")
trap '"$stack" down "$dir"; rm -rf "$dir"' EXIT

"$stack" up "$dir"
case $? in
0)
	GATEPOST_TEST_STACK=$dir
	export GATEPOST_TEST_STACK
	;;
77) echo "Skipped: 1, the real servers are not installed" ;;
*) exit 1 ;;
esac
failed=0
tests/transport/check_sink || failed=1
if [ -n "${GATEPOST_TEST_STACK:-}" ]; then
	tests/transport/check_dovecot || failed=1
fi
exit $failed
