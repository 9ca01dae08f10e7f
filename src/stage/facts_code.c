#include <string.h>

#include "arena.h"
#include "record.h"

#include "decide.h"
#include "notice.h"

#include "store.h"

#include "facts.h"

/* How many codes went out for the ticket within a day. */
unsigned
facts_codes_sent(const struct view *view, const struct facts *facts)
{
	struct Outbox *row;
	uint64_t after = 0;
	unsigned count = 0;

	if (facts->ticket == NULL)
		return 0;
	while (store_outbox_next(view->txn, view->arena,
		   facts->ticket->number, after, &row) == 1) {
		after = row->id;
		count += row->notice == NOTICE_CODE &&
		    view->now - row->created < WHEN_DAY;
	}
	return count;
}

const char *
facts_mobile_asked(const struct view *view, const struct facts *facts)
{
	const char *text = facts->mail->new_text;
	struct commands commands = command_read(view->arena, text);

	if (commands.count == 0 && facts->ticket != NULL)
		commands = command_read_plain(
		    view->arena, text, (enum state)facts->ticket->state);
	for (size_t i = 0; i < commands.count; i++)
		if (commands.list[i].operation == OPERATION_SMS)
			return commands.list[i].argument;
	return "";
}

/* A code counts only from the one whose number it was sent to, in time, and
 * while tries are left. */
bool
facts_code_right(const struct view *view, const struct facts *facts)
{
	const struct policy *policy = view->conf->policy;
	struct commands commands;
	struct ContactData *known;
	int slot = facts->speaker.slot;

	if (slot < 0 || facts->mail == NULL || facts->contact_count == 0)
		return false;
	commands = command_read(view->arena, facts->mail->new_text);
	for (size_t i = 0; i < commands.count; i++) {
		if (commands.list[i].operation != OPERATION_VERIFY)
			continue;
		for (size_t c = 0; c < facts->contact_count; c++) {
			if ((int)facts->contacts[c]->slot != slot ||
			    store_contact_open(view->txn, view->arena,
				facts->contacts[c], &known) != 1)
				continue;
			return known->code[0] != '\0' &&
			    known->code_tries < policy->code_tries &&
			    view->now - known->code_sent <=
				policy->code_valid &&
			    strcmp(known->code, commands.list[i].argument) ==
				0;
		}
	}
	return false;
}
