/* check_odd: mails that are odd: reports, what cannot be read, what is not
 * sure enough. */
#include <stdio.h>
#include <string.h>

#include "check_desk.h"

static const char *
decided(struct arena *arena, const struct facts *facts)
{
	return effects_text(arena, decide_mail(arena, facts));
}

START_TEST(a_report_is_about_the_row_that_its_address_names)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(
	    arena, "nobody", STATE_PROCESSING, MAIL_BOUNCE, "failed");
	struct Mail *mail = (struct Mail *)(uintptr_t)facts.mail;
	struct BounceRecipient *one =
	    record_new(arena, &bounce_recipient__descriptor);

	mail->bounce = record_new(arena, &bounce__descriptor);
	record_append(arena, (void ***)&mail->bounce->recipients,
	    &mail->bounce->n_recipients, one);
	facts.thread.reply_address = 0;
	facts.bounced_outbox = 31;
	one->action = arena_copy_text(arena, "Failed");
	one->status = arena_copy_text(arena, "5.1.1");
	one->class_ = arena_copy_text(arena, "hard");
	ck_assert_str_eq(decided(arena, &facts),
	    "message machine engineers-only failed; bounced hard #31; "
	    "notice machine>owner+ bounce; trace addMessage bounce; "
	    "outcome appended bounce");
	one->class_ = arena_copy_text(arena, "policy");
	ck_assert_ptr_nonnull(
	    strstr(decided(arena, &facts), "bounced soft #31"));
	one->status = arena_copy_text(arena, "4.2.2");
	one->class_ = arena_copy_text(arena, "full");
	ck_assert_ptr_nonnull(
	    strstr(decided(arena, &facts), "bounced soft #31"));
	one->action = arena_copy_text(arena, "delayed");
	ck_assert_str_eq(decided(arena, &facts),
	    "message machine engineers-only failed; "
	    "trace addMessage bounce; outcome appended bounce");
	/* Anybody can write a report; without our key it is about nothing. */
	facts.bounced_outbox = 0;
	facts.thread.subject = 7;
	ck_assert_str_eq(decided(arena, &facts),
	    "trace addMessage refused bounce; outcome ignored bounce");
	arena_free(arena);
}
END_TEST

static const struct {
	const char *sentence;
	const char *who;
	enum state state;
	enum trouble trouble;
	enum assurance open;
	const char *effects;
} trouble_rows[] = {
    {"too large, from a participant", "requester", STATE_PROCESSING,
	TROUBLE_OVERSIZE, ASSURANCE_NONE,
	"message machine engineers-only The mail is larger than the limit.; "
	"notice held>owner+ oversize; answer oversize; hold oversize; "
	"trace addMessage oversize; outcome oversize oversize"},
    {"too large, from somebody new", "stranger", STATE_NONE,
	TROUBLE_OVERSIZE, ASSURANCE_NONE,
	"open Disk full; participant requester eve@evil.example; "
	"message machine engineers-only The mail is larger than the limit.; "
	"notice new>engineers+ oversize; state pending; due escalate; "
	"due purge-calendar; hold oversize; trace createCase oversize; "
	"outcome oversize oversize"},
    {"too large, below the ladder", "stranger", STATE_NONE,
	TROUBLE_OVERSIZE, ASSURANCE_CUSTOMER,
	"hold oversize; trace createCase refused open-unsure; "
	"outcome oversize oversize"},
    {"poison always has its stub", "nobody", STATE_NONE, TROUBLE_POISON,
	ASSURANCE_CUSTOMER,
	"open Disk full; "
	"message machine engineers-only The mail could not be read at all.; "
	"notice new>engineers+ poison; state pending; due escalate; "
	"due purge-calendar; hold poison; trace createCase poison; "
	"outcome unparseable poison"},
};

START_TEST(a_mail_that_cannot_be_read_is_held_and_told_of)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(arena, trouble_rows[_i].who,
	    trouble_rows[_i].state, MAIL_HUMAN, "");
	struct Mail *mail = (struct Mail *)(uintptr_t)facts.mail;
	struct policy own = test_policy;

	own.ladder.open = trouble_rows[_i].open;
	facts.policy = &own;
	mail->trouble = trouble_rows[_i].trouble;
	ck_assert_msg(strcmp(decided(arena, &facts),
			  trouble_rows[_i].effects) == 0,
	    "%s:\n%s", trouble_rows[_i].sentence, decided(arena, &facts));
	arena_free(arena);
}
END_TEST

