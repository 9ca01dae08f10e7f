#!/bin/bash
# bench.sh SOURCE_FOLDER BUILD_FOLDER: what `make bench` runs.
#
# A mailbox of mixed mails in a Dovecot of its own; the server's raw speed,
# mbsync to disk, and Gatepost to durable tickets, one after the other in each
# of several rounds, so that whatever else the machine does touches all alike.
# Prints medians: the rates, then one line a ratio, `ratio NAME VALUE`.
#
#	BENCH_MAILS=10000 BENCH_ROUNDS=3 make bench
set -euo pipefail

source=$(cd "$1" && pwd)
build=$(cd "$2" && pwd)
mails=${BENCH_MAILS:-10000}
rounds=${BENCH_ROUNDS:-3}
connections=10
PATH=$PATH:/usr/sbin:/sbin
dir=$(mktemp -d "${TMPDIR:-/tmp}/gpbench.XXXXXX")
stack=$source/tests/stack/stack.sh
sink=
export GATEPOST_TEMPLATES=$source/templates LC_ALL=C.UTF-8

say() { echo "bench: $*" >&2; }

clean_up() {
	[ -z "$sink" ] || kill "$sink" 2>/dev/null || true
	"$stack" down "$dir/stack" dovecot || true
	rm -rf "$dir"
}

need() {
	local missing=""
	command -v dovecot >/dev/null || missing="$missing dovecot-imapd"
	command -v mbsync >/dev/null || missing="$missing isync"
	command -v smtp-sink >/dev/null || missing="$missing postfix"
	command -v openssl >/dev/null || missing="$missing openssl"
	pkg-config --exists gmime-3.0 || missing="$missing libgmime-3.0-dev"
	[ -z "$missing" ] || {
		say "not installed; as root: apt-get install$missing"
		exit 77
	}
	[ -x "$build/bench/read_gmime" ] || {
		say "read_gmime is not built; run make bench"
		exit 1
	}
}

# ---- the mailbox ------------------------------------------------------------

doveadm_() { doveadm -c "$dir/stack/dovecot/dovecot.conf" "$@"; }

make_mailbox() {
	say "making $mails mails"
	mkdir -p "$dir/mails" "$dir/maildir/"{cur,new,tmp}
	"$source/bench/make_mails" "$dir/mails" "$mails"
	cp -l "$dir/mails/"* "$dir/maildir/new"
	"$stack" up "$dir/stack" dovecot
	# A store of single files that Dovecot gives away as they are: with a
	# Maildir the server would be the slowest part of every row.
	sed -i 's/$/userdb_mail=sdbox:~\/sdbox userdb_mail_save_crlf=yes/' \
		"$dir/stack/dovecot/users"
	chmod -R a+rwX "$dir/mails" "$dir/maildir"
	chmod a+x "$dir"
	doveadm_ -o mail_fsync=never import -u support@peers.test \
		"maildir:$dir/maildir" "" all
	# shellcheck disable=SC1091
	. "$dir/stack/ports"
}

# As no round before it had been.
unflag() {
	doveadm_ flags remove -u support@peers.test '\Seen $Gatepost' \
		mailbox INBOX all
}

# ---- what is measured -------------------------------------------------------

note() { echo "$2" >>"$dir/$1"; } # NAME VALUE

rate() { awk "BEGIN { printf \"%.4f\", $1 / $2 }"; } # COUNT SECONDS

median() { # NAME
	sort -g "$dir/$1" | awk '{ v[NR] = $1 } END {
		print (v[int((NR + 1) / 2)] + v[int(NR / 2 + 1)]) / 2 }'
}

raw() { # NAME PORT [CA]
	local name=$1 out
	shift
	out=$("$build/bench/raw_imap" "$1" support@peers.test pw-support \
		"${@:2}")
	note "$name" "$(rate "$mails" "${out%% *}")"
}

seconds() { date +%s.%N; }

mbsync_() {
	local start
	rm -rf "$dir/copy"
	mkdir "$dir/copy"
	cat >"$dir/mbsyncrc" <<-CONF
	IMAPAccount a
	Host 127.0.0.1
	Port $IMAP
	User support@peers.test
	Pass pw-support
	SSLType None
	AuthMechs LOGIN

	IMAPStore far
	Account a

	MaildirStore near
	Path $dir/copy/
	Inbox $dir/copy/INBOX

	Channel c
	Far :far:
	Near :near:
	Patterns INBOX
	Sync Pull
	Create Near
	SyncState *
	CONF
	start=$(seconds)
	mbsync -q -c "$dir/mbsyncrc" c
	note mbsync "$(rate "$mails" "($(seconds) - $start)")"
	[ "$(find "$dir/copy" -path '*/INBOX/*' -name '*,U=*' | wc -l)" = \
		"$mails" ] || say "mbsync has not copied everything"
	rm -rf "$dir/copy"
}

