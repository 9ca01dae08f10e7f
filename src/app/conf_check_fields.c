#include <string.h>

#include "creation.h"

#include "conf_check_fields.h"

static void
check_table(struct checking *checking, const char *const *const *place)
{
	size_t count = 0;

	for (const char *const *one = *place; *one != NULL; one++, count++) {
		if (**one == '\0' || strlen(*one) > CREATION_VALUE_MAX)
			WRONG(place, "has a value that is empty or longer "
				     "than %d octets",
			    CREATION_VALUE_MAX);
		for (const char *const *other = *place; other < one; other++)
			if (conf_same(*one, *other))
				WRONG(place, "\"%s\" is there twice", *one);
	}
	if (count > CONF_TABLE_MAX)
		WRONG(place, "has %zu values, more than %d", count,
		    CONF_TABLE_MAX);
}

static struct span
name_of(const char *row)
{
	return span_trim((struct span){row, strcspn(row, ":")});
}

static void
check_rows(struct checking *checking, const struct service *service)
{
	size_t count = 0;

	for (const char *const *row = service->fields; *row != NULL;
	     row++, count++) {
		struct span name = name_of(*row);
		const char *key = creation_key(
		    checking->wrongs->arena, service, name);

		if (key == NULL)
			WRONG(&service->fields,
			    "\"%s\" begins with no key of 1 to %d octets: "
			    "\"EIP: public IP\"",
			    *row, CREATION_KEY_MAX);
		/* The first that has the name takes the line. */
		else if (strlen(key) != name.len ||
		    memcmp(key, name.at, name.len) != 0)
			WRONG(&service->fields,
			    "\"%s\" is a name of \"%s\" already", *row, key);
		for (const char *const *other = service->fields; other < row;
		     other++)
			if (key != NULL && name_of(*other).len == name.len &&
			    span_is(name_of(*other), key))
				WRONG(&service->fields,
				    "\"%s\" is there twice", key);
	}
	if (count > CREATION_LINES_MAX)
		WRONG(&service->fields, "has %zu keys, more than %d", count,
		    CREATION_LINES_MAX);
}

/* All keys, for whoever mistyped one. */
static const char *
key_near(struct checking *checking, const struct service *service,
    const char *name)
{
	static const char *const usual[] = {"Problem type", "Region", "EIP",
	    "ECS ID", "Remote login port", NULL};
	const char *names[CREATION_LINES_MAX + 3] = {usual[0], usual[1]};
	size_t count = 2;

	if (*service->fields == NULL)
		return conf_near(checking->wrongs->arena, name, usual);
	for (const char *const *row = service->fields;
	     *row != NULL && count < CREATION_LINES_MAX + 2; row++)
		names[count++] = arena_copy(
		    checking->wrongs->arena, name_of(*row));
	return conf_near(checking->wrongs->arena, name, names);
}

void
conf_check_fields(struct checking *checking, const struct service *service)
{
	check_rows(checking, service);
	check_table(checking, &service->problem_types);
	check_table(checking, &service->regions);
	for (const char *const *name = service->form; *name != NULL; name++)
		if (creation_key(checking->wrongs->arena, service,
			span_of(*name)) == NULL)
			WRONG(&service->form, "there is no key \"%s\"%s",
			    *name, key_near(checking, service, *name));
}

void
conf_check_agreement(struct checking *checking)
{
	struct policy *policy = &checking->conf->policy;

	if (*policy->agreement_version != '\0' && *policy->agreement == '\0')
		WRONG(&policy->agreement_version,
		    "needs a text beside it: what is agreed to");
	if (*policy->agreement_version == '\0' && *policy->agreement != '\0')
		WRONG(&policy->agreement,
		    "needs a version beside it, which tickets keep");
}
