#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "conf_check.h"
#include "conf_keys.h"
#include "conf_scan.h"
#include "conf_take.h"
#include "conf_wrong.h"

/* Several keys may fill one place (a password's file, its credential): what
 * was said wins over what was not, and only one may be said. */
static bool
takes_place(struct conf_loading *loading, const struct conf_arrival *to)
{
	const struct conf_mark *mark = conf_marked(loading->wrongs, to->place);

	if (mark != NULL && !to->said)
		return false;
	if (mark != NULL && mark->said)
		conf_wrong(loading->wrongs, to->where,
		    "says again what line %d says; keep one of them",
		    mark->where.line);
	conf_mark(loading->wrongs, to->place, to->where, to->said);
	return true;
}

static struct conf_where
where_of(const config_setting_t *setting, const char *key)
{
	const char *path = config_setting_source_file(setting);
	const char *slash = path == NULL ? NULL : strrchr(path, '/');

	return (struct conf_where){.file = slash != NULL  ? slash + 1
					   : path == NULL ? "?"
							  : path,
	    .line = (int)config_setting_source_line(setting),
	    .key = key};
}

/* libconfig's tree is gone after loading: its lines stay, its names do not. */
static struct conf_where
kept_where(struct conf_loading *loading, const config_setting_t *setting,
    const char *key)
{
	struct conf_where where = where_of(setting, key);

	where.file = arena_copy_text(loading->arena, where.file);
	return where;
}

static void
take_texts(struct conf_loading *loading, const struct conf_arrival *to,
    const config_setting_t *setting)
{
	size_t count =
	    setting == NULL ? 0 : (size_t)config_setting_length(setting);
	const char **texts =
	    arena_take_many(loading->arena, count + 1, sizeof *texts);
	struct conf_key element = {
	    .type = to->key->element, .width = sizeof *texts};
	struct conf_arrival one = {.key = &element, .said = true};

	for (size_t i = 0; i < count; i++) {
		const config_setting_t *item =
		    config_setting_get_elem(setting, (unsigned)i);
		const char *text = config_setting_get_string(item);

		texts[i] = "";
		one.place = &texts[i];
		one.where = kept_where(loading, item, to->where.key);
		if (text == NULL)
			conf_wrong(loading->wrongs, one.where,
			    "wants texts in quotes: [ \"a\", \"b\" ]");
		else
			conf_take_text(loading, &one, text);
	}
	conf_put_text(to, (const char *)texts);
	if (to->key->count_offset != 0)
		memcpy(
		    (char *)to->place - to->key->offset + to->key->count_offset,
		    &count, sizeof count);
	if (count == 0 && to->key->otherwise == NULL)
		conf_wrong(
		    loading->wrongs, to->where, "is empty; name at least one");
}

/* What a value of this type looks like, for whoever wrote another type. */
static const char *
wanted(enum conf_type type)
{
	if (type == CONF_COUNT)
		return "wants a number, without quotes";
	if (type == CONF_FLAG)
		return "wants true or false, without quotes";
	if (type == CONF_TEXTS)
		return "wants a list: [ \"a\", \"b\" ]";
	if (type == CONF_TIME)
		return "wants a time in quotes: \"90s\", \"15m\", \"4h\" or "
		       "\"3d\"";
	if (type == CONF_OCTETS)
		return "wants a size in quotes: \"512\", \"64KiB\" or "
		       "\"32MiB\"";
	return "wants a text in quotes";
}

