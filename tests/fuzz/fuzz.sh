#!/bin/sh
# fuzz.sh SOURCE SECONDS TARGETS...: builds the pure floors with clang's
# sanitizers, and lets libFuzzer run on each target for so long. What is new
# is kept in fuzz/corpus of the build folder; what breaks a target is left in
# fuzz/ as found-TARGET-*, to be mended and added to the seeds.
set -eu

source=$1
seconds=$2
shift 2
# One process may not take the machine down with it.
memory=2048
flags="-std=gnu11 -g -O1 -fno-omit-frame-pointer -D_GNU_SOURCE=
-fsanitize=address,undefined -fno-sanitize-recover=all"
compiler=${FUZZ_CC:-clang}

if ! command -v "$compiler" >/dev/null; then
	echo "make fuzz needs clang: apt-get install clang" >&2
	exit 1
fi
mkdir -p fuzz/objects
# An object stands for its source and, for want of a list, for all headers.
newest=src/base/records.pb-c.h
for file in $FUZZ_SOURCES; do
	case $file in
	*.h)
		path=$source/$file
		[ -e "$path" ] || path=$file
		[ "$newest" -nt "$path" ] || newest=$path
		;;
	esac
done
objects=
for file in $FUZZ_SOURCES src/base/records.pb-c.c; do
	case $file in *.h) continue ;; esac
	object=fuzz/objects/$(echo "$file" | tr / _).o
	path=$source/$file
	[ -e "$path" ] || path=$file
	# shellcheck disable=SC2086
	{ [ "$object" -nt "$path" ] && [ "$object" -nt "$newest" ]; } ||
		"$compiler" $flags -fsanitize=fuzzer-no-link $FUZZ_CPPFLAGS \
			-c "$path" -o "$object"
	objects="$objects $object"
done
failed=0
for target in "$@"; do
	mkdir -p "fuzz/corpus/$target"
	words=
	[ ! -e "$source/tests/fuzz/$target.dict" ] ||
		words=-dict=$source/tests/fuzz/$target.dict
	# shellcheck disable=SC2086
	"$compiler" $flags -fsanitize=fuzzer $FUZZ_CPPFLAGS \
		"$source/tests/fuzz/fuzz_$target.c" $objects $FUZZ_LIBS \
		-o "fuzz/$target"
	echo "fuzz: $target for $seconds s"
	# shellcheck disable=SC2086
	"fuzz/$target" -max_total_time="$seconds" -timeout=10 \
		-rss_limit_mb=$memory -max_len=16384 -print_final_stats=1 \
		-artifact_prefix="fuzz/found-$target-" $words \
		"fuzz/corpus/$target" "$source/tests/fuzz/corpus/$target" \
		>"fuzz/$target.log" 2>&1 || failed=1
	grep -E 'ERROR|SUMMARY|number_of_executed' "fuzz/$target.log" || true
done
exit $failed
