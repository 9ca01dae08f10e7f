/* notice_words: what the desk itself says (the names of states and severities,
 * the reasons of refusals) in one language: the file words.txt beside its
 * templates.
 *
 *	# a comment
 *	state.pending = In afwachting
 *	customer.pending = Ingediend
 *	severity.major = Ernstig
 *	reason.rated = Er is al een oordeel gegeven.
 *
 * The desk says all of it in English and knows no other language; its keys
 * are the keys here, and where a language has no words for one, the desk's
 * own stand. Pure. */
#ifndef MAIL_NOTICE_WORDS_H
#define MAIL_NOTICE_WORDS_H

#include "arena.h"
#include "span.h"
#include "plan.h"
#include "ticket.h"

struct notice_words;

/* Reads a file. NULL when it is wrong: `error_r` then says "line N: ...", for
 * a line without a key, a key that the desk does not know or that stood there
 * already, and a key without words. The result is in the arena. */
struct notice_words *notice_words_read(
    struct arena *arena, struct span text, const char **error_r);
/* The first key of the desk's that has no words here, in the arena; NULL when
 * all have. */
const char *notice_words_missing(
    struct arena *arena, const struct notice_words *words);

/* Each of them in the desk's English where `words` is NULL or has none. */
const char *notice_words_state(
    const struct notice_words *words, enum state state);
const char *notice_words_customer_state(
    const struct notice_words *words, enum state state);
const char *notice_words_severity(
    const struct notice_words *words, enum severity severity);
/* What is written on or beside a link (action_key()). */
const char *notice_words_action(
    const struct notice_words *words, const char *key);
/* `why` as decide_reason() takes it: what is no key stays as it is. */
const char *notice_words_reason(struct arena *arena,
    const struct notice_words *words, const char *why);

#endif
