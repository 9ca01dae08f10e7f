#!/bin/bash
# setup.sh: from a clean Debian 12 to Gatepost at work, in one command.
#
#	./setup.sh demo		builds Gatepost and shows it with example mails
#	./setup.sh check	builds Gatepost and runs every test
#
# Both install the packages that are missing (as root, or with sudo) and build
# in build/, where the full output of each step is as well. Servers that only
# tests need are installed by check alone, and none of them is started as a
# service of this machine.
set -euo pipefail

# Built with: the compiler and the tools, then the libraries (see README.md).
build_packages="gcc make autoconf automake pkg-config protobuf-c-compiler
libetpan-dev libcurl4-gnutls-dev libpcre2-dev liblmdb-dev libconfig-dev
libsodium-dev libprotobuf-c-dev libgumbo-dev libseccomp-dev check
ca-certificates"
# Tested against: real servers, and the clients to ask them with.
test_packages="dovecot-imapd dovecot-lmtpd postfix kannel openssl curl"

policy=/usr/sbin/policy-rc.d
source=$(cd "$(dirname "$0")" && pwd)
build=$source/build
export LC_ALL=C.UTF-8

say() { echo "setup: $*"; }

stop() { # MESSAGE [LOG]
	echo "setup: $1" >&2
	if [ $# -gt 1 ]; then
		tail -n 30 "$2" >&2
		echo "setup: the whole of it is in $2" >&2
	fi
	exit 1
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# One step with its output in a log.
quietly() { # LOG COMMAND...
	local log=$build/$1
	shift
	"$@" >>"$log" 2>&1 || stop "this failed: $*" "$log"
}

# A server must not start because its package is installed. The machine's own
# policy, if it has one, comes back whatever happens; what a run that was
# killed has left is not taken for it.
forbid_services() {
	trap 'allow_services' EXIT
	trap 'exit 130' INT TERM HUP
	if [ -e "$policy" ] && ! grep -q "gatepost setup" "$policy"; then
		as_root mv "$policy" "$policy.gatepost"
	fi
	printf '#!/bin/sh\n# gatepost setup\nexit 101\n' |
		as_root tee "$policy" >/dev/null
	as_root chmod 755 "$policy"
}

allow_services() {
	trap - EXIT INT TERM HUP
	as_root rm -f "$policy"
	if [ -e "$policy.gatepost" ]; then
		as_root mv "$policy.gatepost" "$policy"
	fi
}

missing() { # PACKAGES...
	local package
	for package in "$@"; do
		dpkg-query -W -f '${db:Status-Status}\n' "$package" \
			2>/dev/null | grep -qx installed || echo "$package"
	done
}

install_packages() { # PACKAGES...
	local packages
	packages=$(missing "$@" | xargs)
	[ -n "$packages" ] || return 0
	[ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
		stop "run me as root once, to install: $packages"
	say "installing $packages"
	forbid_services
	case " $packages" in *" postfix "*)
		echo "postfix postfix/main_mailer_type select No configuration" |
			as_root debconf-set-selections \
				>>"$build/apt.log" 2>&1 || true
		;;
	esac
	quietly apt.log as_root apt-get -q update
	# shellcheck disable=SC2086
	quietly apt.log as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y --no-install-recommends $packages
	allow_services
}

build_all() { # CONFIGURE OPTIONS...
	say "building in build/"
	if [ ! -x "$source/configure" ] ||
		[ "$source/configure.ac" -nt "$source/configure" ]; then
		(cd "$source" && quietly autoreconf.log autoreconf -fi)
	fi
	cd "$build"
	quietly configure.log "$source/configure" "$@"
	quietly make.log make -j2
}

# Each test's log ends in the line that Check prints, and our scripts too:
# "100%: Checks: 12, Failures: 0, Errors: 0", and "Skipped: 3" where some were
# left out. A test without such a line is counted by its exit code.
sum_up() {
	local trs log result
	find . -name '*.trs' | sort | while read -r trs; do
		log=${trs%.trs}.log
		result=$(sed -n 's/^:test-result: \([A-Z]*\).*/\1/p' "$trs")
		echo "result $result $log"
		sed -n 's/^[0-9]*%: Checks: /counts /p
			s/^Skipped: \([0-9]*\).*/skipped \1/p' "$log"
	done | awk '
	function close_test() {
		if (name == "")
			return
		if (result == "SKIP" && !counted)
			skipped++
		else if (!counted)
			result == "PASS" ? passed++ : failed++
		else if (result != "PASS" && result != "SKIP" && !test_failed)
			failed++
		if (result == "FAIL" || result == "ERROR" || test_failed)
			print name > "failed-tests"
		name = ""
	}
	/^result/ {
		close_test()
		result = $2; name = $3; counted = 0; test_failed = 0
	}
	/^counts/ {
		gsub(/[^0-9 ]/, "")
		counted = 1
		passed += $1 - $2 - $3
		failed += $2 + $3
		test_failed += $2 + $3
	}
	/^skipped/ { skipped += $2; counted = 1 }
	END {
		close_test()
		printf "%d passed, %d failed, %d skipped\n",
			passed, failed, skipped
		exit failed > 0
	}'
}

demo() {
	# shellcheck disable=SC2086
	install_packages $build_packages
	build_all
	say "here it is"
	GATEPOST_TEMPLATES=$source/templates exec "$build/src/gatepost" demo
}

check() {
	local tested=0
	# shellcheck disable=SC2086
	install_packages $build_packages $test_packages
	build_all --enable-werror
	say "running the tests"
	find . -name '*.trs' -delete
	rm -f failed-tests
	make check -j2 >>"$build/check.log" 2>&1 || tested=$?
	[ -n "$(find . -name '*.trs' | head -n 1)" ] ||
		stop "the tests do not build" "$build/check.log"
	sum_up >summary || tested=1
	if [ -s failed-tests ]; then
		while read -r log; do
			echo "--- ${log#./}"
			cat "$log"
		done <failed-tests
	fi
	cat summary
	exit "$tested"
}

case ${1-} in
demo | check)
	mkdir -p "$build"
	rm -f "$build"/{apt,autoreconf,configure,make,check}.log
	command -v apt-get >/dev/null ||
		stop "this needs Debian 12 or a system like it"
	"$1"
	;;
*)
	echo "usage: ./setup.sh demo|check" >&2
	exit 64
	;;
esac
