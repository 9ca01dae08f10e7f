#!/bin/bash
# stack.sh: real mail and SMS servers on 127.0.0.1 for tests.
#
#	stack.sh up DIR [dovecot] [postfix] [kannel]	all three by default
#	stack.sh down DIR [dovecot] [postfix] [kannel]	likewise
#
# All they write is below DIR; no service of the system is touched. Ports are
# free ones, kept in DIR/ports (NAME=PORT a line) for as long as DIR lives, so
# that a part which is taken down and up again is found where it was. The
# authority to verify them with is DIR/tls/ca.pem. Exit code 77 when a server
# is not installed: automake calls a test that exits so skipped.
#
#	IMAP IMAPS LMTP		Dovecot: implicit TLS, or STARTTLS on IMAP
#	SMTP			Postfix, for strangers: only to peers.test
#	SUBMISSION SMTPS	Postfix, for users: STARTTLS, implicit TLS
#	KANNEL_ADMIN KANNEL_SENDSMS KANNEL_MO
#
# Accounts: support, anna, bob, cust, cust2 at peers.test; the password of
# NAME is pw-NAME. NAME+DETAIL goes to NAME's INBOX, and Delivered-To keeps
# the detail. A mail that an account sends of itself carries
# Authentication-Results of mail.peers.test; a stranger's mail never does.
# Kannel: user gate, password secret; whatever is sent arrives in
# DIR/phone/sms.log (see phone).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
accounts="support anna bob cust cust2"
PATH=$PATH:/usr/sbin:/sbin

say() { echo "stack.sh: $*" >&2; }

need() {
	for program in "$@"; do
		command -v "$program" >/dev/null || {
			say "$program is not installed"
			exit 77
		}
	done
}

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

await() { # NAME PORT LOG
	for _ in $(seq 200); do
		listening "$2" && return 0
		sleep .05
	done
	say "$1 does not answer on port $2; the end of $3:"
	tail -n 20 "$3" >&2 || true
	return 1
}

