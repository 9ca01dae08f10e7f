#!/bin/bash
# real_admin.sh: what whoever runs the desk does, and does wrongly, with real
# servers: check, status, ingest from a pipe, reload, systemd's protocol; and
# wrong passwords, ports, authorities, keys, folders. Every message has to say
# what is wrong, where, and what to do.
# shellcheck disable=SC2016,SC2154
. "${srcdir:-.}/tests/loop/real_house.sh"

# Runs a subcommand that must fail: its code, and what it says.
refuses() { # WHAT CODE PATTERN ARGUMENTS...
	local what=$1 code=$2 pattern=$3 seen got=0
	shift 3
	seen=$(timeout 20 "$gatepost" -c "$conf" "$@" 2>&1 </dev/null) ||
		got=$?
	check_is "$what: exit code of $1" "$code" "$got"
	check_like "$what: what $1 says" "$pattern" "$seen"
	[ -z "${SHOW:-}" ] || printf '%s: %s\n' "$what" "$seen"
}

# Starts the daemon and waits for a line in its log.
complains() { # WHAT PATTERN
	: >"$dir/log"
	start_daemon
	await_is "$1: the log says so once" 1 grep -Ec "$2" "$dir/log"
	[ -z "${SHOW:-}" ] || sed "s/^/$1: /" "$dir/log"
	sleep 2.5
	check_is "$1: and does not repeat itself" 1 \
		"$(grep -Ec "$2" "$dir/log")"
	stop_daemon
}

mistakes_in_conf() {
	write_conf CLOCK='remind_aftr = "3d";'
	refuses "an unknown key" 78 \
		'gatepost.conf:[0-9]+: .*remind_aftr.*remind_after' check
	refuses "an unknown key" 78 'gatepost.conf:[0-9]+: .*remind_aftr' run
	write_conf IMAP_PORT=99999
	refuses "out of range" 78 'gatepost.conf:[0-9]+: .*port.*65535' check
	write_conf CLOCK='remind_after = 3;'
	refuses "a wrong type" 78 'gatepost.conf:[0-9]+: .*remind_after' check
	write_conf PASS="$dir/desk/none.pass"
	refuses "no password file" 78 \
		'gatepost.conf:[0-9]+: .*none.pass' check
	echo open >"$dir/desk/open.pass"
	chmod 644 "$dir/desk/open.pass"
	write_conf PASS="$dir/desk/open.pass"
	refuses "a password for all" 78 \
		'gatepost.conf:[0-9]+: .*open.pass.*chmod' check
	write_conf CLOCK='remind_after = "3d"'
	echo '}' >>"$conf"
	refuses "a slip in the grammar" 78 'gatepost.conf:[0-9]+: ' check
	conf=$dir/desk/none.conf refuses "no conf" 78 'none.conf' check
}

wrong_keys() {
	write_conf KEY="$dir/desk/none.key"
	refuses "no master key" 78 'none.key.*gatepost' check
	refuses "no master key" 78 'none.key.*gatepost' run
	refuses "no master key" 78 'none.key.*gatepost' list
	secret short "$dir/desk/short.key"
	write_conf KEY="$dir/desk/short.key"
	refuses "a short master key" 78 'short.key.*32 octets' check
	refuses "a short master key" 78 'short.key.*32 octets' run
	install -m 644 "$dir/desk/master.key" "$dir/desk/open.key"
	write_conf KEY="$dir/desk/open.key"
	refuses "a master key for all" 78 'open.key.*chmod' check
	refuses "a master key for all" 78 'open.key.*chmod' run
	"$gatepost" key new "$dir/desk/other.key" >/dev/null
	write_conf
	start_daemon
	await_is "a store" 0 desk_answers
	stop_daemon
	write_conf KEY="$dir/desk/other.key"
	refuses "another master key" 66 'state: .*master key' run
	refuses "another master key" 66 'state: .*master key' list
}

desk_answers() {
	desk status >/dev/null 2>&1
	echo $?
}

