#include <sysexits.h>

#include "arena.h"
#include "buf.h"
#include "json.h"

#include "decide.h"
#include "limit.h"

#include "cmd.h"
#include "house.h"

/* As /limits tells them by mail. */
static int
tell(const struct house *house, bool json_wanted)
{
	struct buf text = buf_in(house->arena);
	struct json json = json_in(house->arena);
	struct limit limit = limits_at(house->core.policy, 0);

	json_array(&json, NULL);
	for (size_t i = 1; limit.key != NULL; i++) {
		const char *sentence = decide_reason(house->arena,
		    arena_print(house->arena, "%s:%lld", limit.key,
			(long long)limit.most));

		buf_print(&text, "%s\n", sentence);
		json_object(&json, NULL);
		json_text(&json, "limit", limit.key);
		json_number(&json, "most", limit.most);
		json_text(&json, "help", sentence);
		json_end_object(&json);
		limit = limits_at(house->core.policy, i);
	}
	json_end_array(&json);
	buf_put(&json.out, '\n');
	return cmd_print(buf_text(json_wanted ? &json.out : &text));
}

int
cmd_limits(const struct cmd_line *line)
{
	struct house house;
	int code;

	if (line->argc != 0)
		return cmd_usage("limits");
	code = house_open(&house, line->conf_path);
	if (code == EX_OK)
		code = tell(&house, line->json);
	house_close(&house);
	return code;
}
