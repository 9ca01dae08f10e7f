#!/bin/sh
# Every seed, and what the fuzzers have found, through its target once.
set -u

source=${srcdir:-.}
targets=tests/fuzz/corpus
failed=0

for seeds in "$source/$targets"/*; do
	target=$(basename "$seeds")
	if ! "tests/fuzz/fuzz_$target" "$seeds"/*; then
		echo "the target $target fails on its seeds"
		failed=1
	fi
done
exit $failed