static void
take_setting(struct conf_loading *loading, const struct conf_arrival *to,
    const config_setting_t *setting)
{
	int type = config_setting_type(setting);
	bool yes;

	if (to->key->type == CONF_COUNT &&
	    (type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64)) {
		int64_t value = config_setting_get_int64(setting);

		if (type == CONFIG_TYPE_INT)
			value = config_setting_get_int(setting);
		if (conf_between(loading, to, value))
			conf_put_number(to, value);
	} else if (to->key->type == CONF_FLAG && type == CONFIG_TYPE_BOOL) {
		yes = config_setting_get_bool(setting) != 0;
		memcpy(to->place, &yes, sizeof yes);
	} else if (to->key->type == CONF_TEXTS &&
		   (type == CONFIG_TYPE_ARRAY || type == CONFIG_TYPE_LIST)) {
		take_texts(loading, to, setting);
	} else if (type == CONFIG_TYPE_STRING && to->key->type != CONF_COUNT &&
		   to->key->type != CONF_FLAG && to->key->type != CONF_TEXTS) {
		conf_take_text(loading, to, config_setting_get_string(setting));
	} else {
		conf_wrong(
		    loading->wrongs, to->where, "%s", wanted(to->key->type));
	}
}

static void
take_default(struct conf_loading *loading, const struct conf_arrival *to)
{
	bool yes;

	if (to->key->otherwise == NULL) {
		conf_wrong(loading->wrongs, to->where,
		    "is missing; it has no default");
		conf_put_text(to, "");
		if (to->key->type == CONF_TEXTS)
			conf_put_text(to,
			    arena_take(loading->arena, sizeof(const char *)));
	} else if (to->key->type == CONF_COUNT) {
		conf_put_number(to, strtol(to->key->otherwise, NULL, 10));
	} else if (to->key->type == CONF_FLAG) {
		yes = strcmp(to->key->otherwise, "true") == 0;
		memcpy(to->place, &yes, sizeof yes);
	} else if (to->key->type == CONF_TEXTS) {
		take_texts(loading, to, NULL);
	} else {
		conf_take_text(loading, to, to->key->otherwise);
	}
}

/* NULL-terminated names of a section's keys, or of the sections. */
static const char *const *
names_of(struct conf_loading *loading, const struct conf_section *section)
{
	const char **names = arena_take_many(loading->arena, 64, sizeof *names);
	size_t count = 0;

	if (section != NULL) {
		for (const struct conf_key *key = section->keys;
		     key->name != NULL && count < 63; key++)
			names[count++] = key->name;
		return names;
	}
	for (section = conf_sections(); section->name != NULL; section++)
		names[count++] = section->name;
	return names;
}

static void
refuse_unknown(struct conf_loading *loading, const config_setting_t *group,
    const char *prefix, const char *const *names)
{
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *setting =
		    config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(setting);
		const char *const *known = names;

		while (*known != NULL && strcmp(*known, name) != 0)
			known++;
		if (*known != NULL)
			continue;
		conf_wrong(loading->wrongs,
		    where_of(
			setting, arena_print(loading->arena, "%s%s%s", prefix,
				     *prefix == '\0' ? "" : ".", name)),
		    "unknown key%s", conf_near(loading->arena, name, names));
	}
}

/* `group` NULL: nothing of the section is said. */
static void
take_group(struct conf_loading *loading, const struct conf_section *section,
    const config_setting_t *group, const char *prefix, char *base)
{
	struct conf_where where = loading->top;

	if (group != NULL && !config_setting_is_group(group)) {
		conf_wrong(loading->wrongs, where_of(group, prefix),
		    "wants keys in braces: { name = \"...\"; }");
		group = NULL;
	}
	if (group != NULL) {
		where = kept_where(loading, group, prefix);
		refuse_unknown(
		    loading, group, prefix, names_of(loading, section));
	}
	for (const struct conf_key *key = section->keys; key->name != NULL;
	     key++) {
		const config_setting_t *setting =
		    group == NULL
			? NULL
			: config_setting_get_member(
			      (config_setting_t *)(uintptr_t)group, key->name);
		struct conf_arrival to = {
		    key, base + key->offset, where, setting != NULL};

		if (setting != NULL)
			to.where = kept_where(loading, setting, NULL);
		to.where.key =
		    arena_print(loading->arena, "%s.%s", prefix, key->name);
		if (!takes_place(loading, &to))
			continue;
		if (setting != NULL)
			take_setting(loading, &to, setting);
		else
			take_default(loading, &to);
	}
}

