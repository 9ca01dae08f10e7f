#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <sodium.h>

#include "arena.h"
#include "buf.h"
#include "log.h"
#include "when.h"

#include "store.h"

#include "house.h"
#include "texts.h"

#define QUOTES_MAX   (256 * 1024)
#define PARCELS_MOST 64
#define CODES_A_DAY  3

int
house_read_file(struct arena *arena, const char *path, size_t most,
    struct span *octets_r, const char **why_r)
{
	struct buf out = buf_in(arena);
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO)
					: open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;

	if (fd >= 0) {
		while ((n = read(fd, buf_reserve(&out, 65536), 65536)) > 0 &&
		    out.len + (size_t)n <= most)
			out.len += (size_t)n;
	}
	*why_r = n < 0 ? strerror(errno) : "too large";
	if (fd >= 0)
		close(fd);
	if (n != 0)
		return -1;
	*octets_r = buf_span(&out);
	return 0;
}

int
house_master_key(
    const char *path, unsigned char key_r[32], const char **why_r)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	unsigned char more;
	ssize_t n;

	if (fd < 0) {
		*why_r = strerror(errno);
		return -1;
	}
	n = read(fd, key_r, 32);
	if (n == 32 && read(fd, &more, 1) != 0)
		n = 0;
	close(fd);
	if (n != 32) {
		sodium_memzero(key_r, 32);
		*why_r = "not 32 octets";
		return -1;
	}
	return 0;
}

char *
house_path(const struct house *house, const char *name)
{
	return arena_print(
	    house->arena, "%s/%s", house->conf->state_folder, name);
}

/* ---- the texts ---------------------------------------------------------- */

/* The patterns that are built in, and the admin's own. */
static int
load_quotes(struct house *house)
{
	const char *path = house->conf->quote_patterns;
	const char *why;
	struct span text;
	size_t line;

	house->quotes = quote_rules_new();
	if (path[0] == '\0')
		return 0;
	if (house_read_file(house->arena, path, QUOTES_MAX, &text, &why) < 0) {
		fprintf(stderr, "%s: %s\n", path, why);
		return -1;
	}
	if (quote_rules_add(house->quotes, text, &line, &why) < 0) {
		fprintf(stderr, "%s:%zu: %s\n", path, line, why);
		return -1;
	}
	return 0;
}

/* ---- the people --------------------------------------------------------- */

static void
set_people(struct house *house)
{
	const struct people *people = &house->conf->people;
	size_t all = people->door_count + people->engineer_count;
	const char **names = arena_take_many(
	    house->arena, people->engineer_count + 1, sizeof *names);
	const char **ours =
	    arena_take_many(house->arena, all + 1, sizeof *ours);

	for (size_t i = 0; i < people->door_count; i++)
		ours[house->core.our_count++] = people->doors[i].address;
	for (size_t i = 0; i < people->engineer_count; i++) {
		names[i] = people->engineers[i].name;
		ours[house->core.our_count++] = people->engineers[i].address;
	}
	house->core.people = people;
	house->core.engineer_names = names;
	house->core.our_addresses = ours;
}

/* In the arena and not in the house, which may be copied. */
static void
set_policy(struct house *house)
{
	const struct conf *conf = house->conf;
	struct policy *policy = arena_take(house->arena, sizeof *policy);

	*policy = conf->policy;
	policy->codes_a_day = CODES_A_DAY;
	policy->sms_countries = conf->sms_enabled ? conf->sms_countries : NULL;
	house->core.policy = policy;
}

int
house_open(struct house *house, const char *conf_path)
{
	const char *errors;

	*house = (struct house){.arena = arena_new(0)};
	if (sodium_init() < 0) {
		fprintf(stderr, "gatepost: libsodium does not start\n");
		return EX_OSERR;
	}
	house->conf = conf_load(house->arena, conf_path, &errors);
	if (house->conf == NULL) {
		fprintf(stderr, "%s", errors);
		return EX_CONFIG;
	}
	log_level(house->conf->log_level);
	if (load_quotes(house) < 0)
		return EX_CONFIG;
	house->core.desk_name = house->conf->desk_name;
	house->core.domain = house->conf->domain;
	house->core.language = house->conf->language;
	set_policy(house);
	house->core.sms_enabled = house->conf->sms_enabled;
	house->core.give_up_mail =
	    house->conf->retries_mail_hours * WHEN_HOUR;
	house->core.give_up_sms = house->conf->retries_sms_hours * WHEN_HOUR;
	house->core.parcels_most = PARCELS_MOST;
	set_people(house);
	return texts_load(house);
}

int
house_key(struct house *house)
{
	const char *path = house->conf->master_key_file;
	const char *why;

	if (house_master_key(path, house->master, &why) == 0)
		return EX_OK;
	fprintf(stderr, "%s: master key: %s; master_key_file names it, and "
			"`gatepost key new FILE` makes one for a new desk\n",
	    path, why);
	return EX_CONFIG;
}

int
house_open_all(struct house *house, const char *conf_path)
{
	int code = house_open(house, conf_path);

	if (code == EX_OK)
		code = house_key(house);
	if (code == EX_OK)
		code = house_store(house, false);
	return code;
}

int
house_store(struct house *house, bool recover)
{
	const struct conf *conf = house->conf;
	struct store_conf store = {.folder = conf->state_folder,
	    .master = house->master,
	    .create = recover};
	const char *why;
	enum store_result result;

	if (recover && mkdir(conf->state_folder, 0700) < 0 &&
	    errno != EEXIST) {
		fprintf(stderr, "%s: %s\n", conf->state_folder,
		    strerror(errno));
		return EX_CANTCREAT;
	}
	result = store_open(&house->store, &store, recover, &why);
	sodium_memzero(house->master, sizeof house->master);
	if (result != STORE_OK) {
		fprintf(stderr, "%s: store: %s\n", conf->state_folder, why);
		return result == STORE_SPACE ? EX_TEMPFAIL : EX_NOINPUT;
	}
	return EX_OK;
}

void
house_close(struct house *house)
{
	if (house->store != NULL)
		store_close(house->store);
	quote_rules_free(house->quotes);
	arena_free(house->arena);
}

void
house_token_keys(const struct house *house, struct token_keys *keys_r)
{
	keys_r->count = 2;
	for (int i = 0; i < 2; i++)
		store_token_key(house->store, i, keys_r->key[i]);
}

struct view
house_view(const struct house *house, struct store_txn *txn,
    struct arena *arena, const struct token_keys *keys)
{
	return (struct view){.txn = txn,
	    .arena = arena,
	    .conf = &house->core,
	    .keys = keys,
	    .now = when_now()};
}

void
house_nudge(const struct house *house)
{
	int fd = open(house_path(house, "nudge"),
	    O_WRONLY | O_NONBLOCK | O_CLOEXEC);

	/* Nobody reads when no daemon runs; the rows wait for one. */
	if (fd < 0)
		return;
	if (write(fd, "n", 1) < 0)
		log_debug("nudge: nobody takes it");
	close(fd);
}
