#include <string.h>

#include "conf_secret.h"
#include "conf_take.h"
#include "conf_value.h"

void
conf_put_number(const struct conf_arrival *to, int64_t value)
{
	uint32_t narrow = (uint32_t)value;

	if (to->key->width == sizeof narrow)
		memcpy(to->place, &narrow, sizeof narrow);
	else
		memcpy(to->place, &value, sizeof value);
}

void
conf_put_text(const struct conf_arrival *to, const char *text)
{
	memcpy(to->place, &text, sizeof text);
}

static char *
count_text(struct arena *arena, int64_t count)
{
	return arena_print(arena, "%lld", (long long)count);
}

bool
conf_between(
    struct conf_loading *loading, const struct conf_arrival *to, int64_t value)
{
	const struct conf_key *key = to->key;
	char *(*print)(struct arena *, int64_t) =
	    key->type == CONF_TIME     ? conf_time_text
	    : key->type == CONF_OCTETS ? conf_octets_text
				       : count_text;

	if (value >= key->least && value <= key->most)
		return true;
	conf_wrong(loading->wrongs, to->where,
	    "%s is out of range; write %s to %s", print(loading->arena, value),
	    print(loading->arena, key->least),
	    print(loading->arena, key->most));
	return false;
}

static void
take_quantity(struct conf_loading *loading, const struct conf_arrival *to,
    const char *text)
{
	bool time = to->key->type == CONF_TIME;
	int64_t value = 0;

	if (!(time ? conf_time : conf_octets)(text, &value)) {
		conf_wrong(loading->wrongs, to->where,
		    time ? "\"%s\" is no time; write \"90s\", \"15m\", \"4h\" "
			   "or \"3d\""
			 : "\"%s\" is no size; write \"512\", \"64KiB\" or "
			   "\"32MiB\"",
		    text);
		return;
	}
	if (conf_between(loading, to, value))
		conf_put_number(to, time ? value / to->key->unit : value);
}

static void
take_word(struct conf_loading *loading, const struct conf_arrival *to,
    const char *text)
{
	const char *words[16] = {NULL};
	size_t count = 0;
	struct buf all = buf_in(loading->arena);

	for (const struct conf_word *word = to->key->words; word->word != NULL;
	     word++) {
		if (strcmp(word->word, text) == 0) {
			conf_put_number(to, word->value);
			return;
		}
		words[count++] = word->word;
		buf_print(
		    &all, "%s\"%s\"", all.len > 0 ? ", " : "", word->word);
	}
	conf_wrong(loading->wrongs, to->where, "\"%s\" is not one of %s%s",
	    text, buf_text(&all), conf_near(loading->arena, text, words));
}

/* A file's or a credential's path, or what is in it. */
static void
take_secret(struct conf_loading *loading, const struct conf_arrival *to,
    const char *text)
{
	enum conf_type type = to->key->type;
	const char *path = arena_copy_text(loading->arena, text);
	const char *wrong = NULL;

	if (type == CONF_CREDENTIAL || type == CONF_CREDENTIAL_PATH) {
		path = conf_credential_path(loading->arena, text);
		if (path == NULL) {
			conf_wrong(loading->wrongs, to->where,
			    "systemd gives "
			    "no credentials here; add LoadCredential=%s:... to "
			    "the unit, or name a file",
			    text);
			return;
		}
	} else if (*text != '/')
		path =
		    arena_print(loading->arena, "%s/%s", loading->folder, text);
	conf_put_text(to, path);
	if (type == CONF_SECRET || type == CONF_CREDENTIAL) {
		const char *secret = "";

		wrong = conf_secret_read(loading->arena, path, &secret);
		conf_put_text(to, secret);
	}
	if (wrong != NULL)
		conf_wrong(loading->wrongs, to->where, "%s", wrong);
}

void
conf_take_text(struct conf_loading *loading, const struct conf_arrival *to,
    const char *text)
{
	const char *wrong = conf_text_wrong(to->key->type, text);

	if (wrong != NULL) {
		conf_wrong(
		    loading->wrongs, to->where, "\"%s\" %s", text, wrong);
		return;
	}
	if (*text == '\0' && to->key->otherwise == NULL) {
		conf_wrong(loading->wrongs, to->where, "is empty; say it");
		return;
	}
	switch (to->key->type) {
	case CONF_OCTETS:
	case CONF_TIME:
		take_quantity(loading, to, text);
		break;
	case CONF_WORD:
		take_word(loading, to, text);
		break;
	case CONF_SECRET:
	case CONF_CREDENTIAL:
	case CONF_SECRET_PATH:
	case CONF_CREDENTIAL_PATH:
		if (*text != '\0') {
			take_secret(loading, to, text);
			break;
		}
		conf_put_text(to, "");
		break;
	case CONF_PATH:
		conf_put_text(to, *text == '\0' || *text == '/'
				      ? arena_copy_text(loading->arena, text)
				      : arena_print(loading->arena, "%s/%s",
					    loading->folder, text));
		break;
	case CONF_TEXT:
	case CONF_NAME:
	case CONF_ADDRESS:
	case CONF_HOST:
	case CONF_PREFIX:
	case CONF_COUNT:
	case CONF_FLAG:
	case CONF_TEXTS:
		conf_put_text(to, arena_copy_text(loading->arena, text));
		break;
	}
}
