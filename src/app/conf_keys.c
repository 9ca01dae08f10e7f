#include <stdbool.h>

#include "when.h"

#include "conf.h"
#include "conf_keys.h"
#include "conf_keys_people.h"

#define KIB ((int64_t)1024)
#define MIB (1024 * KIB)

static const struct conf_word log_words[] = {
    {"error", 3}, {"warning", 4}, {"note", 6}, {"debug", 7}, {NULL, 0}};

static const struct conf_word assurance_words[] = {
    {"none", ASSURANCE_NONE}, {"thread", ASSURANCE_THREAD},
    {"customer", ASSURANCE_CUSTOMER}, {"engineer", ASSURANCE_ENGINEER},
    {NULL, 0}};

static const struct conf_word kind_words[] = {
    {"imap", MAILBOX_IMAP}, {"maildir", MAILBOX_MAILDIR}, {NULL, 0}};

static const struct conf_word after_words[] = {{"keep", AFTER_KEEP},
    {"move", AFTER_MOVE}, {"delete", AFTER_DELETE}, {NULL, 0}};

static const struct conf_word tls_words[] = {{"plain", SMTP_PLAIN},
    {"starttls", SMTP_STARTTLS}, {"tls", SMTP_TLS}, {NULL, 0}};

static const struct conf_key desk_keys[] = {
    {"name", CONF_TEXT, AT(conf, desk_name), .example = "Example Support",
	.help = "How the desk calls itself in mails and SMS."},
    {"domain", CONF_HOST, AT(conf, domain), .example = "example.com",
	.help = "The right side of the Message-IDs of its mails."},
    {"language", CONF_NAME, AT(conf, language), .otherwise = "en",
	.help = "The language of mails when nothing better is known: a "
		"folder of the templates."},
    {"state_folder", CONF_PATH, AT(conf, state_folder),
	.otherwise = "/var/lib/gatepost",
	.help = "Where the store and its keyring are."},
    {"master_key_file", CONF_SECRET_PATH, AT(conf, master_key_file),
	.otherwise = "/etc/gatepost/master.key",
	.help = "The key that seals the keyring, made by gatepost init. Keep "
		"a copy where no backup of the store is: without it nothing "
		"can be read."},
    {"master_key_credential", CONF_CREDENTIAL_PATH, AT(conf, master_key_file),
	.otherwise = "",
	.help = "Instead of master_key_file: the name of a systemd "
		"credential."},
    {"transcripts", CONF_FLAG, AT(conf, policy.transcripts),
	.otherwise = "false",
	.help = "Whether every mail of an engineer is answered by a transcript: "
		"who gets what, the state before and after, and what became "
		"of each command. Else /transcript asks for one."},
    {"template_folder", CONF_PATH, AT(conf, template_folder),
	.otherwise = "",
	.help = "Templates of your own; empty: those that were installed."},
    {"quote_patterns", CONF_PATH, AT(conf, quote_patterns),
	.otherwise = "",
	.help = "A file of signs of quoted text, beside those that are built "
		"in: written as the file \"patterns\" that was installed."},
    {"user", CONF_NAME, AT(conf, user), .otherwise = "",
	.help = "Whom to become when started by root; empty under systemd, "
		"whose unit names the user."},
    {"log_level", CONF_WORD, AT(conf, log_level), .otherwise = "note",
	.words = log_words,
	.help = "What is logged on standard error, at least this grave."},
    {.name = NULL}};

#define CLOCK(member, least_time, most_time) \
	AT(conf, policy.member), BETWEEN(least_time, most_time), .unit = 1

