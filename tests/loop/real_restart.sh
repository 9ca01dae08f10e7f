#!/bin/bash
# real_restart.sh: processes that are killed and servers that go away, on a
# real Dovecot and Postfix: every mail becomes one ticket, and is dealt with
# on the server only after that.
# shellcheck disable=SC2016,SC2154
. "${srcdir:-.}/tests/loop/real_house.sh"

deliver() { perl "$here/loop/deliver" "$@"; }

# The UIDs in a folder that a search finds.
found() { # USER FOLDER SEARCH
	curl -sS --cacert "$dir/tls/ca.pem" --user "$1@peers.test:pw-$1" \
		"imaps://localhost:$IMAPS/$2" -X "UID SEARCH $3" 2>/dev/null |
		tr -d '\r' | sed -n 's/^\* SEARCH *//p'
}

tickets() { desk list --json | json 'scalar @$j'; }
subjects() { desk list --json | json 'join "\n", map { $_->{subject} } @$j'; }
waiting() {
	desk status --json | json '$j->{notices}{queued} + $j->{notices}{sending}'
}

# What keeps the notices that have not left.
tell_waiting() {
	local n
	for n in $(desk list --json | json 'map { $_->{number} } @$j'); do
		desk show "$n" | grep -E '(queued|sending)(:|$)'
	done
	grep -E 'warning|error' "$dir/log" | tail -n 20
}

# As systemd does with Restart=always.
keep_daemon() {
	kill -0 "$daemon" 2>/dev/null && return
	wait "$daemon" 2>/dev/null
	start_daemon
}

