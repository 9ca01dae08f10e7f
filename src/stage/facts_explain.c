#include "arena.h"

#include "decide.h"

#include "carriers.h"

/* Which of the carriers decided, and who speaks: the rest of the trail. */
void
facts_explain(const struct view *view, const struct facts *facts,
    const struct carriers *carriers, enum auth auth)
{
	struct facts_trail *trail = carriers->trail;
	const struct speaker *speaker = &facts->speaker;
	bool keyed;
	uint64_t number = thread_choose(&facts->thread, &keyed);
	const char *named = number == 0 ? ""
	    : arena_print(view->arena, "ticket %llu",
		  (unsigned long long)number);
	const char *says = "no carrier names a ticket";

	facts_rule_add(view, trail, "ticket", "own mail", "",
	    carriers->own_message_id ? "its Message-ID is keyed: it is ours"
		: carriers->own_mark ? "it has our mark: it is ours"
		: facts->from_ourselves
		? "it comes from an address of ours"
		: "it is not ours");
	if (facts->thread.conflict)
		says = "keyed carriers name different tickets: held";
	else if (facts->ticket != NULL)
		says = keyed ? "a keyed carrier decided"
			     : "an unkeyed carrier, from somebody on the ticket";
	else if (number != 0)
		says = "an unkeyed carrier, and the sender is not on that "
		       "ticket: it does not count";
	facts_rule_add(view, trail, "ticket", "agreement", named, says);
	facts_rule_add(view, trail, "speaker", "From", speaker->address,
	    facts->mail->n_from == 1 ? "one author"
				     : "not exactly one author: nobody");
	facts_rule_add(view, trail, "speaker", "people", speaker->engineer,
	    speaker->engineer[0] != '\0' ? "an engineer of the conf"
					 : "no engineer");
	facts_rule_add(view, trail, "speaker", "ticket",
	    speaker->slot >= 0
		? arena_print(view->arena, "slot %d", speaker->slot)
		: "",
	    role_word(speaker->role));
	facts_rule_add(view, trail, "speaker", "groups",
	    facts->user ? facts->user : "",
	    facts->creates_as == ROLE_STRANGER
		? "no Ticket Policy: opens tickets as anybody does"
		: arena_print(view->arena,
		      "Ticket Policy: would open one as %s",
		      role_word(facts->creates_as)));
	facts_rule_add(view, trail, "speaker", "flags",
	    facts->ambiguity ? facts->ambiguity : "",
	    facts->ambiguity ? "can be read in two ways: vouched for by "
			       "nobody, commands nothing"
			     : "can be read in one way only");
	facts_rule_add(view, trail, "speaker", "Authentication-Results",
	    trail->auth, auth_word(auth));
	facts_rule_add(view, trail, "speaker", "assurance",
	    trail->keyed ? "keyed" : "not keyed",
	    assurance_word(speaker->assurance));
}
