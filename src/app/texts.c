#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "arena.h"
#include "buf.h"

#include "notice_text.h"

#include "texts.h"

#define TEMPLATE_MAX  (256u * 1024)
#define LANGUAGES_MAX 64

const char *
texts_folder(const struct conf *conf)
{
	const char *of_build = getenv("GATEPOST_TEMPLATES");

	if (conf != NULL && conf->template_folder[0] != '\0')
		return conf->template_folder;
	return of_build != NULL ? of_build : TEMPLATES;
}

static int
add_template(struct house *house, struct notice_set *set, const char *folder,
    const char *name)
{
	char *path = arena_print(house->arena, "%s/%s", folder, name);
	const char *why;
	struct span text;

	if (house_read_file(
		house->arena, path, TEMPLATE_MAX, &text, &why) < 0) {
		fprintf(stderr, "%s: %s\n", path, why);
		return -1;
	}
	if (notice_set_add(set, name, text, &why) < 0) {
		fprintf(stderr, "%s/%s\n", folder, why);
		return -1;
	}
	return 0;
}

static bool
is_template(const char *name)
{
	const char *dot = strrchr(name, '.');

	return name[0] != '.' && dot != NULL &&
	    (strcmp(dot, ".txt") == 0 || strcmp(dot, ".html") == 0 ||
		strcmp(dot, ".sms") == 0);
}

/* The files of one language; counts those that are wrong, and the folder that
 * cannot be read as one. */
static struct notice_set *
load_language(struct house *house, const char *language, int *wrong)
{
	char *folder = arena_print(house->arena, "%s/%s",
	    texts_folder(house->conf), language);
	struct notice_set *set = notice_set_new(house->arena, language);
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (dir == NULL) {
		fprintf(stderr, "%s: %s: the templates of language \"%s\" "
				"are looked for here; template_folder names "
				"another place\n",
		    folder, strerror(errno), language);
		++*wrong;
		return set;
	}
	while ((entry = readdir(dir)) != NULL)
		if (is_template(entry->d_name) &&
		    add_template(house, set, folder, entry->d_name) < 0)
			++*wrong;
	closedir(dir);
	return set;
}

static void
note_lacking(struct house *house, struct buf *lacking,
    const struct notice_set *set, bool is_conf)
{
	const char *folder = texts_folder(house->conf);
	const char *language = notice_set_language(set);
	const char *file = is_conf ? NULL : notice_set_missing(set);
	const char *key = notice_set_unsaid(set);

	if (file != NULL)
		buf_print(lacking,
		    "advice: %s/%s/%s: missing; said in \"%s\" instead\n",
		    folder, language, file, house->conf->language);
	if (key != NULL)
		buf_print(lacking,
		    "advice: %s/%s/words.txt: %s is missing; said in English "
		    "instead\n",
		    folder, language, key);
}

/* A language is a folder with a tag's name: "nl", "pt-br". */
static bool
is_language(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz-");

	return len >= 2 && name[len] == '\0' && name[0] != '-';
}

static void
load_others(struct house *house, const struct notice_set **sets,
    struct buf *lacking, int *wrong)
{
	const char *folder = texts_folder(house->conf);
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t count = 1;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (!is_language(entry->d_name) || count == LANGUAGES_MAX ||
		    strcmp(entry->d_name, house->conf->language) == 0)
			continue;
		sets[count] = load_language(house,
		    arena_copy_text(house->arena, entry->d_name), wrong);
		note_lacking(house, lacking, sets[count], false);
		count++;
	}
	if (dir != NULL)
		closedir(dir);
}

int
texts_load(struct house *house)
{
	const struct conf *conf = house->conf;
	const struct notice_set **sets =
	    arena_take_many(house->arena, LANGUAGES_MAX + 1, sizeof *sets);
	struct buf lacking = buf_in(house->arena);
	const char *missing;
	int wrong = 0;

	sets[0] = load_language(house, conf->language, &wrong);
	missing = notice_set_missing(sets[0]);
	if (wrong == 0 && missing != NULL) {
		fprintf(stderr, "%s/%s/%s: missing; copy it from those that "
				"were installed\n",
		    texts_folder(conf),
		    conf->language, missing);
		wrong++;
	}
	note_lacking(house, &lacking, sets[0], true);
	load_others(house, sets, &lacking, &wrong);
	house->core.notices = sets;
	house->lacking = buf_text(&lacking);
	return wrong ? EX_CONFIG : EX_OK;
}