static void
take_list(struct conf_loading *loading, const struct conf_section *section,
    const config_setting_t *list, struct conf *conf)
{
	size_t count = 0;
	char *items;

	if (list != NULL && !config_setting_is_list(list))
		conf_wrong(loading->wrongs, where_of(list, section->name),
		    "wants a list of groups: ( { name = \"...\"; }, ... )");
	else if (list != NULL)
		count = (size_t)config_setting_length(list);
	items = arena_take_many(loading->arena, count + 1, section->item);
	for (size_t i = 0; i < count; i++)
		take_group(loading, section,
		    config_setting_get_elem(list, (unsigned)i),
		    arena_print(loading->arena, "%s[%zu]", section->name, i),
		    items + i * section->item);
	memcpy((char *)conf + section->offset, &items, sizeof items);
	memcpy((char *)conf + section->count_offset, &count, sizeof count);
	conf_mark(loading->wrongs, (char *)conf + section->offset,
	    list == NULL
		? (struct conf_where){loading->top.file, 1, section->name}
		: kept_where(loading, list, section->name),
	    list != NULL);
}

static void
take_tree(struct conf_loading *loading, const config_t *tree, struct conf *conf)
{
	const config_setting_t *root = config_root_setting(tree);

	refuse_unknown(loading, root, "", names_of(loading, NULL));
	for (const struct conf_section *section = conf_sections();
	     section->name != NULL; section++) {
		const config_setting_t *setting = config_setting_get_member(
		    (config_setting_t *)(uintptr_t)root, section->name);

		if (section->item != 0)
			take_list(loading, section, setting, conf);
		else
			take_group(loading, section, setting, section->name,
			    (char *)conf);
	}
}

static bool
parse(struct conf_loading *loading, config_t *tree, const char *path)
{
	const char *file, *slash;

	config_set_include_dir(tree, loading->folder);
	if (config_read_file(tree, path) == CONFIG_TRUE)
		return true;
	file = config_error_file(tree);
	slash = file == NULL ? NULL : strrchr(file, '/');
	conf_wrong(loading->wrongs,
	    (struct conf_where){slash != NULL  ? slash + 1
				: file != NULL ? file
					       : loading->top.file,
		config_error_line(tree), ""},
	    "%s; look here and at the end of the line above",
	    config_error_text(tree));
	return false;
}

/* The folder without links, so that it stays right wherever we go. */
static const char *
folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *folder = slash == NULL ? "."
			     : slash == path
				 ? "/"
				 : arena_copy(arena, span_from(path, slash));
	char *whole = realpath(folder, NULL);

	if (whole != NULL)
		folder = arena_copy_text(arena, whole);
	free(whole);
	return folder;
}

const struct conf *
conf_load(struct arena *arena, const char *path, const char **errors_r)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	struct conf_wrongs wrongs = {.arena = arena, .lines = buf_in(arena)};
	struct conf_loading loading = {.arena = arena,
	    .wrongs = &wrongs,
	    .folder = folder_of(arena, path),
	    .top = {name, 1, ""}};
	struct conf *conf = arena_take(arena, sizeof *conf);
	config_t tree;

	conf->path = arena_copy_text(arena, path);
	loading.top.file = arena_copy_text(arena, name);
	config_init(&tree);
	if (conf_scan(&wrongs, loading.folder, name) &&
	    parse(&loading, &tree, path)) {
		take_tree(&loading, &tree, conf);
		if (wrongs.lines.len == 0)
			conf_check(&wrongs, conf);
	}
	config_destroy(&tree);
	if (wrongs.lines.len == 0)
		return conf;
	*errors_r = buf_text(&wrongs.lines);
	return NULL;
}