desk_conf() { # TLS PORT
	rm -rf "$dir/desk"
	mkdir -m 700 "$dir/desk"
	head -c 32 /dev/urandom >"$dir/desk/key"
	echo pw-support >"$dir/desk/pass"
	chmod 600 "$dir/desk/key" "$dir/desk/pass"
	cat >"$dir/desk/gatepost.conf" <<-CONF
	desk: {
		name = "Bench";
		domain = "peers.test";
		state_folder = "$dir/desk/state";
		master_key_file = "$dir/desk/key";
		user = "";
		log_level = "warning";
	};
	mailboxes: ( {
		name = "support";
		address = "support@peers.test";
		authserv_ids = [ "mail.peers.test" ];
		host = "localhost";
		port = $2;
		tls = $1;
		ca_file = "$dir/stack/tls/ca.pem";
		user = "support@peers.test";
		password_file = "pass";
	} );
	engineers: (
		{ name = "anna"; address = "anna@peers.test"; }
	);
	services: ( { name = "help"; owners = [ "anna" ]; } );
	# The load is a flood; it is counted, and not held back.
	budget: {
		tickets_address = 1000000; tickets_domain = 1000000;
		tickets_all = 1000000; receipts_stranger = 1000000;
		receipts_strangers = 1000000; ticket_mails = 1000000;
		ticket_notices = 1000000; ticket_notices_day = 1000000;
		automatic_answers = 1000000; same_text = 1000000;
	};
	mail: {
		host = "127.0.0.1";
		port = $sink_port;
		tls = "plain";
		connections = $connections;
	};
	CONF
}

desk() { # NAME TLS PORT
	local name=$1 value
	desk_conf "$2" "$3"
	unflag
	"$build/bench/run_desk" "$build/src/gatepost" \
		"$dir/desk/gatepost.conf" "$dir/desk/state" "$dir/desk/key" \
		support "$mails" >"$dir/run"
	while read -r key value; do
		note "$name.$key" "$value"
	done <"$dir/run"
	value=$(awk '$1 == "ingest_seconds" { print $2 }' "$dir/run")
	note "$name" "$(rate "$mails" "$value")"
}

# What was still queued when the last mail was in, against as many mails of
# that size from Postfix's own generator.
notices() {
	local start count size
	count=$(awk '$1 == "drained" { print $2 }' "$dir/run")
	size=$(awk '$1 == "notice_octets" { print $2 }' "$dir/run")
	note notices "$(rate "$count" \
		"$(awk '$1 == "drain_seconds" { print $2 }' "$dir/run")")"
	start=$(seconds)
	smtp-source -d -s "$connections" -m "$count" -l "$size" \
		-f desk@peers.test -t cust@peers.test "127.0.0.1:$sink_port"
	note smtp-source "$(rate "$count" "($(seconds) - $start)")"
}

readers() {
	local out
	out=$("$build/bench/read_own" "$dir/mails")
	note read "$(rate "$mails" "${out%% *}")"
	out=$("$build/bench/read_own" "$dir/mails" all)
	note read-all "$(rate "$mails" "${out%% *}")"
	out=$("$build/bench/read_gmime" "$dir/mails")
	note gmime "$(rate "$mails" "${out%% *}")"
}

# A ratio of each round's own pair; the median of these.
ratio() { # NAME UPPER LOWER
	paste "$dir/$2" "$dir/$3" | awk '{ print $1 / $2 }' >"$dir/pair"
	printf 'ratio %s %.3f\n' "$1" "$(median pair)"
}

show() { # NAME UNIT WORDS
	printf '%-14s %9.0f %s\n' "$1" "$(median "$1")" "$2"
}

memory() { # NAME
	local stage
	printf '%-14s' "$1"
	for stage in supervisor fetch parse core send; do
		printf ' %s %.0f' "$stage" \
			"$(awk "BEGIN { print $(median "ingest.$1_$stage") / 1024 }")"
	done
	printf ' MiB\n'
}

report() {
	echo "$mails mails, $(du -sm "$dir/mails" | cut -f1) MiB;" \
		"$rounds rounds, $(nproc) processors; medians"
	show raw "mails/s  UID FETCH 1:* BODY.PEEK[], nothing done with it"
	show raw-tls "mails/s  the same over TLS"
	show mbsync "mails/s  mbsync to a Maildir, with its fsync"
	show ingest "mails/s  Gatepost to durable tickets; $(
		median ingest.sent_meanwhile) notices went out meanwhile"
	show ingest-tls "mails/s  the same over TLS; $(
		median ingest-tls.sent_meanwhile) notices meanwhile"
	show notices "mails/s  notices rendered and sent, $(
		median ingest.notice_octets) octets, $connections connections"
	show smtp-source "mails/s  smtp-source, as large, as many connections"
	show read "mails/s  our reader: structure, text, new text"
	show read-all "mails/s  the same, and attachments decoded and judged"
	show gmime "mails/s  GMime: parse and text"
	echo "processor seconds of an ingest:" "$(for stage in fetch parse \
		core send; do echo "$stage" "$(median "ingest.cpu_$stage")"
		done | xargs)"
	echo "memory: peak with the store's pages, peak of their own, idle"
	memory peak
	memory own
	memory idle
	ratio ingest/mbsync ingest mbsync
	ratio ingest/raw ingest raw
	ratio ingest-tls/raw-tls ingest-tls raw-tls
	ratio notices/smtp-source notices smtp-source
	ratio read/gmime read gmime
	ratio read-all/gmime read-all gmime
}

need
trap clean_up EXIT
trap 'exit 130' INT TERM
make_mailbox
sink_port=$("$source/tests/stack/ports" 1)
smtp-sink -u "$(id -un)" "127.0.0.1:$sink_port" 1000 >"$dir/sink" 2>&1 &
sink=$!
for round in $(seq "$rounds"); do
	say "round $round of $rounds"
	raw raw "$IMAP"
	raw raw-tls "$IMAPS" "$dir/stack/tls/ca.pem"
	mbsync_
	desk ingest false "$IMAP"
	notices
	desk ingest-tls true "$IMAPS"
	readers
done
report
