#!/bin/bash
# real.sh: the whole loop on a real Dovecot, Postfix and Kannel, seen from
# where people stand: what a customer, two engineers and an admin send, get
# and read. TLS everywhere, verified; nothing listens but on 127.0.0.1.
# shellcheck disable=SC2016,SC2154
. "${srcdir:-.}/tests/loop/real_house.sh"

ticket() { desk show --json "$1" 2>&1 | json "$2"; }
state() { ticket "$1" '$j->{state}'; }
sms() { grep -c "$1" "$dir/phone/sms.log" 2>/dev/null; }
subject() { echo "SUBJECT \"[#$1]\""; }
file() { echo "$dir/$1.eml"; }

say() { # USER FILE: USER sends it, logged in, to the address it is for
	mail put "$dir" "$1" "$(letter address "$2" To)" "$2"
}

reply() { # USER ORIGINAL TEXT: as a mail client replies; kept in answer.eml
	printf '%s\n' "$3" |
		letter reply "$2" "$1@peers.test" >"$(file answer)"
	say "$1" "$(file answer)"
}

# The address a reply goes to, and what a stranger could not have made.
keyed='^support\+[a-z0-9]+-e?[0-9]+\.[a-z0-9]{16}@peers\.test$'

customer_writes() {
	printf 'Hello,\n\nthe printer smells. What shall I do?\n\nCust\n' |
		letter new 'Cust Omer <cust@peers.test>' support@peers.test \
			'The printer smells' 'Cc: cust2@peers.test' \
			>"$(file plain)"
	letter attach "$(file plain)" printer.png >"$(file first)"
	say cust "$(file first)"
	first_id=$(letter field "$(file first)" Message-ID)

	mail_of cust 1 "$(subject 1)" "$(file received)"
	check_is "the acknowledgement's sender" support@peers.test \
		"$(letter address "$(file received)" From)"
	check_like "the acknowledgement's Reply-To is keyed" "$keyed" \
		"$(letter address "$(file received)" Reply-To)"
	check_is "the acknowledgement answers the customer's mail" \
		"$first_id" "$(letter field "$(file received)" In-Reply-To)"
	check_is "robots are told to keep quiet" auto-generated \
		"$(letter field "$(file received)" Auto-Submitted)"
	check_is "list: number, state, subject" "1 pending The printer smells" \
		"$(desk list --json |
			json '@{$j->[0]}{qw(number state subject)}')"
	check_is "show: attachment by content, kept" "printer.png image/png 1" \
		"$(ticket 1 '@{$j->{messages}[0]{attachments}[0]}{qw(name type kept)}')"
	check_is "show: the CC is proposed" "requester cc-proposed" \
		"$(ticket 1 'map { $_->{role} } @{$j->{participants}}')"
	check_is "a proposed CC is told nothing" "" \
		"$(mail uids "$dir" cust2)"
}

engineers_are_told() {
	mail_of anna 1 "$(subject 1)" "$(file anna)"
	mail_of bob 1 "$(subject 1)" "$(file bob)"
	check_like "the notice has the text" "the printer smells" \
		"$(letter text "$(file anna)")"
	check_unlike "and not the customer's address" "cust@peers" \
		"$(cat "$(file anna)"; letter text "$(file anna)")"
	check_like "its Reply-To is keyed" "$keyed" \
		"$(letter address "$(file anna)" Reply-To)"
	check_is "each engineer has a Reply-To of his own" different \
		"$([ "$(letter field "$(file anna)" Reply-To)" != \
			"$(letter field "$(file bob)" Reply-To)" ] &&
			echo different)"
}