static const struct conf_key clock_keys[] = {
    {"remind_after", CONF_TIME, CLOCK(remind_after, WHEN_SECOND, 60 * WHEN_DAY),
	.otherwise = "3d",
	.help = "A ticket that waits for its customer so long reminds him."},
    {"remind_most", CONF_COUNT, AT(conf, policy.remind_most), BETWEEN(0, 20),
	.otherwise = "2", .help = "How often in a row."},
    {"feedback_after", CONF_TIME,
	CLOCK(feedback_after, WHEN_SECOND, 365 * WHEN_DAY), .otherwise = "10d",
	.help = "Without an answer for so long, the customer is asked whether "
		"the ticket can be closed."},
    {"confirm_after", CONF_TIME,
	CLOCK(confirm_after, WHEN_SECOND, 365 * WHEN_DAY), .otherwise = "7d",
	.help = "Not confirmed for so long, the ticket closes by itself."},
    {"escalate_after", CONF_TIME,
	CLOCK(escalate_after, WHEN_SECOND, 60 * WHEN_DAY), .otherwise = "4h",
	.help = "A ticket that waits for an engineer so long is brought up "
		"again with all of its service."},
    {"remind_age", CONF_TIME, CLOCK(remind_age, 0, 60 * WHEN_DAY),
	.otherwise = "1h",
	.help = "A customer's /remind is taken from this age of the ticket."},
    {"remind_every", CONF_TIME, CLOCK(remind_every, 0, 60 * WHEN_DAY),
	.otherwise = "4h", .help = "And at most once in so long."},
    {"code_valid", CONF_TIME, CLOCK(code_valid, WHEN_SECOND, WHEN_DAY),
	.otherwise = "15m",
	.help = "How long the code that verifies a mobile number is good."},
    {"code_tries", CONF_COUNT, AT(conf, policy.code_tries), BETWEEN(1, 10),
	.otherwise = "3", .help = "How often it may be given wrongly."},
    {"answer_hold", CONF_TIME, CLOCK(answer_hold, 0, 10 * WHEN_MINUTE),
	.otherwise = "0s",
	.help = "How long an engineer's answer waits before it leaves, so that "
		"/undo or gatepost undo calls it back; 0s: it leaves at "
		"once."},
    {"ask_valid", CONF_TIME, CLOCK(ask_valid, WHEN_SECOND, WHEN_DAY),
	.otherwise = "15m",
	.help = "Before anything is destroyed on a customer's word he is asked "
		"once more: so long his answer is good."},
    {"delete_valid", CONF_TIME, CLOCK(delete_valid, 0, 90 * WHEN_DAY),
	.otherwise = "7d",
	.help = "The last notice of a ticket tells how to delete all of it, "
		"and holds the code for that: so long it is good."},
    {.name = NULL}};

static const struct conf_key privacy_keys[] = {
    {"keep_months", CONF_COUNT, AT(conf, policy.keep_months), BETWEEN(1, 3),
	.otherwise = "3",
	.help = "Calendar months after which contact data is destroyed even "
		"when the ticket is still open."},
    {"purge_delay", CONF_TIME, CLOCK(purge_delay, 0, 7 * WHEN_DAY),
	.otherwise = "1d",
	.help = "After the end of a ticket its contact data is destroyed as "
		"soon as the last notice has left, and at the latest now."},
    {"cc_max", CONF_COUNT, AT(conf, policy.cc_max), BETWEEN(0, 50),
	.otherwise = "10", .help = "People in copy of one ticket."},
    {"cc_allow", CONF_TEXTS, AT(conf, policy.cc_allow), .otherwise = "",
	.element = CONF_HOST,
	.help = "Only people of these domains, and of those below them, may "
		"be in copy; empty: of all."},
    {"cc_deny", CONF_TEXTS, AT(conf, policy.cc_deny), .otherwise = "",
	.element = CONF_HOST,
	.help = "People of these domains never are, whatever cc_allow "
		"says."},
    {"acknowledge_strangers", CONF_FLAG,
	AT(conf, policy.acknowledge_strangers), .otherwise = "true",
	.help = "Whether senders for whom nobody vouches get a receipt. What "
		"they wrote is never in it."},
    {.name = NULL}};

static const struct conf_word agree_words[] = {
    {"line", false}, {"reply", true}, {NULL, 0}};

static const struct conf_key agreement_keys[] = {
    {"version", CONF_TEXT, AT(conf, policy.agreement_version),
	.otherwise = "",
	.help = "How it is told from others, \"2026-11\": kept on each ticket; "
		"empty: there is none."},
    {"text", CONF_TEXT, AT(conf, policy.agreement), .otherwise = "",
	.help = "What the receipt shows: a few words, or where to read it."},
    {"accept", CONF_WORD, AT(conf, policy.agree_by_reply),
	.otherwise = "line", .words = agree_words,
	.help = "line: with the line \"Agreement: yes\" at the top of the first "
		"mail or of a reply. reply: with any reply. By whoever opened "
		"the ticket, if he is vouched for."},
    {.name = NULL}};

