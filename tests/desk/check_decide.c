/* check_decide: who writes what in which state, and all that follows. */
#include <stdio.h>
#include <string.h>

#include "buf.h"

#include "check_desk.h"

static const char *const test_countries[] = {"+49", "+31", NULL};

const struct policy test_policy = {
    .sms_countries = test_countries,
    .codes_a_day = 3,
    .ask_valid = 15 * WHEN_MINUTE,
    .delete_valid = 7 * WHEN_DAY,
    .remind_after = 2 * WHEN_DAY,
    .remind_most = 2,
    .feedback_after = 7 * WHEN_DAY,
    .confirm_after = 5 * WHEN_DAY,
    .escalate_after = 4 * WHEN_HOUR,
    .remind_age = WHEN_HOUR,
    .remind_every = 4 * WHEN_HOUR,
    .keep_months = 3,
    .purge_delay = WHEN_DAY,
    .cc_max = 2,
    .acknowledge_strangers = true,
    .ladder = {ASSURANCE_NONE, ASSURANCE_CUSTOMER, ASSURANCE_CUSTOMER,
	ASSURANCE_ENGINEER},
};

static const struct {
	const char *word;
	struct speaker speaker;
} speakers[] = {
    {"requester", {ROLE_REQUESTER, ASSURANCE_CUSTOMER, 0, "",
		      "jan@acme.example", "Jan"}},
    {"cc", {ROLE_CC, ASSURANCE_CUSTOMER, 1, "", "cc@acme.example", "Cc"}},
    {"faked-requester", {ROLE_REQUESTER, ASSURANCE_NONE, 0, "",
			    "jan@acme.example", "Jan"}},
    {"stranger", {ROLE_STRANGER, ASSURANCE_THREAD, -1, "",
		     "eve@evil.example", "Eve"}},
    {"nobody", {ROLE_STRANGER, ASSURANCE_NONE, -1, "", "", ""}},
    {"keyed-nobody", {ROLE_STRANGER, ASSURANCE_THREAD, -1, "", "", ""}},
    {"manager", {ROLE_ADMINISTRATOR, ASSURANCE_CUSTOMER, -1, "",
		    "boss@acme.example", "Boss"}},
    {"anna", {ROLE_OWNER, ASSURANCE_ENGINEER, -1, "anna",
		 "anna@desk.example", "Anna"}},
    {"bert", {ROLE_ENGINEER, ASSURANCE_ENGINEER, -1, "bert",
		 "bert@desk.example", "Bert"}},
    {"faked-anna", {ROLE_OWNER, ASSURANCE_CUSTOMER, -1, "anna",
		       "anna@desk.example", "Anna"}},
};

struct speaker
speaker_named(const char *word)
{
	for (size_t i = 0; i < sizeof speakers / sizeof *speakers; i++) {
		if (strcmp(speakers[i].word, word) == 0)
			return speakers[i].speaker;
	}
	ck_abort_msg("nobody is called %s", word);
}

static void
add_address(struct arena *arena, struct Address ***list, size_t *count,
    const char *address)
{
	struct Address *one = record_new(arena, &address__descriptor);

	one->address = arena_copy_text(arena, address);
	record_append(arena, (void ***)list, count, one);
}

static struct Ticket *
ticket_in(struct arena *arena, enum state state)
{
	struct Ticket *ticket = record_new(arena, &ticket__descriptor);

	ticket->number = 7;
	ticket->state = state;
	ticket->created = ticket->changed = ticket->spoken = NOW - WHEN_DAY;
	ticket->contact_expires = NOW + 90 * WHEN_DAY;
	if (state != STATE_PENDING && state != STATE_CANCELED)
		ticket->owner = arena_copy_text(arena, "anna");
	return ticket;
}

struct facts
facts_of_mail(struct arena *arena, const char *who, enum state state,
    enum mail_kind kind, const char *words)
{
	static const char *const ours[] = {
	    "support@desk.example", "anna@desk.example"};
	static const char *const engineers[] = {"anna", "bert"};
	struct Mail *mail = record_new(arena, &mail__descriptor);
	struct facts facts = {
	    .now = NOW,
	    .policy = &test_policy,
	    .speaker = speaker_named(who),
	    .mail = mail,
	    .service = "cloud",
	    .ours = ours,
	    .our_count = 2,
	    .engineers = engineers,
	    .engineer_count = 2,
	};

