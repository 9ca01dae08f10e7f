# shellcheck shell=bash
# real_house.sh: a house among real servers, for the scripts that play in it.
#
# To be sourced. Gives $dir (a temporary folder, gone at the end), the servers
# of ../stack on ports of their own, conf files, the daemon, people who write
# and read mail, and checks that count themselves.
#
#	open_house [PART...]		the servers; exit 77 when not installed
#	write_conf [NAME=VALUE...]	$conf; see below for the names
#	start_daemon, stop_daemon	`gatepost run`, its log in $dir/log
#	check_is WHAT EXPECTED SEEN	one check
#	check_like WHAT PATTERN SEEN	one check: a line matches (grep -E)
#	check_unlike WHAT PATTERN SEEN	one check: none does
#	await_is WHAT EXPECTED COMMAND...	one check: within $patience
#				seconds the command prints it
#	mail_of USER N [SEARCH] FILE	one check: USER gets an Nth mail that
#				is found so; it is put into FILE
#	close_house			the sum, and the exit code
set -u

here=$(cd "${srcdir:-.}/tests" && pwd)
top=$(cd "${srcdir:-.}" && pwd)
gatepost=$(pwd)/src/gatepost
export GATEPOST_TEMPLATES=$top/templates
patience=10
checks=0 failures=0 daemon='' dir=''

# ---- the house ------------------------------------------------------------

stack() { bash "$here/stack/stack.sh" "$@"; }
mail() { bash "$here/stack/mail.sh" "$@"; }
letter() { perl "$here/loop/letter" "$@"; }
json() { perl "$here/loop/json" "$@"; }

clear_away() {
	trap - EXIT INT TERM HUP
	# The daemon takes its stages with it; helpers are jobs as it is.
	jobs -p | xargs -r kill -9 2>/dev/null
	wait 2>/dev/null
	[ -z "$dir" ] || {
		stack down "$dir"
		[ -n "${KEEP:-}" ] && echo "kept: $dir" || rm -rf "$dir"
	}
}

open_house() {
	local code=0
	[ "$(id -u)" = 0 ] || {
		echo "skipped: Postfix needs root"
		exit 77
	}
	trap clear_away EXIT
	trap 'exit 130' INT TERM HUP
	dir=$(mktemp -d /tmp/gatepost-real.XXXXXX)
	stack up "$dir" "$@" || code=$?
	if [ "$code" = 77 ]; then
		echo "skipped: not all of the servers are installed"
		exit 77
	elif [ "$code" != 0 ]; then
		echo "the servers do not start"
		exit 99
	fi
	# shellcheck disable=SC1091
	. "$dir/ports"
	conf=$dir/desk/gatepost.conf
	store=$dir/desk/state
	mkdir -m 755 "$dir/desk"
	"$gatepost" key new "$dir/desk/master.key" >/dev/null
	secret pw-support "$dir/desk/mail.pass"
	secret secret "$dir/desk/sms.pass"
}

secret() { # WORDS FILE
	rm -f "$2"
	(umask 077 && echo "$1" >"$2")
}

# Names: IMAP_PORT, IMAP_CA, IMAP_MORE, SMTP_PORT, SMTP_TLS, CLOCK, PRIVACY,
# STATE, KEY, PASS, LEVEL.
write_conf() {
	local IMAP_PORT=$IMAPS IMAP_CA=$dir/tls/ca.pem IMAP_MORE=''
	local SMTP_PORT=$SUBMISSION SMTP_TLS=starttls CLOCK='' PRIVACY=''
	local STATE=$store KEY=$dir/desk/master.key PASS=$dir/desk/mail.pass
	local LEVEL=note one
	for one in "$@"; do
		local "${one%%=*}=${one#*=}"
	done
	cat >"$conf" <<-CONF
	desk: {
		name = "Peers Support";
		domain = "peers.test";
		state_folder = "$STATE";
		master_key_file = "$KEY";
		user = "nobody";
		log_level = "$LEVEL";
	};
	clock: { $CLOCK };
	privacy: { $PRIVACY };
	mailboxes: ( {
		name = "support";
		address = "support@peers.test";
		authserv_ids = [ "mail.peers.test" ];
		trusted_hops = 2;
		host = "localhost";
		port = $IMAP_PORT;
		ca_file = "$IMAP_CA";
		user = "support@peers.test";
		password_file = "$PASS";
		$IMAP_MORE
	} );
	engineers: (
		{ name = "anna"; full_name = "Anna Berger";
		  address = "anna@peers.test"; },
		{ name = "bob"; full_name = "Bob Okafor";
		  address = "bob@peers.test"; }
	);
	services: ( { name = "help"; title = "General help";
		owners = [ "anna", "bob" ]; } );
	# A few people write a lot here.
	budget: {
		tickets_address = 1000; tickets_domain = 1000;
		tickets_all = 1000; receipts_stranger = 1000;
		receipts_strangers = 1000; same_text = 1000;
		automatic_answers = 1000;
	};
	mail: {
		host = "localhost";
		port = $SMTP_PORT;
		tls = "$SMTP_TLS";
		ca_file = "$dir/tls/ca.pem";
		user = "support@peers.test";
		password_file = "$dir/desk/mail.pass";
	};
	sms: {
		enabled = true;
		preset = "kannel";
		url = "http://127.0.0.1:$KANNEL_SENDSMS";
		user = "gate";
		password_file = "$dir/desk/sms.pass";
		from = "12345";
		countries = [ "+49" ];
	};
	CONF
}

