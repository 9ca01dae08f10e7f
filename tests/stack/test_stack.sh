#!/bin/bash
# The servers that other tests speak to are what stack.sh says they are.
# shellcheck disable=SC2317
set -u

here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d /tmp/gatepost-stack-XXXXXX)
checks=0 failures=0
trap '"$here/stack.sh" down "$dir"; rm -rf "$dir"' EXIT

is() { # SENTENCE COMMAND...
	local sentence=$1
	shift
	checks=$((checks + 1))
	"$@" || {
		failures=$((failures + 1))
		echo "not so: $sentence"
	}
}

isnt() {
	local sentence=$1
	shift
	is "$sentence" eval "! $(printf '%q ' "$@") 2>/dev/null"
}

mail() { "$here/mail.sh" "$@"; }

arrived() { # USER UID PATTERN
	mail get "$dir" "$1" "$2" | tr -d '\r' | grep -q "$3"
}

"$here/stack.sh" up "$dir" || exit
# shellcheck disable=SC1091
. "$dir/ports"

cat >"$dir/eml" <<'MAIL'
From: Cust <cust@peers.test>
To: support@peers.test
Subject: hello
Authentication-Results: mail.peers.test; dmarc=pass header.from=bank.example

one
.two
MAIL

is "an account sends" \
	mail put "$dir" cust support+tag@peers.test "$dir/eml"
is "its mail arrives" mail await "$dir" support 1
is "the detail is kept" \
	arrived support 1 '^Delivered-To: support+tag@peers.test'
is "an account's mail is vouched for" arrived support 1 \
	'^Authentication-Results: mail.peers.test; auth=pass; dmarc=pass header.from=peers.test'
is "a stranger sends" \
	mail drop "$dir" x@example.net anna@peers.test "$dir/eml"
is "his mail arrives" mail await "$dir" anna 1
isnt "a stranger's mail is not vouched for, whatever it claims" \
	arrived anna 1 '^Authentication-Results:'
isnt "nobody sends in another's name" \
	curl -sS --ssl-reqd --cacert "$dir/tls/ca.pem" \
	--user cust@peers.test:pw-cust --mail-from anna@peers.test \
	--mail-rcpt bob@peers.test --upload-file "$dir/eml" \
	"smtp://localhost:$SUBMISSION"
isnt "mail goes nowhere else" \
	mail drop "$dir" x@example.net y@example.org "$dir/eml"
is "an SMS is taken" curl -sS -o "$dir/answer" \
	"http://127.0.0.1:$KANNEL_SENDSMS/cgi-bin/sendsms?username=gate&password=secret&from=GP&to=%2B4917012345&text=hi+there"
for _ in $(seq 50); do
	[ -s "$dir/phone/sms.log" ] && break
	sleep .1
done
is "and arrives at the phone" \
	grep -qx "+4917012345	hi there" "$dir/phone/sms.log"
kill -9 "$(cat "$dir/dovecot/pid")"
is "a server that was killed comes up again" "$here/stack.sh" up "$dir"
is "with its mails" mail await "$dir" support 1
"$here/stack.sh" down "$dir"
isnt "and goes down" curl -sS "imap://127.0.0.1:$IMAP"

echo "$((100 * (checks - failures) / checks))%: Checks: $checks," \
	"Failures: $failures, Errors: 0"
exit $((failures > 0))