static const struct conf_key ladder_keys[] = {
    {"open", CONF_WORD, AT(conf, policy.ladder.open), .otherwise = "none",
	.words = assurance_words,
	.help = "How sure the desk must be of a sender who opens a ticket. "
		"none: not at all. thread: the sender's domain vouches for "
		"him, or a keyed reply address came back. customer: his "
		"address is the ticket's and is vouched for. engineer: "
		"likewise, an engineer's."},
    {"append", CONF_WORD, AT(conf, policy.ladder.append),
	.otherwise = "thread", .words = assurance_words,
	.help = "Who adds a message to a ticket."},
    {"manage", CONF_WORD, AT(conf, policy.ladder.manage),
	.otherwise = "customer", .words = assurance_words,
	.help = "Who closes, confirms, cancels: a customer's commands."},
    {"engineer", CONF_WORD, AT(conf, policy.ladder.engineer),
	.otherwise = "engineer", .words = assurance_words,
	.help = "Who does what engineers do."},
    {.name = NULL}};

#define BUDGET(row) AT(conf, policy.budget[row]), BETWEEN(0, 1000000)

static const struct conf_key budget_keys[] = {
    {"tickets_address", CONF_COUNT, BUDGET(BUDGET_TICKETS_ADDRESS),
	.otherwise = "5",
	.help = "New tickets of one address within an hour; what is more is "
		"held."},
    {"tickets_domain", CONF_COUNT, BUDGET(BUDGET_TICKETS_DOMAIN),
	.otherwise = "50",
	.help = "Of one domain. What is more is held where nobody vouches for "
		"the sender; else it becomes a ticket without a receipt."},
    {"tickets_all", CONF_COUNT, BUDGET(BUDGET_TICKETS_ALL),
	.otherwise = "300", .help = "Likewise, of all together."},
    {"receipts_stranger", CONF_COUNT, BUDGET(BUDGET_RECEIPTS_STRANGER),
	.otherwise = "1",
	.help = "Receipts within a day to an address for which nobody "
		"vouches."},
    {"receipts_strangers", CONF_COUNT, BUDGET(BUDGET_RECEIPTS_STRANGERS),
	.otherwise = "200",
	.help = "To all such addresses within an hour."},
    {"ticket_mails", CONF_COUNT, BUDGET(BUDGET_MAILS), .otherwise = "60",
	.help = "Mails into one ticket within an hour; what is more is on it, "
		"and no notice tells of it."},
    {"ticket_notices", CONF_COUNT, BUDGET(BUDGET_NOTICES), .otherwise = "10",
	.help = "Notices of one ticket within an hour, but for what engineers "
		"write and the end of a ticket."},
    {"ticket_notices_day", CONF_COUNT, BUDGET(BUDGET_NOTICES_DAY),
	.otherwise = "100", .help = "And within a day."},
    {"automatic_answers", CONF_COUNT, BUDGET(BUDGET_AUTOMATIC),
	.otherwise = "3",
	.help = "What the desk answers one address on its own within an hour: "
		"two machines could do so for ever."},
    {"command_answers", CONF_COUNT, BUDGET(BUDGET_ANSWERS), .otherwise = "30",
	.help = "Answers to commands and wishes of one address that is vouched "
		"for, within an hour; one more says so, and stands for those "
		"that follow."},
    {"codes_number", CONF_COUNT, BUDGET(BUDGET_CODES_NUMBER),
	.otherwise = "3",
	.help = "Verification codes sent to one mobile number within a day, "
		"whoever asks for them."},
    {"codes_all", CONF_COUNT, BUDGET(BUDGET_CODES_ALL), .otherwise = "60",
	.help = "To all numbers within an hour: each code costs money."},
    {"copies_address", CONF_COUNT, BUDGET(BUDGET_COPIES_ADDRESS),
	.otherwise = "20",
	.help = "People put in copy at the wish of one customer within a day: "
		"each is told, whether he wants it or not."},
    {"copies_all", CONF_COUNT, BUDGET(BUDGET_COPIES_ALL), .otherwise = "200",
	.help = "At the wish of all customers within an hour."},
    {"same_text", CONF_COUNT, BUDGET(BUDGET_SAME_TEXT), .otherwise = "1",
	.help = "How often the same words from one address get a receipt "
		"within a day."},
    {.name = NULL}};

