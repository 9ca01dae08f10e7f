#include <string.h>

#include "buf.h"

#include "conf.h"
#include "conf_keys.h"
#include "conf_value.h"

/* Comments of the example end before this column. */
#define COLUMN 76

/* One word after the other, in lines that begin with `margin`. */
static void
fill(struct buf *out, const char *margin, const char *text)
{
	size_t column = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, " ");

		if (column == 0 || column + 1 + len > COLUMN) {
			buf_print(out, "%s%s", column == 0 ? "" : "\n", margin);
			/* A tab of the margin is eight columns. */
			column = strlen(margin) + (*margin == '\t' ? 7 : 0);
			column -= 1;
		} else {
			buf_put(out, ' ');
		}
		buf_add(out, (struct span){text, len});
		column += 1 + len;
		text += len;
		text += *text == ' ';
	}
	buf_put(out, '\n');
}

/* A value as the file has it; lists are written with commas in the table. */
static void
put_value(struct buf *out, const struct conf_key *key, const char *value)
{
	if (key->type == CONF_COUNT || key->type == CONF_FLAG)
		buf_add_text(out, value);
	else if (key->type != CONF_TEXTS)
		buf_print(out, "\"%s\"", value);
	else if (*value == '\0')
		buf_add_text(out, "[ ]");
	else
		buf_print(out, "[ \"%s\" ]", value);
}

static const char *
bounds(struct arena *arena, const struct conf_key *key)
{
	struct buf words = buf_in(arena);

	if (key->type == CONF_COUNT)
		return arena_print(arena, "%lld to %lld", (long long)key->least,
		    (long long)key->most);
	if (key->type == CONF_TIME)
		return arena_print(arena, "%s to %s",
		    conf_time_text(arena, key->least),
		    conf_time_text(arena, key->most));
	if (key->type == CONF_OCTETS)
		return arena_print(arena, "%s to %s",
		    conf_octets_text(arena, key->least),
		    conf_octets_text(arena, key->most));
	if (key->type != CONF_WORD)
		return "";
	for (const struct conf_word *word = key->words; word->word != NULL;
	     word++)
		buf_print(
		    &words, "%s%s", words.len > 0 ? ", " : "", word->word);
	return buf_text(&words);
}

static void
example_key(struct buf *out, const struct conf_key *key)
{
	const char *value = key->example != NULL     ? key->example
			    : key->otherwise != NULL ? key->otherwise
						     : "";
	const char *limits = bounds(out->arena, key);

	buf_put(out, '\n');
	fill(out, "\t# ",
	    *limits == '\0'
		? key->help
		: arena_print(out->arena, "%s (%s)", key->help, limits));
	buf_print(
	    out, "\t%s%s = ", key->example != NULL ? "" : "# ", key->name);
	put_value(out, key, value);
	buf_add_text(out, ";\n");
}

static void
example_section(struct buf *out, const struct conf_section *section)
{
	bool list = section->item != 0;

	buf_put(out, '\n');
	fill(out, "# ", section->help);
	buf_print(out, "%s: %s", section->name, list ? "(\n{" : "{");
	for (const struct conf_key *key = section->keys; key->name != NULL;
	     key++)
		example_key(out, key);
	buf_add_text(out, list ? "}\n);\n" : "};\n");
}

/* The other files, each once, in the order of the table. */
static void
example_includes(struct buf *out, const char *file)
{
	const char *last = file;

	buf_put(out, '\n');
	for (const struct conf_section *section = conf_sections();
	     section->name != NULL; section++) {
		if (strcmp(section->file, last) == 0 ||
		    strcmp(section->file, file) == 0)
			continue;
		buf_print(out, "@include \"%s\"\n", section->file);
		last = section->file;
	}
}

char *
conf_example(struct arena *arena, const char *file)
{
	struct buf out = buf_in(arena);
	bool main = strcmp(file, "gatepost.conf") == 0;
	bool known = false;

	buf_print(&out, "# %s: %s\n", file,
	    main ? "the conf of Gatepost, with every key there is."
		 : "included by gatepost.conf.");
	if (main)
		fill(&out, "# ",
		    "A key that is commented out shows its "
		    "default. gatepost check says what is wrong, by file and "
		    "line. See gatepost.conf(5).");
	for (const struct conf_section *section = conf_sections();
	     section->name != NULL; section++) {
		if (strcmp(section->file, file) != 0)
			continue;
		known = true;
		example_section(&out, section);
	}
	if (main)
		example_includes(&out, file);
	return known ? buf_text(&out) : NULL;
}

/* Text that troff takes as it is. */
static void
put_troff(struct buf *out, const char *text)
{
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '-')
			buf_add_text(out, "\\-");
		else if (*c == '\\')
			buf_add_text(out, "\\e");
		else if (c == text && (*c == '.' || *c == '\''))
			buf_print(out, "\\&%c", *c);
		else
			buf_put(out, *c);
	}
}

static const char *
kind_of(const struct conf_key *key)
{
	switch (key->type) {
	case CONF_COUNT:
		return "number";
	case CONF_OCTETS:
		return "size";
	case CONF_TIME:
		return "time";
	case CONF_FLAG:
		return "true or false";
	case CONF_WORD:
		return "one of";
	case CONF_TEXTS:
		return "list";
	case CONF_ADDRESS:
		return "mail address";
	case CONF_HOST:
		return "host";
	case CONF_NAME:
		return "name";
	case CONF_PATH:
	case CONF_SECRET:
	case CONF_SECRET_PATH:
		return "path";
	case CONF_TEXT:
	case CONF_PREFIX:
	case CONF_CREDENTIAL:
	case CONF_CREDENTIAL_PATH:
		break;
	}
	return "text";
}

static void
manual_key(struct buf *out, const struct conf_key *key)
{
	const char *limits = bounds(out->arena, key);

	buf_add_text(out, ".TP\n.B ");
	put_troff(out, key->name);
	buf_print(out, "\n(%s", kind_of(key));
	if (*limits != '\0') {
		buf_put(out, ' ');
		put_troff(out, limits);
	}
	if (key->otherwise == NULL)
		buf_add_text(out, "; must be said");
	else if (*key->otherwise != '\0') {
		buf_add_text(out, "; default ");
		put_troff(out, key->otherwise);
	}
	buf_add_text(out, ")\n.br\n");
	put_troff(out, key->help);
	buf_put(out, '\n');
}

char *
conf_manual(struct arena *arena)
{
	struct buf out = buf_in(arena);

	buf_add_text(&out, ".SH CONFIGURATION\n");
	for (const struct conf_section *section = conf_sections();
	     section->name != NULL; section++) {
		buf_print(&out, ".SS %s %s\n", section->name,
		    section->item != 0 ? "( { ... }, ... )" : "{ ... }");
		put_troff(&out, section->help);
		buf_print(&out, "\nExample file:\n.IR %s .\n", section->file);
		for (const struct conf_key *key = section->keys;
		     key->name != NULL; key++)
			manual_key(&out, key);
	}
	return buf_text(&out);
}
