#include <sysexits.h>

#include "arena.h"
#include "buf.h"
#include "json.h"

#include "people.h"

#include "cmd.h"
#include "house.h"

static void
add_service(struct buf *text, struct json *json, const struct service *s,
    bool fallback)
{
	buf_print(text, "%-16s  %s%s%s%s\n", s->name, s->title,
	    s->tag[0] ? "  +" : "", s->tag,
	    fallback ? "  (whatever names no service)" : "");
	json_object(json, NULL);
	json_text(json, "service", s->name);
	json_text(json, "title", s->title);
	json_text(json, "tag", s->tag);
	json_bool(json, "fallback", fallback);
	json_array(json, "owners");
	buf_add_text(text, "  owners: ");
	for (size_t i = 0; i < s->owner_count; i++) {
		buf_print(text, "%s%s", i > 0 ? ", " : "", s->owners[i]);
		json_text(json, NULL, s->owners[i]);
	}
	buf_print(text, "%s\n", s->owner_count > 0 ? "" : "none");
	json_end_array(json);
	json_end_object(json);
}

static int
tell(const struct house *house, bool json_wanted)
{
	const struct people *people = &house->conf->people;
	struct buf text = buf_in(house->arena);
	struct json json = json_in(house->arena);

	json_array(&json, NULL);
	for (size_t i = 0; i < people->service_count; i++)
		add_service(&text, &json, &people->services[i], i == 0);
	json_end_array(&json);
	buf_put(&json.out, '\n');
	return cmd_print(buf_text(json_wanted ? &json.out : &text));
}

int
cmd_services(const struct cmd_line *line)
{
	struct house house;
	int code;

	if (line->argc != 0)
		return cmd_usage("services");
	code = house_open(&house, line->conf_path);
	if (code == EX_OK)
		code = tell(&house, line->json);
	house_close(&house);
	return code;
}