desk() { "$gatepost" -c "$conf" "$@"; }

# setsid: a process group of its own, so that nothing of it is missed.
start_daemon() {
	setsid "$gatepost" -c "$conf" run >>"$dir/log" 2>&1 </dev/null &
	daemon=$!
}

# Its exit code; 124 when it had to be killed.
stop_daemon() {
	local code=0
	kill -TERM "$daemon" 2>/dev/null
	for _ in $(seq 150); do
		kill -0 "$daemon" 2>/dev/null || break
		sleep .1
	done
	kill -9 "$daemon" 2>/dev/null && {
		daemon=
		return 124
	}
	wait "$daemon" || code=$?
	daemon=
	return "$code"
}

# The daemon's children, "PID NAME" a line.
stages() {
	local pid
	for pid in $(cat "/proc/$daemon/task/$daemon/children" 2>/dev/null); do
		echo "$pid $(cat "/proc/$pid/comm" 2>/dev/null)"
	done
}

# ---- checks ---------------------------------------------------------------

failed() { # WHAT EXPECTED SEEN
	failures=$((failures + 1))
	printf 'FAILED: %s\n  expected: %s\n  seen:     %s\n' "$@"
	[ "$failures" -lt ${FAILURES:-12} ] || close_house
}

check_is() {
	checks=$((checks + 1))
	[ "$2" = "$3" ] || failed "$@"
}

check_like() {
	checks=$((checks + 1))
	printf '%s\n' "$3" | grep -Eq -- "$2" || failed "$1" "/$2/" "$3"
}

check_unlike() {
	checks=$((checks + 1))
	! printf '%s\n' "$3" | grep -Eq -- "$2" || failed "$1" "no /$2/" "$3"
}

await_is() {
	local what=$1 expected=$2 seen end=$((SECONDS + patience))
	shift 2
	checks=$((checks + 1))
	while :; do
		seen=$("$@" 2>&1)
		[ "$seen" = "$expected" ] && return
		[ "$SECONDS" -lt "$end" ] || break
		sleep .05
	done
	failed "$what (within $patience s: $*)" "$expected" "$seen"
	return 1
}

mail_of() { # USER N [SEARCH] FILE
	local user=$1 n=$2 search=${4:+$3} file=${4:-$3} uid='' found=''
	local end=$((SECONDS + patience))
	checks=$((checks + 1))
	while [ "$SECONDS" -lt "$end" ]; do
		found=$(mail uids "$dir" "$user" ${search:+"$search"} 2>&1)
		uid=$(echo "$found" | sed -n "${n}p")
		[ -n "$uid" ] && break
		sleep .05
	done
	if [ -z "$uid" ]; then
		failed "mail $n to $user ${search:+($search) }within $patience s" \
			"$n mails" "$(echo "$found" | grep -c .)"
		printf 'Message-ID: <none@peers.test>\n\n' >"$file"
		return 1
	fi
	mail get "$dir" "$user" "$uid" | tr -d '\r' >"$file"
}

close_house() {
	echo "$((checks > 0 ? 100 * (checks - failures) / checks : 0))%:" \
		"Checks: $checks, Failures: $failures, Errors: 0"
	[ "$failures" = 0 ]
	exit
}
