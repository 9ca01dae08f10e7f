#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"

#include "cmd.h"
#include "conf.h"
#include "key_file.h"

#define SYSTEM_FOLDER "/etc/gatepost"

static const char *const files[] = {"gatepost.conf", "mailboxes.conf",
    "people.conf", "plans.conf", "services.conf", "notices.conf", "sms.conf"};

/* Puts `line` where the example has the commented default of its key. */
static char *
with_line(struct arena *arena, char *text, const char *key, const char *value)
{
	struct buf out = buf_in(arena);
	char *at = strstr(text, arena_print(arena, "# %s = ", key));
	size_t len = at ? strcspn(at, "\n") : 0;

	if (at == NULL)
		return text;
	buf_add(&out, span_from(text, at));
	buf_print(&out, "%s = \"%s\";", key, value);
	buf_add_text(&out, at + len);
	return buf_text(&out);
}

static int
write_new(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	size_t len = strlen(text);
	int code = EX_OK;

	if (fd < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return EX_CANTCREAT;
	}
	if (write(fd, text, len) != (ssize_t)len) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		code = EX_IOERR;
	}
	close(fd);
	return code;
}

static int
init(struct arena *arena, const char *folder)
{
	char *key = arena_print(arena, "%s/master.key", folder);
	int code;

	if (mkdir(folder, 0750) < 0 && errno != EEXIST) {
		fprintf(stderr, "%s: %s\n", folder, strerror(errno));
		return EX_CANTCREAT;
	}
	code = key_file_new(key);
	for (size_t i = 0; i < sizeof files / sizeof *files && code == EX_OK;
	     i++) {
		char *text = conf_example(arena, files[i]);

		/* There the defaults are right: the state is under /var. */
		if (i == 0 && strcmp(folder, SYSTEM_FOLDER) != 0) {
			text = with_line(arena, text, "state_folder",
			    arena_print(arena, "%s/state", folder));
			text = with_line(
			    arena, text, "master_key_file", key);
		}
		code = write_new(
		    arena_print(arena, "%s/%s", folder, files[i]), text);
	}
	return code;
}

int
cmd_init(const struct cmd_line *line)
{
	struct arena *arena;
	char folder[4096];
	int code;

	if (line->argc != 1)
		return cmd_usage("init");
	arena = arena_new(0);
	/* The conf names its files by whole paths: where it is read from
	 * must not matter. */
	if (line->argv[0][0] == '/')
		snprintf(folder, sizeof folder, "%s", line->argv[0]);
	else if (getcwd(folder, sizeof folder) == NULL)
		folder[0] = '\0';
	if (line->argv[0][0] != '/')
		code = init(arena,
		    arena_print(arena, "%s/%s", folder, line->argv[0]));
	else
		code = init(arena, folder);
	if (code == EX_OK && line->json)
		code = cmd_print_file(line->argv[0]);
	else if (code == EX_OK)
		printf("%s holds a first conf and its master key.\n"
		       "Next: write your mailbox into mailboxes.conf, your "
		       "relay into notices.conf and your people\ninto "
		       "people.conf, put the passwords into imap.pass and "
		       "smtp.pass (mode 0400), and try\n"
		       "  gatepost -c %s/gatepost.conf check\n"
		       "  gatepost -c %s/gatepost.conf run\n",
		    line->argv[0], line->argv[0], line->argv[0]);
	arena_free(arena);
	return code;
}