#define LIMIT(member, low, high) AT(conf, limits.member), BETWEEN(low, high)

static const struct conf_key limit_keys[] = {
    {"mail", CONF_OCTETS, LIMIT(mail, 16 * KIB, 32 * MIB),
	.otherwise = "32MiB",
	.help = "A larger mail becomes a ticket with its header alone."},
    {"header", CONF_OCTETS, LIMIT(header, 4 * KIB, 256 * KIB),
	.otherwise = "256KiB", .help = "A block of header fields."},
    {"field", CONF_OCTETS, LIMIT(field, KIB, 16 * KIB), .otherwise = "16KiB",
	.help = "One header field."},
    {"fields", CONF_COUNT, LIMIT(fields, 20, 500), .otherwise = "500",
	.help = "Header fields in a block."},
    {"addresses", CONF_COUNT, LIMIT(addresses, 1, 200), .otherwise = "200",
	.help = "Addresses in one field."},
    {"words", CONF_COUNT, LIMIT(words, 1, 200), .otherwise = "200",
	.help = "Encoded words in one field."},
    {"references", CONF_COUNT, LIMIT(references, 1, 50), .otherwise = "50",
	.help = "Message-IDs that are looked at, the newest."},
    {"depth", CONF_COUNT, LIMIT(depth, 2, 32), .otherwise = "32",
	.help = "Parts within parts."},
    {"parts", CONF_COUNT, LIMIT(parts, 1, 500), .otherwise = "500",
	.help = "Parts of one mail."},
    {"parameters", CONF_COUNT, LIMIT(parameters, 4, 64), .otherwise = "64",
	.help = "Parameters of one header field."},
    {"text", CONF_OCTETS, LIMIT(text, 4 * KIB, MIB), .otherwise = "1MiB",
	.help = "Readable text that is kept of a mail."},
    {"attachments", CONF_COUNT, LIMIT(attachments, 0, 5), .otherwise = "5",
	.help = "Attachments that are kept of a mail."},
    {"attachment", CONF_OCTETS, LIMIT(attachment, 0, 32 * MIB),
	.otherwise = "5MiB", .help = "Each of them."},
    {"attachments_total", CONF_OCTETS, LIMIT(attachments_total, 0, 32 * MIB),
	.otherwise = "10MiB", .help = "All of them."},
    {.name = NULL}};