# One process of the pipeline, whichever; now and then the supervisor.
kill_one() { # N
	local victims
	for _ in $(seq 100); do
		mapfile -t victims < <(stages)
		[ ${#victims[@]} -ge 4 ] && break
		sleep .05
	done
	if [ $(($1 % 4)) = 3 ]; then
		kill -9 "$daemon"
		killed="$killed supervisor"
	else
		set -- ${victims[RANDOM % ${#victims[@]}]}
		kill -9 "$1" 2>/dev/null
		killed="$killed $2"
	fi
}

killed_in_a_burst() {
	local n
	killed=
	deliver "$LMTP" 100 .03 support@peers.test &
	for n in 0 1 2 3 4 5 6 7 8 9; do
		sleep ".$((RANDOM % 4 + 2))"
		kill_one "$n"
		sleep .1
		keep_daemon
	done
	wait $!
	echo "killed:$killed"
	patience=30
	await_is "100 mails, 100 tickets" 100 tickets
	check_is "each mail is one of them" 100 \
		"$(subjects | sort -u | wc -l)"
	await_is "the server knows all as done" "" \
		found support INBOX 'UNKEYWORD $Gatepost'
	# Nobody knows of a mail that was in the air at a kill whether it has
	# arrived: it goes once more after a minute.
	patience=80
	await_is "all notices have left" 0 waiting || tell_waiting
	patience=30
	check_is "no notice failed" 0 \
		"$(desk status --json | json '$j->{notices}{failed}')"
	await_is "each customer's mail is acknowledged" 100 acknowledged
	check_is "there are still 100 tickets" 100 "$(tickets)"
	check_is "the audit is whole" 1 \
		"$(desk status --json | json '$j->{audit_whole}')"
	patience=10
}

# Different mails; one that was in the air at a kill may come twice.
acknowledged() {
	grep -hi '^Message-ID:' "$dir"/mail/cust/Maildir/*/* | sort -u | wc -l
}

server_restarts() {
	stop_daemon
	start_daemon
	await_is "at work" 4 pipeline_size
	sleep .5
	: >"$dir/log"
	stack down "$dir" dovecot
	await_is "the loss is in the log, once" 1 \
		grep -c 'support: localhost is lost' "$dir/log"
	stack up "$dir" dovecot
	deliver "$LMTP" 1 0 support@peers.test
	await_is "the mail is taken" 101 tickets
	check_like "and the return is in the log" 'support: back at work' \
		"$(cat "$dir/log")"
	check_like "in a few lines" '^[23]$' \
		"$(grep -c 'fetch support' "$dir/log")"
}

pipeline_size() { stages | wc -l; }

# Beside it, what the server makes of it for any client: when one that does
# nothing but IDLE is told of a mail. Dovecot collects news for half a second.
answers_at_once() {
	await_is "the last acknowledgement" 101 acknowledged
	rm -f "$dir"/mail/cust/Maildir/*/*
	deliver watch "$IMAP" cust2@peers.test pw-cust2 "$dir/told" &
	watcher=$!
	sleep .3
	deliver "$LMTP" 10 .7 cust2@peers.test "$dir/bare" &
	deliver "$LMTP" 50 .15 support@peers.test "$dir/times"
	await_is "the acknowledgements" 50 acknowledged
	wait $!
	kill "$watcher"
	wait "$watcher" 2>/dev/null
	# shellcheck disable=SC2046
	set -- $(deliver latency "$dir/times" "$dir/mail/cust/Maildir")
	echo "delivery to acknowledgement at the SMTP server:" \
		"p50 $1 ms, p99 $2 ms, most $3 ms, $4 mails"
	# shellcheck disable=SC2046
	set -- $(deliver told "$dir/bare" "$dir/told")
	echo "delivery to Dovecot's telling a bare client of it:" \
		"p50 $1 ms, p99 $2 ms, most $3 ms, $4 mails"
}

# Nobody vouches for what comes by LMTP here: in an engineer's name it is
# held, and what is held stays where it is.
forge() {
	printf '%s\r\n' 'LHLO x' 'MAIL FROM:<anna@peers.test>' \
		'RCPT TO:<support@peers.test>' DATA 'From: anna@peers.test' \
		'Subject: [#1] forged' "Message-ID: <$RANDOM.forged@x>" '' \
		forged . QUIT |
		perl -MIO::Socket::INET -e '
			my $s = IO::Socket::INET->new("127.0.0.1:$ARGV[0]");
			<$s>;
			while (<STDIN>) {
				print $s $_;
				next if /:|^\r|^forged/ && !/FROM|TO/ || /Sub/;
				do { $a = <$s> } while $a && $a =~ /^\d+-/;
			}' "$LMTP"
}

mails_leave() { # AFTER FOLDER
	local before held core
	before=$(tickets)
	stop_daemon
	rm -f "$dir"/mail/support/Maildir/{new,cur}/*
	write_conf IMAP_MORE="after = \"$1\"; after_folder = \"$2\";"
	start_daemon
	held=$(desk status --json | json '$j->{held_mails}')
	forge
	await_is "$1: the forged mail is held" $((held + 1)) \
		eval 'desk status --json | json "\$j->{held_mails}"'
	core=$(stages | sed -n 's/ core$//p')
	kill -STOP "$core"
	deliver "$LMTP" 3 0 support@peers.test
	sleep 1
	check_is "$1: nothing leaves before its fate" 4 \
		"$(found support INBOX ALL | wc -w)"
	kill -CONT "$core"
	await_is "$1: the mails are tickets" $((before + 3)) tickets
	await_is "$1: what is done has left" 1 \
		eval 'found support INBOX ALL | wc -w'
	check_like "$1: what is held has stayed" forged \
		"$(mail get "$dir" support "$(found support INBOX ALL)")"
	[ -z "$2" ] || check_is "$1: and it is there" 3 \
		"$(found support "$2" ALL | wc -w)"
	[ -n "$2" ] || check_is "$1: no copy is left" 1 \
		"$(ls "$dir"/mail/support/Maildir/{new,cur} | grep -c S=)"
}

open_house dovecot postfix
write_conf
start_daemon
killed_in_a_burst
server_restarts
answers_at_once
mails_leave move Done
mails_leave delete ''
stop_daemon
check_is "the daemon ends well" 0 $?
close_house