	mail->kind = kind;
	mail->new_text = arena_copy_text(arena, words);
	mail->subject = arena_copy_text(arena, "Re: [#7] Disk full");
	add_address(arena, &mail->to, &mail->n_to,
	    "support+k7w2x9-0.0000000000000000@desk.example");
	if (state != STATE_NONE) {
		facts.ticket = ticket_in(arena, state);
		facts.thread.reply_address = 7;
		if (state == STATE_PENDING &&
		    facts.speaker.role == ROLE_OWNER)
			facts.speaker.role = ROLE_ENGINEER;
	}
	return facts;
}

static const char *const kind_words[] = {
    [EFFECT_OPEN] = "open",
    [EFFECT_MESSAGE] = "message",
    [EFFECT_STATE] = "state",
    [EFFECT_OWNER] = "owner",
    [EFFECT_PARTICIPANT] = "participant",
    [EFFECT_ROLE] = "role",
    [EFFECT_NOTICE] = "notice",
    [EFFECT_SENDER_NOTICE] = "answer",
    [EFFECT_DUE] = "due",
    [EFFECT_MOBILE] = "mobile",
    [EFFECT_MOBILE_TRY] = "mobile-try",
    [EFFECT_SEVERITY] = "severity",
    [EFFECT_SERVICE] = "service",
    [EFFECT_MOBILE_VERIFIED] = "mobile-verified",
    [EFFECT_RATE] = "rate",
    [EFFECT_LINK] = "link",
    [EFFECT_UNLINK] = "unlink",
    [EFFECT_REMINDED] = "reminded",
    [EFFECT_WAITED] = "waited",
    [EFFECT_PURGE] = "purge",
    [EFFECT_ASK] = "ask",
    [EFFECT_DELETE] = "delete",
    [EFFECT_HOLD_BACK] = "hold-back",
    [EFFECT_UNDO] = "undo",
    [EFFECT_QUOTA] = "quota",
    [EFFECT_FIELD] = "field",
    [EFFECT_AGREEMENT] = "agreement",
    [EFFECT_BOUNCED] = "bounced",
    [EFFECT_TRACE] = "trace",
    [EFFECT_HOLD] = "hold",
    [EFFECT_DIGEST] = "digest",
    [EFFECT_OUTCOME] = "outcome",
};

static const char *const audience_words[] = {
    "requester", "customers", "speaker", "owner", "engineers", "joined"};

static void
effect_text(struct buf *out, const struct effect *one)
{
	buf_print(out, "%s", kind_words[one->kind]);
	if (one->kind == EFFECT_MESSAGE)
		buf_print(out, " %s%s", author_word(one->author),
		    one->visibility == VISIBLE_ALL ? "" : " engineers-only");
	if (one->kind == EFFECT_NOTICE)
		buf_print(out, " %s>%s%s", notice_row(one->notice)->word,
		    audience_words[one->to], one->of_message ? "+" : "");
	if (one->kind == EFFECT_SENDER_NOTICE)
		buf_print(out, " %s", notice_row(one->notice)->word);
	if (one->kind == EFFECT_STATE)
		buf_print(out, " %s", state_word(one->state));
	if (one->kind == EFFECT_PARTICIPANT || one->kind == EFFECT_ROLE)
		buf_print(out, " %s", participant_word(one->role));
	if (one->kind == EFFECT_DUE)
		buf_print(out, " %s", due_word(one->due));
	if (one->kind == EFFECT_TRACE)
		buf_print(out, " %s%s", operation_row(one->operation)->trace,
		    one->flag ? " refused" : "");
	if (one->kind == EFFECT_ASK)
		buf_print(out, " %s", operation_row(one->operation)->verb);
	if (one->kind == EFFECT_OUTCOME)
		buf_print(out, " %s", outcome_word(one->outcome));
	if (one->kind == EFFECT_BOUNCED)
		buf_print(out, " %s", one->flag ? "hard" : "soft");
	if (one->number != 0)
		buf_print(out, " #%llu", (unsigned long long)one->number);
	if (one->text[0] != '\0' && one->kind != EFFECT_SENDER_NOTICE)
		buf_print(out, " %s", one->text);
}

const char *
effects_text(struct arena *arena, struct effects effects)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < effects.count; i++) {
		if (i > 0)
			buf_add_text(&out, "; ");
		effect_text(&out, &effects.list[i]);
	}
	return buf_text(&out);
}

static const struct {
	const char *sentence;
	const char *who;
	enum state state;
	enum mail_kind kind;
	const char *words;
	const char *effects;
} mail_rows[] = {
#include "mail_rows.h"
};