# Everything in the session of a server that was started as its leader: a
# server that was killed cannot take its children with it.
session() { # PID
	local stat rest
	for stat in /proc/[0-9]*/stat; do
		{ read -r rest <"$stat"; } 2>/dev/null || continue
		# shellcheck disable=SC2086
		set -- "$1" ${rest##*) } # state, parent, group, session
		if [ "$5" = "$1" ] && [ "$2" != Z ]; then
			stat=${stat#/proc/}
			echo "${stat%/stat}"
		fi
	done
}

# A leader that is dead, or dead and not yet waited for, does not run, even
# while its children do.
running() { # PIDFILE
	[ -s "$1" ] && session "$(cat "$1")" | grep -qx "$(cat "$1")"
}

stop() { # PIDFILE
	local pid
	[ -s "$1" ] || return 0
	pid=$(cat "$1")
	rm -f "$1"
	kill "$pid" 2>/dev/null || true
	for _ in $(seq 100); do
		[ -z "$(session "$pid")" ] && return 0
		sleep .05
	done
	session "$pid" | xargs -r kill -9 2>/dev/null || true
}

ports() {
	[ -s "$dir/ports" ] && return
	set -- IMAP IMAPS LMTP SMTP SUBMISSION SMTPS \
		KANNEL_ADMIN KANNEL_BOX KANNEL_SENDSMS KANNEL_MO
	"$here/ports" $# | while read -r port; do
		echo "$1=$port"
		shift
	done >"$dir/ports.new"
	mv "$dir/ports.new" "$dir/ports"
}

# An authority of our own and one certificate of it for localhost.
certificates() {
	local tls=$dir/tls curve="-newkey ec -pkeyopt ec_paramgen_curve:P-256"
	[ -s "$tls/server.pem" ] && return
	mkdir -p "$tls"
	# shellcheck disable=SC2086
	openssl req -x509 $curve -nodes -days 30 -subj "/CN=peers.test CA" \
		-keyout "$tls/ca.key" -out "$tls/ca.pem" 2>/dev/null
	# shellcheck disable=SC2086
	openssl req $curve -nodes -subj "/CN=mail.peers.test" \
		-keyout "$tls/server.key" -out "$tls/server.csr" 2>/dev/null
	echo "subjectAltName=DNS:localhost,DNS:mail.peers.test,IP:127.0.0.1
basicConstraints=CA:FALSE" >"$tls/extensions"
	openssl x509 -req -in "$tls/server.csr" -CA "$tls/ca.pem" \
		-CAkey "$tls/ca.key" -CAcreateserial -days 30 \
		-extfile "$tls/extensions" -out "$tls/server.pem" 2>/dev/null
}

# Without root, Dovecot has to be told that it is nobody else.
dovecot_rootless() {
	[ "$(id -u)" != 0 ] || return 0
	echo "default_login_user = $(id -un)
default_internal_user = $(id -un)
default_internal_group = $(id -gn)
service anvil {
  chroot =
}
service imap-login {
  chroot =
}
service stats {
  chroot =
}"
}

dovecot_conf() {
	cat <<-CONF
	instance_name = gatepost-test
	base_dir = $dir/dovecot/run
	state_dir = $dir/dovecot/run
	log_path = $dir/dovecot/log
	protocols = imap lmtp
	listen = 127.0.0.1
	mail_location = maildir:~/Maildir
	first_valid_uid = 1
	mail_fsync = optimized
	mail_max_userip_connections = 200
	recipient_delimiter = +
	auth_username_format = %Lu
	auth_mechanisms = plain login
	auth_failure_delay = 0
	disable_plaintext_auth = no
	ssl = yes
	ssl_cert = <$dir/tls/server.pem
	ssl_key = <$dir/tls/server.key
	passdb {
	  driver = passwd-file
	  args = username_format=%u $dir/dovecot/users
	}
	userdb {
	  driver = passwd-file
	  args = username_format=%u $dir/dovecot/users
	}
	service imap-login {
	  inet_listener imap {
	    port = $IMAP
	  }
	  inet_listener imaps {
	    port = $IMAPS
	    ssl = yes
	  }
	}
	service lmtp {
	  inet_listener lmtp {
	    port = $LMTP
	  }
	}
	service auth {
	  unix_listener auth-client {
	    mode = 0666
	  }
	}
	service stats {
	  unix_listener stats-writer {
	    mode = 0666
	  }
	}
	$(dovecot_rootless)
	CONF
}

dovecot_up() {
	local owner=mail name
	need dovecot openssl
	[ ${#dir} -le 60 ] || {
		say "$dir: too long a path for the sockets within it"
		exit 64
	}
	[ "$(id -u)" = 0 ] || owner=$(id -un)
	mkdir -p "$dir/dovecot/run" "$dir/mail"
	chmod 755 "$dir" "$dir/dovecot" "$dir/dovecot/run" "$dir/mail"
	for name in $accounts; do
		mkdir -p "$dir/mail/$name"
		printf '%s@peers.test:{PLAIN}pw-%s:%s:%s::%s::\n' "$name" \
			"$name" "$(id -u "$owner")" "$(id -g "$owner")" \
			"$dir/mail/$name"
	done >"$dir/dovecot/users"
	chmod 644 "$dir/dovecot/users"
	chown "$owner" "$dir/mail"/*
	# One that was killed and that nobody has waited for seems to run.
	rm -f "$dir/dovecot/run/master.pid"
	dovecot_conf >"$dir/dovecot/dovecot.conf"
	setsid dovecot -F -c "$dir/dovecot/dovecot.conf" \
		>"$dir/dovecot/out" 2>&1 </dev/null &
	echo $! >"$dir/dovecot/pid"
	await dovecot "$IMAP" "$dir/dovecot/log"
	await dovecot "$LMTP" "$dir/dovecot/log"
}

dovecot_down() { stop "$dir/dovecot/pid"; }

# What a stranger's mail says about its own authenticity in our name goes
# away (RFC 8601, section 5): strangers get a cleanup of their own.
postfix_maps() {
	local names
	names=$(echo "$accounts" | tr ' ' '|')
	for name in $accounts; do
		echo "$name@peers.test ok"
	done >"$post/mailboxes"
	echo "/^($names)(\\+.*)?@peers\\.test\$/ \${1}@peers.test" \
		>"$post/logins"
	echo "/@peers\\.test\$/ PREPEND Authentication-Results:" \
		"mail.peers.test; auth=pass; dmarc=pass" \
		"header.from=peers.test" >"$post/vouch"
	echo "/^Authentication-Results:[[:space:]]*mail\\.peers\\.test/ IGNORE" \
		>"$post/forged"
}

postfix_main() {
	cat <<-CONF
	compatibility_level = 3.6
	queue_directory = $post/spool
	data_directory = $post/data
	maillog_file = $post/log
	maillog_file_prefixes = $post
	myhostname = mail.peers.test
	mydestination =
	alias_maps =
	alias_database =
	local_recipient_maps =
	inet_interfaces = 127.0.0.1
	inet_protocols = ipv4
	mynetworks =
	local_transport = error:no local users
	default_transport = error:only to peers.test
	virtual_mailbox_domains = peers.test
	virtual_mailbox_maps = texthash:$post/mailboxes
	virtual_transport = lmtp:inet:127.0.0.1:$LMTP
	recipient_delimiter = +
	message_size_limit = 67108864
	smtpd_tls_cert_file = $dir/tls/server.pem
	smtpd_tls_key_file = $dir/tls/server.key
	smtpd_tls_security_level = may
	smtpd_sasl_type = dovecot
	smtpd_sasl_path = $dir/dovecot/run/auth-client
	smtpd_sender_login_maps = regexp:$post/logins
	smtpd_relay_restrictions = permit_sasl_authenticated,
	 reject_unauth_destination
	smtpd_client_connection_count_limit = 0
	smtpd_client_connection_rate_limit = 0
	smtpd_error_sleep_time = 0
	smtp_dns_support_level = disabled
	CONF
}

# The package's own services without those that listen, and without chroot.
postfix_master() {
	local users="-o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
  -o smtpd_recipient_restrictions=
  -o { smtpd_sender_restrictions = reject_authenticated_sender_login_mismatch, check_sender_access regexp:$post/vouch }"
	sed -E -e '/^\S+ +inet/d' -e 's/^(\S+ +(unix|fifo|pass) +\S+ +\S+ +)y /\1n /' \
		/usr/share/postfix/master.cf.dist
	cat <<-CONF
	127.0.0.1:$SMTP inet n - n - - smtpd
	  -o cleanup_service_name=cleanup-strangers
	127.0.0.1:$SUBMISSION inet n - n - - smtpd
	  -o smtpd_tls_security_level=encrypt
	  -o smtpd_tls_auth_only=yes
	  $users
	127.0.0.1:$SMTPS inet n - n - - smtpd
	  -o smtpd_tls_wrappermode=yes
	  $users
	cleanup-strangers unix n - n - 0 cleanup
	  -o header_checks=regexp:$post/forged
	CONF
}

postfix_up() {
	need postfix openssl
	[ "$(id -u)" = 0 ] || {
		say "Postfix needs root"
		exit 77
	}
	running "$dir/dovecot/pid" || dovecot_up
	mkdir -p "$post/spool" "$post/data"
	chown postfix "$post/data"
	chmod 644 "$dir/tls/server.key"
	postfix_maps
	postfix_main >"$post/main.cf"
	postfix_master >"$post/master.cf"
	postfix -c "$post" start >"$post/out" 2>&1 || {
		cat "$post/out" "$post/log" >&2
		return 1
	}
	tr -cd 0-9 <"$post/spool/pid/master.pid" >"$post/pid"
	await postfix "$SMTP" "$post/log"
	await postfix "$SMTPS" "$post/log"
}

postfix_down() { stop "$post/pid"; }

# Without a global-sender: smsbox would put it in the place of the receiver of
# what comes back.
kannel_conf() {
	cat <<-CONF
	group = core
	admin-port = $KANNEL_ADMIN
	admin-interface = 127.0.0.1
	admin-password = adm
	admin-allow-ip = "127.0.0.1"
	admin-deny-ip = "*.*.*.*"
	smsbox-port = $KANNEL_BOX
	smsbox-interface = 127.0.0.1
	box-allow-ip = "127.0.0.1"
	box-deny-ip = "*.*.*.*"
	log-file = $kannel/bearerbox.log
	log-level = 2
	dlr-storage = internal
	store-type = file
	store-location = $kannel/store

	group = smsc
	smsc = loopback
	smsc-id = LOOP

	group = smsbox
	bearerbox-host = 127.0.0.1
	sendsms-port = $KANNEL_SENDSMS
	sendsms-interface = 127.0.0.1
	log-file = $kannel/smsbox.log
	log-level = 2
	access-log = $kannel/access.log
	mo-recode = true
	http-request-retry = 3
	http-queue-delay = 2

	group = sendsms-user
	username = gate
	password = secret
	default-sender = 12345
	max-messages = 6
	concatenation = true
	user-allow-ip = "127.0.0.1"
	user-deny-ip = "*.*.*.*"

	group = sms-service
	keyword = default
	catch-all = true
	max-messages = 0
	omit-empty = true
	assume-plain-text = true
	get-url = "http://127.0.0.1:$KANNEL_MO/mo?from=%p&to=%P&text=%b&charset=%C"
	CONF
}

# A program of its own session in the background, with its pid in a file.
background() { # PIDFILE LOG COMMAND...
	local pidfile=$1 log=$2
	shift 2
	setsid "$@" >"$log" 2>&1 </dev/null &
	echo $! >"$pidfile"
}

kannel_up() {
	need bearerbox smsbox
	mkdir -p "$kannel" "$dir/phone"
	kannel_conf >"$kannel/kannel.conf"
	background "$dir/phone/pid" "$dir/phone/out" \
		"$here/phone" "$KANNEL_MO" "$dir/phone/sms.log"
	background "$kannel/pid" "$kannel/bearerbox.out" \
		bearerbox -v 4 "$kannel/kannel.conf"
	await bearerbox "$KANNEL_BOX" "$kannel/bearerbox.log"
	background "$kannel/smsbox.pid" "$kannel/smsbox.out" \
		smsbox -v 4 "$kannel/kannel.conf"
	await smsbox "$KANNEL_SENDSMS" "$kannel/smsbox.log"
	await phone "$KANNEL_MO" "$dir/phone/out"
}

kannel_down() {
	stop "$kannel/smsbox.pid"
	stop "$kannel/pid"
	stop "$dir/phone/pid"
}

usage() {
	say "usage: stack.sh up|down DIR [dovecot] [postfix] [kannel]"
	exit 64
}

[ $# -ge 2 ] || usage
command=$1
dir=$(readlink -m "$2")
post=$dir/postfix
kannel=$dir/kannel
shift 2
for part in "$@"; do
	case $part in dovecot | postfix | kannel) ;; *) usage ;; esac
done

case $command in
up)
	[ $# -gt 0 ] || set -- dovecot postfix kannel
	need perl
	mkdir -p "$dir"
	ports
	# shellcheck disable=SC1091
	. "$dir/ports"
	certificates
	for part in "$@"; do
		running "$dir/$part/pid" && continue
		"${part}_down"
		"${part}_up"
	done
	;;
down)
	[ $# -gt 0 ] || set -- kannel postfix dovecot
	[ -d "$dir" ] || exit 0
	for part in "$@"; do
		"${part}_down"
	done
	;;
*)
	usage
	;;
esac
