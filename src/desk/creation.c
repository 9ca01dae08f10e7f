#include <string.h>

#include "buf.h"

#include "creation.h"

#define PROBLEM_TYPE "Problem type"
#define REGION	     "Region"

/* A row is "KEY: other name, other name". Every service has these; what
 * its conf says of the same key is looked at before. */
static const char *const always[] = {
    PROBLEM_TYPE ": 问题类型, Probleemtype, نوع المشكلة",
    REGION ": 区域, 地区, Regio, المنطقة",
    CREATION_AGREEMENT ": 协议, Overeenkomst, الاتفاقية", NULL};
/* And these, unless its conf names others. */
static const char *const resources[] = {"EIP: 弹性公网IP",
    "ECS ID: ECS", "Remote login port: 远程登录端口", NULL};

/* ---- keys --------------------------------------------------------------- */

static struct span
row_key(const char *row)
{
	return span_trim((struct span){row, strcspn(row, ":")});
}

static bool
same(struct span a, struct span b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (ascii_lower((unsigned char)a.at[i]) !=
		    ascii_lower((unsigned char)b.at[i]))
			return false;
	return true;
}

static bool
row_has(const char *row, struct span name)
{
	const char *at = row + strcspn(row, ":");

	if (same(row_key(row), name))
		return true;
	while (*at != '\0') {
		size_t len = strcspn(++at, ",");

		if (same(span_trim((struct span){at, len}), name))
			return true;
		at += len;
	}
	return false;
}

static const char *
key_in(struct arena *arena, const char *const *rows, struct span name)
{
	for (; rows != NULL && *rows != NULL; rows++)
		if (row_has(*rows, name))
			return arena_copy(arena, row_key(*rows));
	return NULL;
}

const char *
creation_key(
    struct arena *arena, const struct service *service, struct span name)
{
	bool own = service->fields != NULL && *service->fields != NULL;
	const char *key = NULL;

	if (name.len == 0 || name.len > CREATION_KEY_MAX)
		return NULL;
	if (own)
		key = key_in(arena, service->fields, name);
	if (key == NULL)
		key = key_in(arena, always, name);
	if (key == NULL && !own)
		key = key_in(arena, resources, name);
	return key;
}

const char *const *
creation_table(const struct service *service, const char *key)
{
	const char *const *table = NULL;

	if (span_is(span_of(key), PROBLEM_TYPE))
		table = service->problem_types;
	else if (span_is(span_of(key), REGION))
		table = service->regions;
	return table != NULL && *table != NULL ? table : NULL;
}

/* ---- reading ------------------------------------------------------------ */

/* The colon that people type, or the wide one of Chinese keyboards. */
static bool
split(struct span line, struct span *key_r, struct span *value_r)
{
	static const char wide[] = "\xef\xbc\x9a";

	for (size_t i = 0; i < line.len; i++) {
		size_t colon = line.at[i] == ':' ? 1
		    : line.len - i >= 3 && memcmp(line.at + i, wide, 3) == 0
		    ? 3
		    : 0;

		if (colon == 0)
			continue;
		*key_r = span_trim((struct span){line.at, i});
		*value_r = span_trim((struct span){
		    line.at + i + colon, line.len - i - colon});
		return true;
	}
	return false;
}

static bool
is_there(const struct creation *creation, const char *key)
{
	for (size_t i = 0; i < creation->count; i++)
		if (strcmp(creation->list[i].key, key) == 0)
			return true;
	return false;
}

static struct creation_line
line_of(struct arena *arena, const struct service *service, const char *key,
    struct span value)
{
	const char *const *table = creation_table(service, key);
	struct creation_line line = {
	    key, arena_copy(arena, value), table != NULL};

	for (; table != NULL && *table != NULL; table++) {
		if (same(span_of(*table), value)) {
			line.value = *table;
			line.unknown = false;
		}
	}
	return line;
}

/* A line of the form that was left empty is one as well, and says nothing. */
static bool
read_line(struct arena *arena, const struct service *service,
    struct span line, struct creation *out)
{
	struct span name, value;
	const char *key;

