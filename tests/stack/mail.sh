#!/bin/bash
# mail.sh: a mail client for tests of the servers that stack.sh has started.
#
#	mail.sh put DIR USER TO FILE	USER sends FILE to TO, logged in
#	mail.sh drop DIR FROM TO FILE	a stranger sends it, not logged in
#	mail.sh uids DIR USER [SEARCH]	UIDs in USER's INBOX, one a line; SEARCH
#					is IMAP's: ALL, or SUBJECT "[#1]"
#	mail.sh get DIR USER UID	a mail as it lies there; it becomes \\Seen
#	mail.sh await DIR USER COUNT [SEARCH]	waits until so many are there, at
#					most 30 seconds; then as uids
#
# All but drop speak TLS and verify the certificate. FILE may be -.
set -eu

fail() {
	echo "mail.sh: $*" >&2
	exit 1
}

# SMTP wants CR LF, whatever the file has.
crlf() { sed 's/\r*$/\r/' "$@"; }

smtp() { # curl's own options
	crlf "$file" | curl -sS --mail-rcpt "$to" --upload-file - "$@"
}

imap() { # PATH OPTIONS...
	local path=$1
	shift
	curl -sS --cacert "$dir/tls/ca.pem" --user "$user@peers.test:pw-$user" \
		"imaps://localhost:$IMAPS/INBOX$path" "$@"
}

# SEARCH answers "* SEARCH 1 2 3" in one line.
uids() {
	imap "" -X "UID SEARCH $1" | tr -d '\r' |
		sed -n 's/^\* SEARCH *//p' | tr ' ' '\n' | sed '/^$/d'
}

await() { # COUNT SEARCH
	local found
	for _ in $(seq 300); do
		found=$(uids "$2" 2>/dev/null)
		[ "$(echo "$found" | grep -c .)" -ge "$1" ] && {
			echo "$found"
			return
		}
		sleep .1
	done
	fail "$user has $(echo "$found" | grep -c .) of $1 mails: $2"
}

[ $# -ge 3 ] || fail "usage: mail.sh put|drop|uids|get|await DIR USER ..."
command=$1 dir=$2 user=$3
shift 3
# shellcheck disable=SC1091
. "$dir/ports"

case $command in
put)
	to=$1 file=$2
	smtp --ssl-reqd --cacert "$dir/tls/ca.pem" \
		--user "$user@peers.test:pw-$user" \
		--mail-from "$user@peers.test" "smtp://localhost:$SUBMISSION"
	;;
drop)
	to=$1 file=$2
	smtp --mail-from "$user" "smtp://127.0.0.1:$SMTP"
	;;
uids)
	uids "${1:-ALL}"
	;;
get)
	imap ";UID=$1"
	;;
await)
	await "$1" "${2:-ALL}"
	;;
*)
	fail "$command: unknown"
	;;
esac