static const struct conf_key mailbox_keys[] = {
    {"name", CONF_NAME, AT(conf_mailbox, door.name), .example = "support",
	.help = "How logs and tickets name it."},
    {"address", CONF_ADDRESS, AT(conf_mailbox, door.address),
	.example = "support@example.com",
	.help = "The address people write to. address+anything must arrive "
		"too: answers come back to such addresses."},
    {"service", CONF_NAME, AT(conf_mailbox, door.service), .otherwise = "",
	.help = "The service of mails that name none; empty: the first."},
    {"kind", CONF_WORD, AT(conf_mailbox, kind), .otherwise = "imap",
	.words = kind_words,
	.help = "A mailbox on a server, or a Maildir on this machine."},
    {"authserv_ids", CONF_TEXTS, AT(conf_mailbox, door.authserv_ids),
	.otherwise = "", .element = CONF_HOST, .example = "mx.example.com",
	.help = "Names with which your own servers begin "
		"Authentication-Results (RFC 8601). Nobody is vouched for "
		"without them, and engineers cannot act."},
    {"arc_sealers", CONF_TEXTS, AT(conf_mailbox, door.arc_sealers),
	.otherwise = "", .element = CONF_HOST,
	.help = "Domains of forwarders and lists whose seals (ARC) are "
		"believed: a customer's mail that they changed is let onto "
		"his ticket, and no more than that. Never an engineer's."},
    {"trusted_hops", CONF_COUNT, AT(conf_mailbox, door.trusted_hops),
	BETWEEN(0, 20), .otherwise = "1",
	.help = "Received fields that your own servers add on top; only what "
		"stands above or among them is believed. A relay that hands "
		"over to Dovecot by LMTP makes 2."},
    {"host", CONF_HOST, AT(conf_mailbox, imap.host), .otherwise = "",
	.example = "imap.example.com", .help = "The IMAP server."},
    {"port", CONF_COUNT, AT(conf_mailbox, imap.port), BETWEEN(1, 65535),
	.otherwise = "993", .help = "Its port."},
    {"tls", CONF_FLAG, AT(conf_mailbox, imap.tls), .otherwise = "true",
	.help = "TLS from the first octet, with the certificate verified; "
		"false is allowed on this machine alone."},
    {"ca_file", CONF_PATH, AT(conf_mailbox, imap.ca_file), .otherwise = "",
	.help = "Who may sign the certificate; empty: whom the system "
		"trusts."},
    {"user", CONF_TEXT, AT(conf_mailbox, imap.user), .otherwise = "",
	.example = "support@example.com", .help = "To log in as."},
    {"password_file", CONF_SECRET, AT(conf_mailbox, imap.password),
	.otherwise = "", .example = "imap.pass",
	.help = "A file that holds the password and that nobody but its owner "
		"can read; relative to this conf's folder."},
    {"password_credential", CONF_CREDENTIAL, AT(conf_mailbox, imap.password),
	.otherwise = "",
	.help = "Instead: the name of a systemd credential."},
    {"token_file", CONF_SECRET_PATH, AT(conf_mailbox, imap.token_file),
	.otherwise = "",
	.help = "Instead: a file with a token for XOAUTH2, read at each "
		"login."},
    {"token_command", CONF_TEXT, AT(conf_mailbox, imap.token_command),
	.otherwise = "",
	.help = "Instead: a program that prints such a token."},
    {"folder", CONF_TEXT, AT(conf_mailbox, imap.folder),
	.otherwise = "INBOX", .help = "The folder that is read."},
    {"after", CONF_WORD, AT(conf_mailbox, imap.after), .otherwise = "keep",
	.words = after_words,
	.help = "What is done with a mail once it is safely stored: kept and "
		"flagged, moved to after_folder, or deleted."},
    {"after_folder", CONF_TEXT, AT(conf_mailbox, imap.after_folder),
	.otherwise = "", .help = "Where it is moved to."},
    {"batch_count", CONF_COUNT, AT(conf_mailbox, imap.batch_count),
	BETWEEN(1, 500), .otherwise = "50", .help = "Mails fetched at once."},
    {"batch_octets", CONF_OCTETS, AT(conf_mailbox, imap.batch_octets),
	BETWEEN(64 * KIB, 64 * MIB), .otherwise = "8MiB",
	.help = "And not more than so much."},
    {"timeout", CONF_TIME, AT(conf_mailbox, imap.timeout), .unit = 1,
	BETWEEN(WHEN_SECOND, WHEN_HOUR), .otherwise = "60s",
	.help = "How long one command may take."},
    {"idle", CONF_TIME, AT(conf_mailbox, imap.idle), .unit = WHEN_SECOND,
	BETWEEN(WHEN_SECOND, 29 * WHEN_MINUTE), .otherwise = "5m",
	.help = "The mailbox is looked at in any case after so long, even "
		"when the server has announced nothing."},
    {"path", CONF_PATH, AT(conf_mailbox, maildir.path), .otherwise = "",
	.help = "The Maildir."},
    {"poll", CONF_TIME, AT(conf_mailbox, maildir.poll), .unit = 1,
	BETWEEN(10, WHEN_HOUR), .otherwise = "1s",
	.help = "How often the Maildir is looked at."},
    {.name = NULL}};

