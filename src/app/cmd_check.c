#include <stdio.h>
#include <sysexits.h>

#include <sodium.h>

#include "people.h"

#include "cmd.h"
#include "house.h"

/* What is right and will still surprise. */
static void
advise(const struct house *house)
{
	const struct conf *conf = house->conf;

	for (size_t i = 0; i < conf->mailbox_count; i++) {
		const struct door *door = &conf->mailboxes[i].door;

		if (door->authserv_ids == NULL || door->authserv_ids[0] == NULL)
			printf("advice: mailbox %s has no authserv_ids: "
			       "nobody vouches for who writes, so engineers' "
			       "answers are held\n",
			    door->name);
	}
	for (size_t i = 0; i < conf->people.service_count; i++)
		if (conf->people.services[i].owner_count == 0)
			printf("advice: service %s has no owners: nobody is "
			       "told of its tickets\n",
			    conf->people.services[i].name);
}

int
cmd_check(const struct cmd_line *line)
{
	struct house house;
	int code;

	if (line->argc > 0)
		return cmd_usage("check");
	code = house_open(&house, line->conf_path);
	if (code == EX_OK)
		code = house_key(&house);
	sodium_memzero(house.master, sizeof house.master);
	if (code == EX_OK) {
		advise(&house);
		printf("%s: %zu mailboxes, %zu services, %zu engineers; the "
		       "templates of language \"%s\" are whole\n",
		    line->conf_path, house.conf->people.door_count,
		    house.conf->people.service_count,
		    house.conf->people.engineer_count, house.conf->language);
	}
	house_close(&house);
	return code;
}