	if (!split(line, &name, &value) || value.len > CREATION_VALUE_MAX)
		return false;
	key = creation_key(arena, service, name);
	if (key == NULL)
		return false;
	if (value.len == 0)
		return true;
	if (out->count == CREATION_LINES_MAX || is_there(out, key))
		return false;
	out->list[out->count++] = line_of(arena, service, key, value);
	return true;
}

struct creation
creation_read(
    struct arena *arena, const struct service *service, const char *text)
{
	struct creation out = {.rest = text};
	const char *at = text;

	while (service != NULL && *at != '\0') {
		struct span line = {at, strcspn(at, "\n")};

		at += line.len + (at[line.len] != '\0');
		/* Between lines of HTML there is often an empty one. */
		if (span_trim(line).len == 0)
			continue;
		if (!read_line(arena, service, line, &out))
			break;
		out.rest = at;
	}
	if (out.count == 0)
		out.rest = text;
	else
		out.rest += strspn(out.rest, "\n");
	return out;
}

bool
creation_agrees(const struct creation *creation)
{
	static const char *const words[] = {"yes", "ja", "akkoord", "是",
	    "同意", "نعم", "موافق"};

	for (size_t i = 0; i < creation->count; i++) {
		if (strcmp(creation->list[i].key, CREATION_AGREEMENT) != 0)
			continue;
		for (size_t w = 0; w < sizeof words / sizeof *words; w++)
			if (span_is(
				span_of(creation->list[i].value), words[w]))
				return true;
	}
	return false;
}

/* ---- the form ----------------------------------------------------------- */

static const struct CreationField *
filled_field(const struct CreationData *filled, const char *key)
{
	for (size_t i = 0; i < filled->n_fields; i++)
		if (strcmp(filled->fields[i]->key, key) == 0)
			return filled->fields[i];
	return NULL;
}

typedef void ask_fn(
    struct buf *out, const struct service *service, const char *key);

static void
ask_key(struct buf *out, const struct service *service, const char *key)
{
	(void)service;
	buf_print(out, "%s%s:", out->len > 0 ? "\n" : "", key);
}

static void
ask_table(struct buf *out, const struct service *service, const char *key)
{
	const char *const *table = creation_table(service, key);

	if (table == NULL)
		return;
	buf_print(out, "%s%s: %s", out->len > 0 ? "\n" : "", key, *table);
	while (*++table != NULL)
		buf_print(out, ", %s", *table);
}

static const char *
ask(struct arena *arena, const struct service *service,
    const struct CreationData *filled, ask_fn *fn)
{
	const char *const *name = service->form;
	struct buf out = buf_in(arena);

	for (; name != NULL && *name != NULL; name++) {
		const char *key = creation_key(arena, service, span_of(*name));

		if (key != NULL && filled_field(filled, key) == NULL)
			fn(&out, service, key);
	}
	for (size_t i = 0; i < filled->n_fields; i++)
		if (filled->fields[i]->unknown)
			fn(&out, service, filled->fields[i]->key);
	return buf_text(&out);
}

const char *
creation_form(struct arena *arena, const struct service *service,
    const struct CreationData *filled)
{
	return ask(arena, service, filled, ask_key);
}

const char *
creation_known(struct arena *arena, const struct service *service,
    const struct CreationData *filled)
{
	return ask(arena, service, filled, ask_table);
}

const char *
creation_text(struct arena *arena, const struct CreationData *filled)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < filled->n_fields; i++)
		buf_print(&out, "%s%s: %s%s", i > 0 ? "\n" : "",
		    filled->fields[i]->key, filled->fields[i]->value,
		    filled->fields[i]->unknown ? " (?)" : "");
	return buf_text(&out);
}

void
creation_fill(struct arena *arena, struct CreationData *filled,
    const char *key, const char *value, bool unknown)
{
	struct CreationField *field = NULL;

	for (size_t i = 0; i < filled->n_fields; i++)
		if (strcmp(filled->fields[i]->key, key) == 0)
			field = filled->fields[i];
	if (field == NULL) {
		field = record_new(arena, &creation_field__descriptor);
		field->key = arena_copy_text(arena, key);
		record_append(arena, (void ***)&filled->fields,
		    &filled->n_fields, field);
	}
	field->value = arena_copy_text(arena, value);
	field->unknown = unknown;
}