static const struct conf_key mail_keys[] = {
    {"folder", CONF_PATH, AT(conf, folder.path), .otherwise = "",
	.help = "Instead of sending anything, mail or SMS, put it into this "
		"folder: to try the desk out."},
    {"host", CONF_HOST, AT(conf, smtp.host), .otherwise = "",
	.example = "smtp.example.com", .help = "The SMTP server."},
    {"port", CONF_COUNT, AT(conf, smtp.port), BETWEEN(1, 65535),
	.otherwise = "587", .help = "Its port."},
    {"tls", CONF_WORD, AT(conf, smtp.tls), .otherwise = "starttls",
	.words = tls_words,
	.help = "starttls: required after the greeting (port 587). tls: from "
		"the first octet (port 465). plain: on this machine alone."},
    {"ca_file", CONF_PATH, AT(conf, smtp.ca_file), .otherwise = "",
	.help = "Who may sign the certificate; empty: whom the system "
		"trusts."},
    {"user", CONF_TEXT, AT(conf, smtp.user), .otherwise = "",
	.example = "support@example.com",
	.help = "To log in as; empty: without a login."},
    {"password_file", CONF_SECRET, AT(conf, smtp.password), .otherwise = "",
	.example = "smtp.pass",
	.help = "A file that holds the password, as for a mailbox."},
    {"password_credential", CONF_CREDENTIAL, AT(conf, smtp.password),
	.otherwise = "",
	.help = "Instead: the name of a systemd credential."},
    {"token_file", CONF_SECRET_PATH, AT(conf, smtp.token_file),
	.otherwise = "", .help = "Instead: a file with an XOAUTH2 token."},
    {"token_command", CONF_TEXT, AT(conf, smtp.token_command),
	.otherwise = "", .help = "Instead: a program that prints one."},
    {"helo", CONF_HOST, AT(conf, smtp.helo), .otherwise = "",
	.help = "The name to greet with; empty: the desk's domain."},
    {"connections", CONF_COUNT, AT(conf, smtp.connections), BETWEEN(1, 50),
	.otherwise = "4", .help = "Connections at a time, at most."},
    {"timeout", CONF_TIME, AT(conf, smtp.timeout), .unit = 1,
	BETWEEN(WHEN_SECOND, WHEN_HOUR), .otherwise = "5m",
	.help = "How long one mail may take."},
    {"give_up_after", CONF_TIME, AT(conf, retries_mail_hours),
	.unit = WHEN_HOUR, BETWEEN(WHEN_HOUR, 14 * WHEN_DAY),
	.otherwise = "5d", .help = "How long a mail is tried."},
    {.name = NULL}};

static const struct conf_key sms_keys[] = {
    {"enabled", CONF_FLAG, AT(conf, sms_enabled), .otherwise = "false",
	.help = "Whether SMS are sent at all."},
    {"preset", CONF_NAME, AT(conf, sms_preset), .otherwise = "",
	.help = "A gateway whose ways are known: kannel, twilio or vonage. "
		"What is said below is said over it."},
    {"url", CONF_TEXT, AT(conf, sms.url), .otherwise = "",
	.help = "Where the gateway is asked. {to}, {digits} (the number "
		"without +), {text}, {from}, {user}, {password} and "
		"{reference} are put in, escaped as their place needs; here "
		"and in headers and body. With a preset: https://host[:port] "
		"of the gateway, empty for the preset's own."},
    {"method", CONF_NAME, AT(conf, sms.method), .otherwise = "",
	.help = "GET or POST; empty: as the preset says, else GET."},
    {"content_type", CONF_TEXT, AT(conf, sms.content_type), .otherwise = "",
	.help = "Of the body."},
    {"headers", CONF_TEXTS, AT(conf, sms.headers), .otherwise = "",
	.element = CONF_TEXT, .help = "Header fields of the request."},
    {"body", CONF_TEXT, AT(conf, sms.body), .otherwise = "",
	.help = "Its body."},
    {"user", CONF_TEXT, AT(conf, sms.user), .otherwise = "",
	.help = "What {user} stands for."},
    {"password_file", CONF_SECRET, AT(conf, sms.password), .otherwise = "",
	.help = "What {password} stands for, as for a mailbox."},
    {"password_credential", CONF_CREDENTIAL, AT(conf, sms.password),
	.otherwise = "",
	.help = "Instead: the name of a systemd credential."},
    {"from", CONF_TEXT, AT(conf, sms.from), .otherwise = "",
	.help = "The sender that a phone shows."},
    {"accepted", CONF_TEXT, AT(conf, sms.accepted), .otherwise = "",
	.help = "HTTP codes that mean yes: \"202\", \"200-299\", \"200,202\"; "
		"empty: as the preset says, else 200-299."},
    {"accepted_text", CONF_TEXT, AT(conf, sms.accepted_text),
	.otherwise = "", .help = "And how such an answer begins."},
    {"id_json", CONF_TEXT, AT(conf, sms.id_json), .otherwise = "",
	.help = "Where a JSON answer names the SMS: messages.0.message-id."},
    {"ca_file", CONF_PATH, AT(conf, sms.ca_file), .otherwise = "",
	.help = "Who may sign the gateway's certificate; empty: whom the "
		"system trusts."},
    {"connections", CONF_COUNT, AT(conf, sms.connections), BETWEEN(1, 50),
	.otherwise = "4", .help = "Connections at a time, at most."},
    {"timeout", CONF_TIME, AT(conf, sms.timeout), .unit = 1,
	BETWEEN(WHEN_SECOND, 10 * WHEN_MINUTE), .otherwise = "30s",
	.help = "How long one SMS may take."},
    {"countries", CONF_TEXTS, AT(conf, sms_countries), .otherwise = "",
	.element = CONF_PREFIX,
	.help = "Beginnings of numbers that SMS are sent to; needed when SMS "
		"are enabled, so that no stranger makes you pay for the "
		"other end of the world."},
    {"give_up_after", CONF_TIME, AT(conf, retries_sms_hours),
	.unit = WHEN_HOUR, BETWEEN(WHEN_HOUR, 3 * WHEN_DAY),
	.otherwise = "24h", .help = "How long an SMS is tried."},
    {.name = NULL}};