engineer_answers() {
	reply anna "$(file anna)" "Pull the plug, please."
	mail_of cust 2 "$(subject 1)" "$(file answer1)"
	check_is "the answer is threaded" "$first_id" \
		"$(letter field "$(file answer1)" In-Reply-To)"
	check_like "its References begin with the customer's mail" \
		"$first_id" "$(letter field "$(file answer1)" References)"
	check_like "its Message-ID is keyed" \
		'^<[0-9]+\.[a-z0-9]+-[0-9]+\.[a-z0-9]{16}@peers\.test>$' \
		"$(letter field "$(file answer1)" Message-ID)"
	check_like "its Reply-To is keyed" "$keyed" \
		"$(letter address "$(file answer1)" Reply-To)"
	check_like "it has the engineer's words" "^Pull the plug, please\.$" \
		"$(letter text "$(file answer1)")"
	check_unlike "it shows nothing of the engineer's address" \
		"anna@peers.test" "$(cat "$(file answer1)")"
	check_is "the ticket waits for the customer" "pending-feedback anna" \
		"$(ticket 1 '@{$j}{qw(state owner)}')"
}

customer_replies() {
	reply cust "$(file answer1)" "I have done that."
	mail_of anna 2 "$(subject 1)" "$(file anna2)"
	check_like "the engineer reads the customer's words" \
		"^I have done that\.$" "$(letter text "$(file anna2)")"
	check_is "the ticket waits for the engineer" pending-reply "$(state 1)"
}

customer_gives_number() {
	local code
	reply cust "$(file answer1)" "/sms +49 151 2345678"
	await_is "the code comes to the phone" 1 sms 'your code is'
	code=$(sed -n 's/.*your code is \([0-9]*\).*/\1/p' "$dir/phone/sms.log")
	mail_of cust 3 "$(subject 1)" "$(file code)"
	check_unlike "the code is not in the mail" "${code:-none}" \
		"$(cat "$(file code)"; letter text "$(file code)")"
	reply cust "$(file code)" "/verify ${code:-0000}"
	mail_of cust 4 "$(subject 1)" "$(file verified)"
	check_is "the number is verified" 1 \
		"$(ticket 1 '$j->{participants}[0]{mobile_verified}')"
	reply anna "$(file anna2)" "And now plug it in again."
	mail_of cust 5 "$(subject 1)" "$(file answer2)"
	await_is "the phone is told of the answer" 1 sms 'there is an answer'
	check_like "the phone's number is the customer's" \
		"^\+491512345678	" "$(tail -n 1 "$dir/phone/sms.log")"
}

robots_change_nothing() {
	local before
	before=$(mail uids "$dir" cust | wc -l)
	letter new cust@peers.test \
		"$(letter address "$(file answer2)" Reply-To)" \
		"Out of office: $(letter field "$(file answer2)" Subject)" \
		'Auto-Submitted: auto-replied' \
		"In-Reply-To: $(letter field "$(file answer2)" Message-ID)" \
		>"$(file vacation)" <<<"I am away until Monday."
	say cust "$(file vacation)"
	await_is "the vacation note is kept" machine \
		ticket 1 '$j->{messages}[-1]{author}'
	check_is "it changes no state" pending-feedback "$(state 1)"
	check_is "nobody answers it" "$before" \
		"$(mail uids "$dir" cust | wc -l)"
}

# To anna's own keyed address, in anna's name, but not logged in.
forger_is_held() {
	local before
	before=$(mail uids "$dir" cust | wc -l)
	letter reply "$(file anna2)" anna@peers.test >"$(file forged)" \
		<<<"Send your password to evil@example.com."
	mail drop "$dir" anna@peers.test \
		"$(letter address "$(file forged)" To)" "$(file forged)"
	await_is "the forged mail is held" 1 held
	check_unlike "it is not in the ticket's story" "evil@example" \
		"$(desk show 1)"
	check_is "it does not reach the customer" "$before" \
		"$(mail uids "$dir" cust | wc -l)"
}

held() { desk status --json | json '$j->{held_mails}'; }

# Postfix takes the acknowledgement in for lost@elsewhere.test, cannot send
# it on, and says so to the keyed envelope sender.
bounce_marks_delivery() {
	letter new lost@elsewhere.test support@peers.test 'Anybody there?' \
		>"$(file lost)" <<<"Hello"
	mail drop "$dir" lost@elsewhere.test support@peers.test "$(file lost)"
	await_is "the report marks the delivery" failed \
		ticket 2 '$j->{notices}[0]{status}'
	check_is "the ticket stays as it was" pending "$(state 2)"
}