START_TEST(a_mail_has_these_effects)
{
	struct arena *arena = arena_new(0);
	struct facts facts =
	    facts_of_mail(arena, mail_rows[_i].who, mail_rows[_i].state,
		mail_rows[_i].kind, mail_rows[_i].words);
	const char *is = effects_text(arena, decide_mail(arena, &facts));

	ck_assert_msg(strcmp(is, mail_rows[_i].effects) == 0,
	    "%s:\n%s\n", mail_rows[_i].sentence, is);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *sentence;
	enum state state;
	enum due due;
	when age;     /* since the state began */
	unsigned waits;
	bool waiting; /* notices */
	const char *effects;
} tick_rows[] = {
    {"the customer is reminded", STATE_PENDING_FEEDBACK, DUE_REMIND,
	2 * WHEN_DAY, 0, false,
	"notice reminder>customers; waited; due remind; "
	"trace remindCase clock"},
    {"he wrote, or was written to, since", STATE_PENDING_FEEDBACK, DUE_REMIND,
	WHEN_DAY, 0, false, "due remind"},
    {"enough reminders", STATE_PENDING_FEEDBACK, DUE_REMIND, 9 * WHEN_DAY, 2,
	false, ""},
    {"a second entry for the same moment", STATE_PENDING_FEEDBACK, DUE_REMIND,
	2 * WHEN_DAY, 1, false, "due remind"},
    {"no reminder in another state", STATE_PENDING_REPLY, DUE_REMIND,
	2 * WHEN_DAY, 0, false, ""},
    {"no feedback came", STATE_PENDING_FEEDBACK, DUE_FEEDBACK, 7 * WHEN_DAY,
	2, false,
	"state pending-confirmation; due confirmation; "
	"notice confirm>customers clock; trace resolveCase clock"},
    {"feedback came", STATE_PENDING_REPLY, DUE_FEEDBACK, 7 * WHEN_DAY, 0,
	false, ""},
    {"no confirmation came", STATE_PENDING_CONFIRMATION, DUE_CONFIRMATION,
	5 * WHEN_DAY, 0, false,
	"state closed; ask delete; due purge-over; notice closed>customers clock; "
	"notice state>owner clock; trace closeCase clock"},
    {"nobody took it", STATE_PENDING, DUE_ESCALATE, 4 * WHEN_HOUR, 0, false,
	"notice escalation>owner; waited; due escalate; trace escalateCase"},
    {"nobody answered", STATE_PENDING_REPLY, DUE_ESCALATE, 8 * WHEN_HOUR, 1,
	false,
	"notice escalation>owner; notice escalation>engineers; waited; "
	"due escalate; trace escalateCase"},
    {"somebody did", STATE_PENDING_FEEDBACK, DUE_ESCALATE, 8 * WHEN_HOUR, 0,
	false, ""},
    {"it is not yet time to forget", STATE_PENDING, DUE_PURGE_CALENDAR,
	80 * WHEN_DAY, 0, false, "due purge-calendar"},
    {"three months are over", STATE_PENDING, DUE_PURGE_CALENDAR,
	92 * WHEN_DAY, 0, true, "purge; trace purgeContact calendar"},
    {"the last notice has left", STATE_CLOSED, DUE_PURGE_OVER, WHEN_MINUTE, 0,
	false, "purge; trace purgeContact over"},
    {"the last notice has not left", STATE_CLOSED, DUE_PURGE_OVER,
	WHEN_MINUTE, 0, true, "due purge-over"},
    {"it never leaves", STATE_CANCELED, DUE_PURGE_OVER, WHEN_DAY, 0, true,
	"purge; trace purgeContact over"},
    {"it is not over at all", STATE_PENDING, DUE_PURGE_OVER, WHEN_DAY, 0,
	false, ""},
};