#define LIST(type, list, count) \
	sizeof(struct type), offsetof(struct conf, list), \
	    offsetof(struct conf, count)

static const struct conf_section sections[] = {
    {"desk", "gatepost.conf", 0, 0, 0, desk_keys, "The desk itself."},
    {"clock", "gatepost.conf", 0, 0, 0, clock_keys,
	"What time brings to a ticket."},
    {"privacy", "gatepost.conf", 0, 0, 0, privacy_keys,
	"What is kept of people, and for how long."},
    {"agreement", "gatepost.conf", 0, 0, 0, agreement_keys,
	"What customers agree to when they open a ticket."},
    {"ladder", "gatepost.conf", 0, 0, 0, ladder_keys,
	"How sure the desk must be of who speaks. Whatever a sender is not "
	"sure enough for is held for a person to look at."},
    {"limits", "gatepost.conf", 0, 0, 0, limit_keys,
	"What is read of a mail at most. The defaults are the most there is."},
    {"budget", "gatepost.conf", 0, 0, 0, budget_keys,
	"How much of a thing is enough. What is beyond a budget is kept, not "
	"lost; engineers get one digest an hour instead of a mail each. 0 is "
	"no limit."},
    {"mailboxes", "mailboxes.conf",
	LIST(conf_mailbox, mailboxes, mailbox_count), mailbox_keys,
	"Where mails come from."},
    {"engineers", "people.conf",
	LIST(engineer, people.engineers, people.engineer_count),
	conf_engineer_keys, "Who works on tickets."},
    {"accounts", "people.conf",
	LIST(account, people.accounts, people.account_count), conf_account_keys,
	"Customers that are known by their domains or addresses."},
    {"groups", "people.conf",
	LIST(user_group, people.groups, people.group_count), conf_group_keys,
	"Groups of an account's users, whose tickets they share."},
    {"users", "people.conf",
	LIST(user, people.users, people.user_count), conf_user_keys,
	"Sub-users of accounts: whoever shall have rights of his own."},
    {"calendars", "plans.conf",
	LIST(conf_calendar, calendars, calendar_count), conf_calendar_keys,
	"Working hours and holidays of a place."},
    {"plans", "plans.conf", LIST(plan, people.plans, people.plan_count),
	conf_plan_keys, "Support plans: what an account pays for."},
    {"services", "services.conf",
	LIST(service, people.services, people.service_count), conf_service_keys,
	"What people need help with. The first takes what fits no other."},
    {"mail", "notices.conf", 0, 0, 0, mail_keys, "How mails go out."},
    {"sms", "sms.conf", 0, 0, 0, sms_keys,
	"How SMS go out: any gateway that speaks HTTP."},
    {.name = NULL}};

const struct conf_section *
conf_sections(void)
{
	return sections;
}