resolved_and_confirmed() {
	reply anna "$(file anna2)" '/resolve'
	mail_of cust 6 "$(subject 1)" "$(file confirm)"
	await_is "the phone is asked too" 1 sms 'solved?'
	check_is "the ticket waits for the confirmation" \
		pending-confirmation "$(state 1)"
	reply cust "$(file confirm)" yes
	mail_of cust 7 "$(subject 1)" "$(file closed)"
	await_is "the phone is told of the end" 1 sms 'is closed'
	check_is "the ticket is closed" closed "$(state 1)"
}

readable() { # the address, the number, in the store or the keyring
	(cd "$store" && grep -lae cust@peers.test -e 491512345678 \
		data.mdb keyring) | xargs
}

contact_is_gone() {
	check_is "nothing to read in the store while it is open" "" \
		"$(readable)"
	await_is "the contact data is destroyed after the end" 1 \
		ticket 1 '$j->{participants}[0]{destroyed}'
	check_is "no alias is left" "" \
		"$(ticket 1 '$j->{participants}[0]{alias}')"
	check_is "nothing to read in the store" "" "$(readable)"
	check_unlike "nor in the log" "cust@peers|491512345678" \
		"$(cat "$dir/log")"
}

# A new conf with a clock of seconds, taken over without a stop.
clock_does_its_part() {
	write_conf SMTP_PORT="$SMTPS" SMTP_TLS=tls \
		PRIVACY='purge_delay = "2s";' CLOCK='remind_after = "1s";
		remind_most = 1; feedback_after = "3s"; confirm_after = "2s";
		escalate_after = "1s";'
	kill -HUP "$daemon"
	await_is "the new conf is taken" 1 grep -c 'conf read anew' "$dir/log"
	letter new cust2@peers.test support@peers.test 'Slow' \
		>"$(file slow)" <<<"Are you asleep?"
	say cust2 "$(file slow)"
	mail_of bob 2 "$(subject 3)" "$(file escalation)"
	check_like "nobody answers: it is brought up again" \
		"Nobody has answered" "$(letter text "$(file escalation)")"
	reply bob "$(file escalation)" "No. What is it?"
	mail_of cust2 3 "$(subject 3)" "$(file reminder)"
	check_like "the customer is reminded" "answer" \
		"$(letter text "$(file reminder)")"
	mail_of cust2 4 "$(subject 3)" "$(file asked)"
	check_like "and asked whether it is solved" "solved" \
		"$(letter text "$(file asked)")"
	await_is "and it closes by itself" closed state 3
	await_is "and its contact data goes" 1 \
		ticket 3 '$j->{participants}[0]{destroyed}'
	check_is "traces of the clock" "remindCase resolveCase closeCase" \
		"$(ticket 3 'map { $_->{trace} } grep { $_->{detail} eq
			"clock" } @{$j->{traces}}')"
}

ends_well() {
	local code=0
	check_like "status" '"running":true' "$(desk status --json)"
	stop_daemon || code=$?
	check_is "its exit code" 0 "$code"
	check_is "nothing is left in the air" "0 0" \
		"$(desk status --json |
			json '@{$j->{notices}}{qw(queued sending)}')"
	check_is "the audit is whole" 1 \
		"$(desk status --json | json '$j->{audit_whole}')"
	check_unlike "nothing failed on the way" 'error|warning' \
		"$(cat "$dir/log")"
}

open_house
write_conf PRIVACY='purge_delay = "2s";'
start_daemon
customer_writes
engineers_are_told
engineer_answers
customer_replies
customer_gives_number
robots_change_nothing
forger_is_held
bounce_marks_delivery
resolved_and_confirmed
contact_is_gone
clock_does_its_part
ends_well
close_house
