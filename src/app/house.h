/* house: what a subcommand stands on: the conf, the people, the texts, the
 * store. Everything that is wrong is said on standard error, whole. */
#ifndef APP_HOUSE_H
#define APP_HOUSE_H

#include "arena.h"

#include "people.h"

#include "quote.h"
#include "store.h"

#include "core_conf.h"
#include "core_round.h"

#include "conf.h"

/* May be copied: nothing in it points into it. */
struct house {
	struct arena *arena;
	const struct conf *conf;
	struct core_conf core;
	const char *lacking; /* of the texts: lines for check; "" nothing */
	struct quote_rules *quotes;
	unsigned char master[32]; /* between house_key() and house_store() */
	struct store *store; /* NULL until house_store() */
};

/* Conf, people, templates. EX_OK, or an exit code after saying why. */
int house_open(struct house *house, const char *conf_path);
/* The master key, which only root may be able to read. */
int house_key(struct house *house);
/* The store, with that key, which is wiped from here as soon as the store has
 * it; `recover` is the daemon's. Between the two a process may change its
 * user, so that the store's files are that user's. */
int house_store(struct house *house, bool recover);
/* Conf, key and store, for a subcommand. */
int house_open_all(struct house *house, const char *conf_path);
void house_close(struct house *house);

/* A view on the store for one transaction of a subcommand. */
struct view house_view(const struct house *house, struct store_txn *txn,
    struct arena *arena, const struct token_keys *keys);
void house_token_keys(const struct house *house, struct token_keys *keys_r);
/* Tells a running daemon that there is something in the store. */
void house_nudge(const struct house *house);
/* The path of a file in the state folder. */
char *house_path(const struct house *house, const char *name);

/* Reads 32 octets; conf_load() has refused a file that others may read. 0, or negative with a
 * sentence in `why_r`. */
int house_master_key(
    const char *path, unsigned char key_r[32], const char **why_r);
/* All of a file, at most `most` octets. 0, or negative with a sentence. */
int house_read_file(struct arena *arena, const char *path, size_t most,
    struct span *octets_r, const char **why_r);

#endif