START_TEST(a_tick_has_these_effects)
{
	struct arena *arena = arena_new(0);
	struct Ticket *ticket = ticket_in(arena, tick_rows[_i].state);
	struct Due due = DUE__INIT;
	struct facts facts = {
	    .now = NOW,
	    .policy = &test_policy,
	    .ticket = ticket,
	    .due = &due,
	    .notices_waiting = tick_rows[_i].waiting,
	};
	const char *is;

	due.kind = tick_rows[_i].due;
	ticket->created = ticket->changed = ticket->spoken =
	    NOW - tick_rows[_i].age;
	ticket->contact_expires = when_add_months(ticket->created, 3);
	ticket->waits = tick_rows[_i].waits;
	is = effects_text(arena, decide_tick(arena, &facts));
	ck_assert_msg(strcmp(is, tick_rows[_i].effects) == 0,
	    "%s:\n%s\n", tick_rows[_i].sentence, is);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *sentence;
	enum state state;
	enum operation operation;
	const char *argument;
	const char *effects;
} operation_rows[] = {
    {"taken for bert", STATE_PENDING, OPERATION_ACCEPT, "bert",
	"owner bert; state processing; notice accepted>customers; "
	"trace acceptCase"},
    {"taken for nobody", STATE_PENDING, OPERATION_ACCEPT, "carl",
	"trace acceptCase refused no-engineer"},
    {"no such ticket", STATE_NONE, OPERATION_CLOSE, "",
	"trace closeCase refused no-ticket"},
    {"closed", STATE_PROCESSING, OPERATION_CLOSE, "",
	"state closed; ask delete; due purge-over; notice closed>customers; "
	"notice state>owner by-admin; trace closeCase"},
    {"not confirmed", STATE_PENDING, OPERATION_CONFIRM, "4",
	"trace confirmCase refused not-answered"},
    {"confirmed", STATE_PENDING_CONFIRMATION, OPERATION_CONFIRM, "4",
	"rate #4; trace createScores; state closed; ask delete; due purge-over; "
	"notice closed>customers; notice state>owner by-admin; "
	"trace confirmCase"},
    {"noted", STATE_CLOSED, OPERATION_NOTE, "one\ntwo",
	"message admin engineers-only one\ntwo; "
	"notice message>owner+ note; trace noteCase"},
    {"forgotten", STATE_PENDING, OPERATION_FORGET, "",
	"notice purged>customers; purge; trace purgeContact"},
    {"purged", STATE_PENDING, OPERATION_PURGE, "",
	"purge; trace purgeContact by-admin"},
    {"what only a customer does", STATE_PENDING, OPERATION_SMS, "+4915112345",
	"trace contactChange refused not-yours"},
};

START_TEST(an_operation_has_these_effects)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(
	    arena, "requester", operation_rows[_i].state, MAIL_HUMAN, "");
	const char *is;

	facts.mail = NULL;
	facts.operation = operation_rows[_i].operation;
	facts.argument = operation_rows[_i].argument;
	is = effects_text(arena, decide_operation(arena, &facts));
	ck_assert_msg(strcmp(is, operation_rows[_i].effects) == 0,
	    "%s:\n%s\n", operation_rows[_i].sentence, is);
	arena_free(arena);
}
END_TEST

START_TEST(copies_are_proposed_up_to_the_limit_and_never_ours)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(
	    arena, "stranger", STATE_NONE, MAIL_HUMAN, "My disk is full.");
	struct Mail *mail = (struct Mail *)(uintptr_t)facts.mail;
	struct effects effects;
	const char *found = "";

	add_address(arena, &mail->to, &mail->n_to, "ANNA@desk.example");
	add_address(arena, &mail->to, &mail->n_to, "one@x.example");
	add_address(arena, &mail->cc, &mail->n_cc, "One@x.example");
	add_address(arena, &mail->cc, &mail->n_cc, "eve@evil.example");
	add_address(arena, &mail->cc, &mail->n_cc, "two@x.example");
	add_address(arena, &mail->cc, &mail->n_cc, "three@x.example");
	effects = decide_mail(arena, &facts);
	for (size_t i = 0; i < effects.count; i++) {
		if (effects.list[i].kind == EFFECT_PARTICIPANT)
			found = arena_print(arena, "%s %s", found,
			    effects.list[i].text);
	}
	ck_assert_str_eq(
	    found, " eve@evil.example one@x.example two@x.example");
	arena_free(arena);
}
END_TEST

static const struct {
	const char *sentence;
	const char *who;
	enum state state;
	unsigned quota, used;
	const char *found; /* among the effects */
} quota_rows[] = {
    {"the last one", "stranger", STATE_NONE, 30, 29, "open Disk full; quota"},
    {"one too many", "stranger", STATE_NONE, 30, 30,
	"answer refused; hold quota-over; "
	"trace createCase refused quota-over; outcome held quota-over"},
    {"after an add-on", "stranger", STATE_NONE, 40, 30, "quota"},
    {"nobody counts", "stranger", STATE_NONE, 0, 99,
	"open Disk full; participant"},
    {"what follows is free", "requester", STATE_CLOSED, 30, 30,
	"open #7 Disk full; participant"},
    {"a message is free", "requester", STATE_PROCESSING, 30, 30,
	"outcome appended message"},
};