wrong_folders() {
	write_conf STATE="$dir/none/state"
	refuses "no place for the state" 73 'none/state' run
	refuses "no store yet" 66 'none/state.*gatepost run' list
	echo >"$dir/a-file"
	write_conf STATE="$dir/a-file"
	refuses "a file for a folder" 73 'a-file' run
	write_conf
	GATEPOST_TEMPLATES=$dir/none refuses "no templates" 78 \
		'none/en.*template' check
	mkdir -p "$dir/templates/en"
	cp "$top"/templates/en/* "$dir/templates/en"
	rm "$dir/templates/en/confirm.txt"
	GATEPOST_TEMPLATES=$dir/templates refuses "one template too few" 78 \
		'templates/en/confirm.txt.*missing' run
}

wrong_servers() {
	secret wrong "$dir/desk/wrong.pass"
	write_conf PASS="$dir/desk/wrong.pass"
	complains "a wrong password" \
		'imap support: .*localhost refuses the login.*password'
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-days 2 -subj /CN=other -keyout /dev/null \
		-out "$dir/other.pem" 2>/dev/null
	write_conf IMAP_CA="$dir/other.pem"
	complains "a wrong authority" \
		'imap support: .*localhost.*certificate.*ca_file'
	write_conf IMAP_PORT=9
	complains "a wrong port" 'imap support: .*localhost port 9'
	write_conf IMAP_PORT="$SMTPS"
	complains "a server of another kind" 'imap support: .*localhost'
	write_conf IMAP_MORE='folder = "None";'
	complains "no such folder" 'imap support: .*folder None.*exist'
}

count_status() { desk status --json | json "$1"; }

# Mail is taken in and waits while the relay cannot be reached.
relay_is_away() {
	write_conf SMTP_PORT=9
	: >"$dir/log"
	start_daemon
	await_is "a store" 0 desk_answers
	letter new cust@peers.test support@peers.test 'Piped' >"$dir/piped" \
		<<<"From a pipe."
	seen=$(desk ingest - <"$dir/piped")
	check_like "ingest from a pipe" '^ticket: ticket 1$' "$seen"
	check_is "the same pipe once more" "ticket: ticket 1" \
		"$(desk ingest - <"$dir/piped")"
	check_is "one ticket" 1 "$(desk list --json | json 'scalar @$j')"
	refuses "an empty pipe" 65 'no mail' ingest -
	refuses "no such file" 66 'none.eml' ingest "$dir/none.eml"
	await_is "the notices wait" 3 count_status '$j->{notices}{queued}'
	await_is "the log says why" yes relay_in_log
	check_like "status says it" 'oldest +notice waits' "$(desk status)"
	letter new anna@peers.test support@peers.test 'Sure' >"$dir/unsure" \
		<<<"It is me."
	check_like "a mail that is not sure" '^held: engineer-unsure$' \
		"$(desk ingest - <"$dir/unsure")"
	check_like "is listed" '^ +1 .*engineer-unsure.*mailbox' "$(desk held)"
	check_like "and shown" '^from +.*anna@peers.test' "$(desk held show 1)"
	refuses "it names no ticket" 65 'stays: .*Name the ticket' \
		held release 1
	refuses "no such ticket" 65 'no ticket 99' held release 1 99
	check_is "it is dropped" "mail 1: dropped" "$(desk held drop 1)"
	refuses "and gone" 65 'no mail 1 is held' held show 1
	write_conf
	kill -HUP "$daemon"
	await_is "the new conf is taken" 1 grep -c 'conf read anew' "$dir/log"
}

relay_in_log() { grep -q 'localhost.*port 9' "$dir/log" && echo yes; }

reload_keeps_what_works() {
	: >"$dir/log"
	echo 'nonsense' >>"$conf"
	kill -HUP "$daemon"
	await_is "a wrong conf is refused" 1 \
		grep -c 'going on with the old one' "$dir/log"
	check_like "and its place is named" 'gatepost.conf:[0-9]+: ' \
		"$(cat "$dir/log")"
	check_is "the desk is at work" 4 "$(stages | wc -l)"
	write_conf
	kill -HUP "$daemon"
	await_is "a right one is taken" 1 grep -c 'conf read anew' "$dir/log"
	await_is "the desk is at work" 4 pipeline_size
	refuses "a second daemon" 66 'another gatepost runs' run
	refuses "no such ticket to undo" 65 'There is no such ticket' undo 99
	refuses "no ticket at all to undo" 64 'is no ticket number' undo x
	stop_daemon
	check_is "it ends well" 0 $?
	check_like "status of a desk at rest" 'does not run' "$(desk status)"
}

pipeline_size() { stages | wc -l; }

# systemd's side of Type=notify: what it is told, and whether there was a
# pipeline when it was told READY=1.
speaks_with_systemd() {
	perl -MSocket -MIO::Handle -e '
		socket(my $s, AF_UNIX, SOCK_DGRAM, 0);
		bind($s, sockaddr_un($ARGV[0])) or die;
		open my $log, ">", $ARGV[1];
		$log->autoflush(1);
		while (defined recv($s, my $line, 4096, 0)) {
			print $log "$line\n" unless $line =~ /WATCHDOG/;
		}' "$dir/notify" "$dir/notified" &
	listener=$!
	await_is "the socket" yes has_socket
	export NOTIFY_SOCKET=$dir/notify
	start_daemon
	await_is "it says READY" 1 grep -c '^READY=1' "$dir/notified"
	check_is "with the whole pipeline" 4 "$(stages | wc -l)"
	kill -HUP "$daemon"
	await_is "a reload is told" 2 grep -c '^READY=1' "$dir/notified"
	stop_daemon
	check_is "all that was told" \
		"READY=1 RELOADING=1 READY=1 STOPPING=1" \
		"$(sed 's/^MONOTONIC.*//' "$dir/notified" | xargs)"
	rm -f "$dir/notified"
	write_conf KEY="$dir/desk/other.key"
	start_daemon
	wait "$daemon"
	check_is "no READY when it cannot start" "" \
		"$(grep READY "$dir/notified" 2>/dev/null)"
	daemon=
	unset NOTIFY_SOCKET
	kill "$listener"
}

has_socket() { [ -S "$dir/notify" ] && echo yes; }

open_house dovecot postfix
mistakes_in_conf
wrong_keys
rm -rf "$store"
wrong_folders
wrong_servers
rm -rf "$store"
relay_is_away
reload_keeps_what_works
speaks_with_systemd
close_house