static const struct {
	const char *sentence;
	const char *who;
	enum state state;
	enum assurance assurance;
	const char *effects;
} closed_rows[] = {
    {"on a ticket", "requester", STATE_PROCESSING, ASSURANCE_CUSTOMER,
	"notice held>owner encrypted; answer refused; hold encrypted; "
	"trace addMessage refused encrypted; outcome held encrypted"},
    {"a first mail", "stranger", STATE_NONE, ASSURANCE_CUSTOMER,
	"notice held>engineers encrypted; answer refused; hold encrypted; "
	"trace addMessage refused encrypted; outcome held encrypted"},
    {"nobody who is vouched for is answered", "stranger", STATE_NONE,
	ASSURANCE_NONE,
	"notice held>engineers encrypted; hold encrypted; "
	"trace addMessage refused encrypted; outcome held encrypted"},
    {"an engineer's goes to no customer", "anna", STATE_PROCESSING,
	ASSURANCE_ENGINEER,
	"notice held>owner encrypted; answer refused; hold encrypted; "
	"trace addMessage refused encrypted; outcome held encrypted"},
    {"who may be no engineer is answered by nobody", "faked-anna",
	STATE_PROCESSING, ASSURANCE_CUSTOMER,
	"notice held>engineers engineer-unsure; hold engineer-unsure; "
	"trace addMessage refused engineer-unsure; outcome held "
	"engineer-unsure"},
};

START_TEST(what_nobody_can_read_is_held_and_asked_for)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(arena, closed_rows[_i].who,
	    closed_rows[_i].state, MAIL_HUMAN, "[encrypted]");
	struct Mail *mail = (struct Mail *)(uintptr_t)facts.mail;

	mail->closed = true;
	facts.speaker.assurance = closed_rows[_i].assurance;
	ck_assert_msg(
	    strcmp(decided(arena, &facts), closed_rows[_i].effects) == 0,
	    "%s:\n%s", closed_rows[_i].sentence, decided(arena, &facts));
	arena_free(arena);
}
END_TEST

START_TEST(the_odd_cases_end_as_they_should)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(arena, "requester",
	    STATE_PENDING_CONFIRMATION, MAIL_HUMAN, "yes");
	struct Mail *mail = (struct Mail *)(uintptr_t)facts.mail;
	struct policy own = test_policy;

	/* What can be read in more than one way commands nothing. */
	mail->damaged = true;
	ck_assert_ptr_nonnull(
	    strstr(decided(arena, &facts), "state pending-reply"));
	mail->damaged = false;
	/* A participant who may write and is not sure enough to manage. */
	own.ladder.manage = ASSURANCE_ENGINEER;
	facts.policy = &own;
	ck_assert_str_eq(decided(arena, &facts),
	    "notice held>owner command-unsure; hold command-unsure; "
	    "trace addMessage refused command-unsure; "
	    "outcome held command-unsure");
	facts.thread.conflict = true;
	ck_assert_str_eq(decided(arena, &facts),
	    "notice held>engineers conflict; hold conflict; "
	    "trace addMessage refused conflict; outcome held conflict");
	facts = facts_of_mail(arena, "requester", STATE_PROCESSING,
	    MAIL_HUMAN, "Verify 123456.");
	facts.code_right = true;
	ck_assert_str_eq(decided(arena, &facts),
	    "mobile-verified; notice done>speaker mobile-verified; "
	    "trace contactChange; outcome command verify");
	arena_free(arena);
}
END_TEST

START_TEST(a_nudge_waits_its_time)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(
	    arena, "requester", STATE_PENDING, MAIL_HUMAN, "/remind");
	struct Ticket *ticket = (struct Ticket *)(uintptr_t)facts.ticket;

	ticket->reminded = NOW - WHEN_HOUR;
	ck_assert_ptr_nonnull(strstr(
	    decided(arena, &facts), "notice refused>speaker reminded-lately"));
	ticket->reminded = 0;
	ticket->created = NOW - WHEN_MINUTE;
	ck_assert_ptr_nonnull(strstr(
	    decided(arena, &facts), "notice refused>speaker too-young"));
	arena_free(arena);
}
END_TEST

TCase *
odd_case(void)
{
	TCase *all = tcase_create("odd");

	tcase_add_test(
	    all, a_report_is_about_the_row_that_its_address_names);
	tcase_add_loop_test(all,
	    a_mail_that_cannot_be_read_is_held_and_told_of, 0,
	    sizeof trouble_rows / sizeof *trouble_rows);
	tcase_add_loop_test(all, what_nobody_can_read_is_held_and_asked_for,
	    0, sizeof closed_rows / sizeof *closed_rows);
	tcase_add_test(all, the_odd_cases_end_as_they_should);
	tcase_add_test(all, a_nudge_waits_its_time);
	return all;
}
