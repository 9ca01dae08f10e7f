#include <string.h>

#include <sodium.h>

#include "facts.h"

void
facts_hash(struct span code, unsigned char hash_r[FACTS_HASH_SIZE])
{
	crypto_generichash(hash_r, FACTS_HASH_SIZE,
	    (const unsigned char *)code.at, code.len, NULL, 0);
}

static bool
is_asked(const struct Ticket *ticket, const struct command *command)
{
	unsigned char hash[FACTS_HASH_SIZE];

	if (strcmp(operation_row(command->operation)->verb,
		ticket->ask_verb) != 0)
		return false;
	facts_hash(span_of(command->argument), hash);
	return ticket->ask_hash.len == sizeof hash &&
	    sodium_memcmp(ticket->ask_hash.data, hash, sizeof hash) == 0;
}

/* The one who was asked is known by his slot; once his contact is destroyed,
 * by the code alone. */
bool
facts_token_right(const struct view *view, const struct facts *facts)
{
	const struct Ticket *ticket = facts->ticket;
	struct commands commands;

	if (ticket == NULL || facts->mail == NULL ||
	    ticket->ask_hash.len == 0 || view->now > ticket->ask_until ||
	    (!ticket->purged &&
		facts->speaker.slot != (int)ticket->ask_slot))
		return false;
	commands = command_read(view->arena, facts->mail->new_text);
	for (size_t i = 0; i < commands.count; i++)
		if (is_asked(ticket, &commands.list[i]))
			return true;
	return false;
}
