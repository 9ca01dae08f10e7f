#include <string.h>

#include "decide.h"

/* Every refusal says why and what to do instead; what was done where no state
 * tells it has its sentence here too. No sentence holds what anybody wrote. */
static const struct {
	const char *why;
	const char *sentence;
} reasons[] = {
    /* the state table's */
    {"no-ticket", "There is no such ticket."},
    {"use-cancel",
	"It is still waiting for an engineer: reply `cancel` instead."},
    {"use-close",
	"An engineer has worked on it already: reply `close` instead."},
    {"not-answered", "Nobody has answered yet, so there is nothing to "
		     "confirm: reply `cancel` if you do not need it any more."},
    {"not-resolved", "The engineer has not finished yet: reply `close` if it "
		     "is solved for you."},
    {"over", "It is closed or canceled already. Write a new mail, or reply "
	     "with what is wrong, and a new ticket is opened."},
    /* of commands */
    {"not-yours", "You may not do that on this ticket. Ask the one who "
		  "opened it."},
    {"customers-only", "Only the customer may do that: use `/resolve`, which "
		       "asks the customer to confirm."},
    {"not-now", "That cannot be done in the ticket's present state. Reply "
		"`/status` to see how it stands."},
    {"not-built", "This version cannot do that yet. Write it in plain words, "
		  "and a person will see to it."},
    {"rated", "It was rated already; a rating is taken once."},
    {"too-young", "It is too early to remind: the engineers have had it for a "
		  "short time only. Try again later."},
    {"reminded-lately", "The engineers were reminded a short while ago. Try "
			"again later."},
    {"wrong-code", "The code is not right, or it is too old. Send `/sms` with "
		   "your number to get a new one."},
    {"no-sms", "This desk sends no SMS; all news come by mail."},
    {"sms-country", "SMS to numbers of that country are not sent from here. "
		    "Name another number, or stay with mail."},
    {"many-codes", "Several codes were sent today already. Try again "
		   "tomorrow."},
    {"forget-ask", "Your address and number on this ticket will be destroyed, "
		   "and nobody can answer you any more. Reply `/forget yes` "
		   "if you want that."},
    {"no-engineer", "There is no engineer of that name."},
    {"purged", "The contact data of this ticket is destroyed already, so "
	       "nobody can be told."},
    {"resolved-already",
	"The customer was asked to confirm already."},
    {"nothing-said", "There was nothing in your mail above the quoted text. "
		     "Write your answer at the top."},
    {"no-note", "A note needs words: `/note` and what your colleagues shall "
		"read."},
    {"engineer-no-ticket", "Your mail belongs to no ticket that is known, so "
			   "nobody was told. Reply to a mail about the "
			   "ticket."},
    {"ambiguous", "Your mail could be read in more than one way, so its "
		  "commands were not done. Send them as plain text."},
    {"many-commands", "There are more commands than one mail may hold. "
		      "Nothing was done."},
    /* what was done */
    {"status", "This is how the ticket stands."},
    {"help", "Write one of these at the very top of your mail: `/cancel`, "
	     "`/close`, `/confirm 5`, `/rate 5`, `/remind`, "
	     "`/sms +49 151 234567`, `/verify 123456`, `/status`, `/forget`."},
    {"help-engineer", "These go at the very top of your mail, one a line: "
		      "`/accept`, `/resolve`, `/note TEXT`, `/forward NAME`, "
		      "`/status`, `/help`. What stands below them answers "
		      "the customer."},
    {"reminded", "The engineers were reminded."},
    {"mobile-verified", "Your mobile number is verified."},
    {"rating", "Thank you for rating."},
    {"stranger", "The writer is not on this ticket."},
    {"confirmed", "The customer confirmed that it is solved."},
    {"closed", "The customer closed the ticket."},
    {"canceled", "The customer canceled the ticket."},
    {"clock", "No answer came in the time that is given."},
    {"by-admin", "An administrator of the desk did it."},
    {"forwarded", "The ticket was forwarded."},
    /* why a mail is held */
    {"conflict", "The mail's reply address and references name different "
		 "tickets."},
    {"engineer-unsure", "The mail claims to be an engineer's, and that could "
			"not be made sure."},
    {"append-unsure", "The mail claims to be a participant's, and that could "
		      "not be made sure."},
    {"command-unsure", "The mail holds a command, and who wrote it could not "
		       "be made sure."},
    {"open-unsure", "Who wrote the mail could not be made sure enough to open "
		    "a ticket."},
    {"flood", "More mails came within an hour than the desk's budget for new "
	      "tickets allows."},
    {"same-text", "The same words came from this address before, so no receipt "
		  "was sent: it may be a machine's."},
    {"prompt-reply", "It answers, out of its thread and within minutes, "
		     "something that the desk sent on its own, so no receipt "
		     "was sent: it may be a machine's."},
    {"own-mail", "The mail is one of the desk's own that came back."},
    {"new", "The mail belongs to no ticket, so a new one was opened."},
    {"not-on-ticket", "The sender is not on the ticket that the mail names, "
		      "so a new one was opened."},
    {"follows", "The ticket that the mail belongs to is over, so one that "
		"follows it was opened."},
    {"message", "Somebody on the ticket wrote."},
    {"loop-stopped", "Several automatic answers went to this address within "
		     "an hour, so none is sent for now: it may be a "
		     "machine's."},
    {"oversize", "The mail is larger than the limit."},
    {"unreadable", "The server does not give the mail out."},
    {"poison", "The mail could not be read at all."},
    {"no-sender", "The mail does not say who wrote it."},
};

const char *
decide_reason(const char *why)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		if (strcmp(why, reasons[i].why) == 0)
			return reasons[i].sentence;
	}
	return why;
}

const char *
decide_reason_key(size_t index)
{
	return index < sizeof reasons / sizeof *reasons ? reasons[index].why
							: NULL;
}
