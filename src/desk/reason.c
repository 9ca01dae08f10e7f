#include <string.h>

#include "buf.h"

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
    {"forget-ask", "Your address, your name and your mobile number on this "
		   "ticket will be destroyed, and nobody can answer you on it "
		   "any more. What you wrote stays."},
    {"delete-ask", "All that this ticket holds will be destroyed: its subject, "
		   "its messages and files, and the addresses and numbers of "
		   "all who took part. It cannot be brought back by anybody."},
    {"quota-over", "Your account has used up its tickets of this month, so no "
		   "new one was opened. Your mail is kept here. Reply to a "
		   "ticket that is there, which is always free, ask for an "
		   "add-on of 10 tickets, or write again next month."},
    {"policy-denied", "Your account lets only those open tickets to whom it "
		      "gave that right, so no new one was opened. Your mail is "
		      "kept here. Ask a colleague who has the right to send "
		      "it, or your administrator to give it to you."},
    {"deleted", "The ticket is deleted: its subject, its messages and its "
		"files cannot be read by anybody any more. Only its number "
		"stays, so that nothing of it comes back."},
    {"wrong-token", "That code is not the one that was sent for this, or it is "
		    "too old, or it was used already. Reply with the command "
		    "alone, and a fresh one comes."},
    {"ask-requester", "Only whoever takes part in the ticket himself can be "
		      "asked once more. Ask the one who opened it, or the "
		      "desk."},
    {"not-over", "Only a ticket that is closed or canceled can be deleted. "
		 "Reply `close`, or `cancel` while nobody works on it."},
    {"no-plan", "The customer has no support plan, so the ticket has no "
		"severity."},
    {"severity-already", "It has that severity already."},
    {"service-already", "It is of that service already."},
    {"moved", "The ticket was moved here from another service."},
    {"target-missed", "The time in which the customer's plan promises an "
		      "answer is over."},
    {"owner-away", "Who held it is away, as his mailbox says; now you do."},
    {"owners-away", "Who holds it is away, and so were all others of the "
		    "service before him. Whoever is there takes it with "
		    "`/forward` and his own name."},
    {"no-engineer", "There is no engineer of that name."},
    {"link-itself", "A ticket cannot be linked with itself."},
    {"link-stranger", "There is no such ticket of the same account or the same "
		      "customer, and only such can be linked. See to the "
		      "number."},
    {"bad-tag",
	"Write `/% NAME`. A tag's name is one word of at most 32 "
	"letters and digits; `-`, `_` and `.` may stand between them."},
    {"bad-rename-tag",
	"Write `/rename-tag OLD NEW`. A tag's name is one word of at "
	"most 32 letters and digits; `-`, `_` and `.` may stand between "
	"them."},
    {"tagged-already",
	"The ticket has that tag of yours already."},
    {"tag-sixth",
	"Five of your tags are on the ticket already, and a sixth does "
	"not fit. Take one off first: `/untag NAME`."},
    {"tag-many",
	"You have 30 tags, and there can be no 31st. Delete one that "
	"you need no more, and it goes from all tickets: `/delete-tag "
	"NAME`."},
    {"tag-full",
	"Your tags are on as many tickets as they may be. Take one off "
	"an old ticket, or delete one: `/delete-tag NAME`."},
    {"tag-crowd",
	"As many people as may have put their tags on this ticket. Find "
	"it by its number instead."},
    {"no-tag",
	"You have no tag of that name. `/list` shows your tags beside "
	"the tickets."},
    {"not-tagged",
	"That tag of yours is not on this ticket, so there is nothing "
	"to take off."},
    {"tag-taken",
	"Another tag of yours has the new name already. Choose another "
	"name, or delete that one first: `/delete-tag NAME`."},
    {"bad-list",
	"That is no list. Write `/list`, and behind it what you look "
	"for: `open`, `over` or a state, `tag NAME`, `number 1042`, "
	"`from 2026-11-01`, `to 2026-11-30`, `by NAME`, `group` for the "
	"tickets of your colleagues, and words of the description."},
    {"list-no-address",
	"You are not among those who see customers' addresses, so no "
	"ticket is looked for by one. Name the account or the user "
	"instead."},
    {"list-none",
	"No ticket that you may see fits."},
    {"quota-of",
	"Tickets of the account this month: %."},
    {"quota-none",
	"Tickets are not counted for this address: it belongs to no "
	"account."},
    {"limit-cc",
	"People in copy of a ticket: %"},
    {"limit-tags",
	"Tags of one user: %"},
    {"limit-tags-ticket",
	"Tags of one user on one ticket: %"},
    {"limit-commands",
	"Commands in one mail: %"},
    {"limit-comment",
	"Characters of a comment on a rating: %"},
    {"limit-codes",
	"Codes sent to a mobile number in a day: %"},
    {"limit-remind-age",
	"Hours before the first reminder: %"},
    {"limit-remind-every",
	"Hours between two reminders: %"},
    {"limit-feedback",
	"Days that the desk waits for an answer: %"},
    {"limit-confirm",
	"Days until a solved ticket closes by itself: %"},
    {"limit-keep",
	"Months that addresses and numbers are kept at most: %"},
    {"linked-already", "These two are linked already."},
    {"link-many", "It is linked with as many tickets as one may be. Take a "
		  "link away first: `/unlink 1042`."},
    {"not-linked", "These two are not linked."},
    {"cc-nobody", "Nobody is proposed for this ticket. Name whom you mean: "
		  "`/cc jan@example.com`."},
    {"cc-unknown", "One of these is no address, and nobody on this ticket "
		   "looks so. Write the whole address: `/cc "
		   "jan@example.com`."},
    {"uncc-unknown", "One of these is not on the ticket. Write the address "
		     "as it stands in the list of who is in copy."},
    {"cc-several", "Several people on this ticket look like that. Write the "
		   "whole address."},
    {"cc-ours", "An address of the desk's own cannot be in copy: its engineers "
		"are told in any case."},
    {"cc-domain", "People of that domain may not be put in copy here. Forward "
		  "them yourself what they need to know."},
    {"many-copies", "As many people were put in copy as customers may name "
		    "for now. Try again tomorrow, or ask the engineer."},
    {"cc-full", "As many people are in copy as one ticket may have. Let "
		"somebody leave first: `/uncc jan@example.com`."},
    {"cc-stays-away", "One of them has left this ticket, and who left stays "
		      "away. Forward them yourself what they need to know."},
    {"uncc-who", "Say who shall leave: `/uncc jan@example.com`. If you want "
		 "no more of this ticket at all, reply `close` or `cancel`."},
    {"uncc-requester", "Whoever opened the ticket cannot be taken off it: "
		       "close or cancel it instead."},
    {"purged", "The contact data of this ticket is destroyed already, so "
	       "nobody can be told."},
    {"resolved-already",
	"The customer was asked to confirm already."},
    {"nothing-said", "There was nothing in your mail above the quoted text. "
		     "Write your answer at the top."},
    {"undo-late", "No answer on this ticket waits to leave, so none can be "
		  "called back. Write another one to set it right."},
    {"was-done", "`/%`: done."},
    {"undone", "An administrator of the desk called the answer back before it "
	       "left: the customer was told nothing."},
    {"undo-another", "The answer that waits is a colleague's. Only whoever "
		     "wrote it calls it back, or an administrator at the "
		     "command line."},
    {"no-note", "A note needs words: `/note` and what your colleagues shall "
		"read."},
    {"engineer-no-ticket", "Your mail belongs to no ticket that is known, so "
			   "nobody was told. Reply to a mail about the "
			   "ticket."},
    {"ambiguous", "Your mail could be read in more than one way, so its "
		  "commands were not done. Send them as plain text."},
    {"command-below", "Commands go at the very top, the slash first. Nothing "
		      "was done, and the customer was told nothing."},
    /* of a line that is no command as it stands; '%' is its verb, or the one
     * that was meant */
    {"bad-confirm",
	"The score of `/confirm` goes from 1 to 5, its comment up to 500 "
	"letters: `/confirm 5 thank you`."},
    {"bad-rate",
	"`/rate` needs a score from 1 to 5, and takes a comment up to 500 "
	"letters: `/rate 5 thank you`."},
    {"bad-sms",
	"`/sms` needs a number with its country code: `/sms +49 151 "
	"234567`."},
    {"bad-verify",
	"`/verify` needs the digits that came to your phone: `/verify "
	"123456`."},
    {"bad-forward",
	"`/forward` needs the name of one engineer: `/forward anna`."},
    {"bad-cc",
	"`/cc` alone puts all in copy who are proposed; else it needs "
	"their addresses: `/cc jan@example.com ann@example.com`."},
    {"bad-uncc",
	"`/uncc` needs the addresses of those who shall leave: `/uncc "
	"jan@example.com`. Alone it is for somebody in copy who leaves."},
    {"bad-link",
	"`/%` needs the number of the other ticket: `/% 1042`."},
    {"bad-code",
	"Write `/%` alone. A mail comes back with the line that has it "
	"done."},
    {"stands-alone",
	"`/%` stands alone on its line; write your text below it."},
    {"no-command",
	"There is no such command; `/help` names them all."},
    {"near-command",
	"There is no such command. Did you mean `/%`?"},
    {"long-command",
	"The line is too long for a command."},
    {"many-commands", "There are more commands than one mail may hold. "
		      "Nothing was done."},
    /* what was done */
    {"files-refused", "Your message is on the ticket, but not all of its files "
		      "could be kept. Send what is in them in another form, or "
		      "as text."},
    {"form-filled", "Thank you: what you filled in is on the ticket, and that "
		    "is all that was asked for."},
    {"form-missing", "What you filled in is on the ticket. Something that was "
		     "asked for is still missing, or is not known here."},
    {"status", "This is how the ticket stands."},
    {"help", "Write one of these at the very top of your mail: `/cancel`, "
	     "`/close`, `/confirm 5`, `/rate 5`, `/remind`, "
	     "`/sms +49 151 234567`, `/verify 123456`, `/cc ADDRESS`, "
	     "`/uncc ADDRESS`, `/tag NAME`, `/untag NAME`, "
	     "`/rename-tag OLD NEW`, `/delete-tag NAME`, `/status`, "
	     "`/list`, `/history`, `/quota`, `/limits`, `/forget`, "
	     "`/delete`."},
    {"help-engineer", "These go at the very top of your mail, one a line: "
		      "`/accept`, `/resolve`, `/note TEXT`, `/forward NAME`, "
		      "`/severity major`, `/service NAME`, "
		      "`/cc ADDRESS`, `/uncc ADDRESS`, `/link 1042`, "
		      "`/unlink 1042`, `/tag NAME`, `/untag NAME`, "
		      "`/rename-tag OLD NEW`, `/delete-tag NAME`, `/status`, "
		      "`/list`, `/history`, `/quota`, `/limits`, `/undo`, "
		      "`/transcript`, `/help`. What stands below them answers "
		      "the customer."},
    {"answers-over", "As many answers went to you within an hour as one "
		     "address gets. This one stands for those that follow: "
		     "what you ask for is done where it can be, and not "
		     "answered one by one. Ask again in an hour."},
    {"not-solved", "The ticket goes on: its engineer is told that it is not "
		   "solved, with what you wrote."},
    {"many-actions", "Your mail went to several addresses that each do "
		     "something else, so none of it was done. Tap one link "
		     "and send its mail."},
    {"reminded", "The engineers were reminded."},
    {"cc-added", "Whom you named is in copy from now on, and has been told "
		 "so."},
    {"cc-dropped", "Whom you named gets nothing of this ticket any more."},
    {"cc-gone", "You are out of copy and get nothing of this ticket any "
		"more."},
    {"cc-changed", "The customer changed who is in copy."},
    {"cc-left", "Somebody in copy has left."},
    {"cc-by-requester", "Whoever opened the ticket asked for it."},
    {"cc-by-desk", "The engineers who work on it asked for it."},
    {"linked", "The two tickets are linked."},
    {"tagged",
	"The tag is on the ticket. These are your tags on it, and how "
	"many you have:"},
    {"untagged",
	"The tag is off the ticket. These are your tags on it, and how "
	"many you have:"},
    {"tag-renamed",
	"The tag has its new name on all tickets. These are your tags "
	"on this one, and how many you have:"},
    {"tag-deleted",
	"The tag is deleted, and off all tickets. These are your tags "
	"on this one, and how many you have:"},
    {"list",
	"These are the tickets that you asked for, newest first. Where "
	"a last line begins with `/list`, send it to see the rest."},
    {"history",
	"This is what was done on the ticket, the newest last; a line "
	"with `-` at its end was refused. Times are UTC."},
    {"quota",
	"This is how many tickets the account has used of those it has."},
    {"limits",
	"These are the limits that the desk keeps."},
    {"unlinked", "The two tickets are linked no longer."},
    {"mobile-verified", "Your mobile number is verified."},
    {"was-rated", "The customer rated the ticket."},
    {"rating", "Thank you for rating."},
    {"stranger", "The writer is not on this ticket."},
    {"confirmed", "The customer confirmed that it is solved."},
    {"closed", "The customer closed the ticket."},
    {"canceled", "The customer canceled the ticket."},
    {"clock", "No answer came in the time that is given."},
    {"by-admin", "An administrator of the desk did it."},
    {"forwarded", "The ticket was forwarded."},
    /* why a mail is held */
    {"encrypted", "The mail is encrypted, and this desk has no key to open "
		  "it. It is kept as it came. Please send it once more without "
		  "encryption: what is secret is kept apart here all the same."},
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
decide_reason_word(const char *why, size_t *key_r)
{
	*key_r = strcspn(why, ":");
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		if (strlen(reasons[i].why) == *key_r &&
		    memcmp(why, reasons[i].why, *key_r) == 0)
			return why + *key_r + (why[*key_r] == ':');
	}
	*key_r = strlen(why);
	return "";
}

const char *
decide_reason_fill(
    struct arena *arena, const char *sentence, const char *word)
{
	struct buf out = buf_in(arena);

	if (word[0] == '\0')
		return sentence;
	for (; *sentence != '\0'; sentence++) {
		if (*sentence == '%')
			buf_add_text(&out, word);
		else
			buf_put(&out, *sentence);
	}
	return buf_text(&out);
}

const char *
decide_reason(struct arena *arena, const char *why)
{
	size_t len;
	const char *word = decide_reason_word(why, &len);

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		if (strlen(reasons[i].why) == len &&
		    memcmp(why, reasons[i].why, len) == 0)
			return decide_reason_fill(
			    arena, reasons[i].sentence, word);
	}
	return why;
}

const char *
decide_reason_key(size_t index)
{
	return index < sizeof reasons / sizeof *reasons ? reasons[index].why
							: NULL;
}