static const struct {
	const char *sentence;
	const char *who;
	const char *words;
	const char *effects;
} link_rows[] = {
    {"one of the same account", "anna", "/link [#12]",
	"link #12; trace associateCase; notice transcript>speaker link; "
	"outcome command link"},
    {"one of another account", "anna", "/link 13",
	"answer command-refused; trace associateCase refused link-stranger; "
	"outcome command refused"},
    {"one that is not there looks the same", "anna", "/link 99",
	"answer command-refused; trace associateCase refused link-stranger; "
	"outcome command refused"},
    {"itself", "anna", "/link 7",
	"answer command-refused; trace associateCase refused link-itself; "
	"outcome command refused"},
    {"twice", "anna", "/link 12\n/link 12",
	"answer command-refused; trace associateCase refused linked-already; "
	"outcome command refused"},
    {"there and back", "anna", "/link 12\n/unlink #12",
	"link #12; trace associateCase; unlink #12; trace associateCase; "
	"notice transcript>speaker link, unlink; "
	"outcome command link, unlink"},
    {"not linked at all", "anna", "/unlink 12",
	"answer command-refused; trace associateCase refused not-linked; "
	"outcome command refused"},
    {"no number", "anna", "/link 12x",
	"answer command-refused; trace addMessage refused bad-command; "
	"outcome command refused"},
    {"not by the customer", "requester", "/link 12",
	"notice refused>speaker not-yours; "
	"trace associateCase refused not-yours; outcome command not-yours"},
};

START_TEST(tickets_are_linked_like_this)
{
	static const struct other others[] = {
	    {7, true}, {12, true}, {13, false}};
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(arena, link_rows[_i].who,
	    STATE_PROCESSING, MAIL_HUMAN, link_rows[_i].words);
	const char *is;

	facts.others = others;
	facts.other_count = 3;
	is = effects_text(arena, decide_mail(arena, &facts));
	ck_assert_msg(strcmp(is, link_rows[_i].effects) == 0, "%s:\n%s\n",
	    link_rows[_i].sentence, is);
	arena_free(arena);
}
END_TEST

START_TEST(the_quota_is_for_new_tickets_alone)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(arena, quota_rows[_i].who,
	    quota_rows[_i].state, MAIL_HUMAN, "My disk is full.");
	const char *is;

	facts.quota = quota_rows[_i].quota;
	facts.quota_used = quota_rows[_i].used;
	is = effects_text(arena, decide_mail(arena, &facts));
	ck_assert_msg(strstr(is, quota_rows[_i].found) != NULL, "%s:\n%s\n",
	    quota_rows[_i].sentence, is);
	arena_free(arena);
}
END_TEST

START_TEST(only_keyed_carriers_speak_for_strangers)
{
	struct thread_facts thread = {.subject = 7};
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(
	    arena, "stranger", STATE_PROCESSING, MAIL_HUMAN, "hello");
	bool keyed;

	ck_assert_uint_eq(thread_choose(&thread, &keyed), 7);
	ck_assert(!keyed);
	facts.thread = thread;
	ck_assert_ptr_nonnull(
	    strstr(effects_text(arena, decide_mail(arena, &facts)),
		"outcome ticket not-on-ticket"));
	facts.speaker = speaker_named("requester");
	ck_assert_ptr_nonnull(
	    strstr(effects_text(arena, decide_mail(arena, &facts)),
		"outcome appended message"));
	thread.reference = 9;
	ck_assert_uint_eq(thread_choose(&thread, &keyed), 9);
	ck_assert(keyed);
	thread.reply_address = 8;
	ck_assert_uint_eq(thread_choose(&thread, &keyed), 0);
	arena_free(arena);
}
END_TEST

TCase *
decide_case(void)
{
	TCase *all = tcase_create("decide");

	tcase_add_loop_test(all, a_mail_has_these_effects, 0,
	    sizeof mail_rows / sizeof *mail_rows);
	tcase_add_loop_test(all, a_tick_has_these_effects, 0,
	    sizeof tick_rows / sizeof *tick_rows);
	tcase_add_loop_test(all, an_operation_has_these_effects, 0,
	    sizeof operation_rows / sizeof *operation_rows);
	tcase_add_test(
	    all, copies_are_proposed_up_to_the_limit_and_never_ours);
	tcase_add_loop_test(all, tickets_are_linked_like_this, 0,
	    sizeof link_rows / sizeof *link_rows);
	tcase_add_loop_test(all, the_quota_is_for_new_tickets_alone, 0,
	    sizeof quota_rows / sizeof *quota_rows);
	tcase_add_test(all, only_keyed_carriers_speak_for_strangers);
	return all;
}
