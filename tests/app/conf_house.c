#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"

#include "conf_house.h"

/* A conf that is right. */
static const char good[] =
    /* 1 */
    "desk: { name = \"D\"; domain = \"d.example\"; };\n"
    /* 2 */ "clock: { remind_after = \"2h\"; remind_most = 3; };\n"
    /* 3 */ "privacy: { keep_months = 2; acknowledge_strangers = false; };\n"
    /* 4 */ "ladder: { append = \"customer\"; };\n"
    /* 5 */ "limits: { mail = \"1MiB\"; };\n"
    /* 6 */ "mailboxes: ( { name = \"support\"; kind = \"imap\";\n"
    /* 7 */ "address = \"support@d.example\"; service = \"help\";\n"
    /* 8 */ "host = \"imap.d.example\"; user = \"u\"; port = 994;\n"
    /* 9 */ "password_file = \"secret\"; authserv_ids = [ \"mx\" ];\n"
    /* 10 */ "} );\n"
    /* 11 */ "engineers: ( { name = \"anna\"; address = \"a@d.example\"; },\n"
    /* 12 */ "{ name = \"bob\"; address = \"b@d.example\"; } );\n"
    /* 13 */ "accounts: ( { name = \"acme\"; domains = [ \"acme.org\" ]; },\n"
    /* 14 */ "{ name = \"corp\"; addresses = [ \"x@corp.org\" ]; } );\n"
    /* 15 */ "services: ( { name = \"help\"; owners = [ \"anna\" ]; },\n"
    /* 16 */ "{ name = \"net\"; tag = \"n\"; owners = [ \"bob\" ]; } );\n"
    /* 17 */ "mail: { host = \"smtp.d.example\"; user = \"u\";\n"
    /* 18 */ "password_file = \"secret\"; };\n"
    /* 19 */ "sms: { enabled = true; url = \"https://g.example/\";\n"
    /* 20 */ "countries = [ \"+49\" ]; };\n"
    /* 21 */ "groups: ( { name = \"it\"; account = \"acme\";\n"
    /* 22 */ "roles = [ \"operator\" ]; } );\n"
    /* 23 */ "users: ( { name = \"jan\"; address = \"jan@acme.org\";\n"
    /* 24 */ "account = \"acme\"; groups = [ \"it\" ]; } );\n"
    /* 25 */ "calendars: ( { name = \"office\"; zone = \"CET-1\";\n"
    /* 26 */ "hours = [ \"mon-fri 09:00-17:00\" ];\n"
    /* 27 */ "holidays = [ \"12-25\" ]; } );\n"
    /* 28 */ "plans: ( { name = \"gold\"; quota = 50;\n"
    /* 29 */ "answers = [ \"critical 1h\", \"minor 8h\" ];\n"
    /* 30 */ "calendar = \"office\"; } );\n";

void
house_put(struct house *house, const char *name, const char *text, mode_t mode)
{
	const char *path =
	    arena_print(house->arena, "%s/%s", house->folder, name);
	FILE *file;

	unlink(path);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(chmod(path, mode), 0);
}

struct house
house_new(void)
{
	struct house house = {.arena = arena_new(0)};

	strcpy(house.folder, "/tmp/gatepost-conf-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(house.folder));
	house_put(&house, "secret", "pw\n", 0400);
	house_put(&house, "open", "pw\n", 0440);
	house_put(&house, "empty", "\n", 0400);
	house_put(&house, "lines", "a\nb\n", 0400);
	unsetenv("CREDENTIALS_DIRECTORY");
	return house;
}

void
house_free(struct house *house)
{
	const char *command =
	    arena_print(house->arena, "rm -rf %s", house->folder);

	ck_assert_int_eq(system(command), 0);
	arena_free(house->arena);
}

const struct conf *
house_load(struct house *house, const char *text, const char **errors_r)
{
	house_put(house, "gatepost.conf", text, 0644);
	*errors_r = "";
	return conf_load(house->arena,
	    arena_print(house->arena, "%s/gatepost.conf", house->folder),
	    errors_r);
}

const char *
house_good(void)
{
	return good;
}

char *
house_changed(struct arena *arena, const char *from, const char *to)
{
	const char *at = strstr(good, from);
	struct buf text = buf_in(arena);

	ck_assert_msg(at != NULL, "not in the good conf: %s", from);
	buf_add(&text, span_from(good, at));
	buf_add_text(&text, to);
	buf_add_text(&text, at + strlen(from));
	return buf_text(&text);
}
