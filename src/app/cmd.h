/* cmd: the subcommands of gatepost, one row and one file each. */
#ifndef APP_CMD_H
#define APP_CMD_H

#include <stdbool.h>

/* What stands before the subcommand's own arguments. */
struct cmd_line {
	const char *conf_path;
	bool json;
	int argc;    /* the subcommand's arguments, without its name */
	char **argv;
};

struct cmd {
	const char *name;
	const char *arguments; /* "[--json] FILE..." */
	const char *help;      /* one sentence */
	int (*run)(const struct cmd_line *line); /* an exit code, sysexits.h */
};

extern const struct cmd cmd_table[]; /* ends with a name of NULL */

int cmd_check(const struct cmd_line *line);
int cmd_demo(const struct cmd_line *line);
int cmd_explain(const struct cmd_line *line);
int cmd_help(const struct cmd_line *line);
int cmd_history(const struct cmd_line *line);
int cmd_limits(const struct cmd_line *line);
int cmd_services(const struct cmd_line *line);
int cmd_ingest(const struct cmd_line *line);
int cmd_init(const struct cmd_line *line);
int cmd_key(const struct cmd_line *line);
int cmd_list(const struct cmd_line *line);
int cmd_preview(const struct cmd_line *line);
int cmd_quota(const struct cmd_line *line);
int cmd_users(const struct cmd_line *line);
int cmd_run(const struct cmd_line *line);
int cmd_show(const struct cmd_line *line);
int cmd_status(const struct cmd_line *line);
int cmd_held(const struct cmd_line *line);
int cmd_undo(const struct cmd_line *line);

/* EX_USAGE, after saying how the subcommand is called. */
int cmd_usage(const char *name);
/* As a terminal may show it: the words of a mail do not drive it. EX_OK, or
 * EX_IOERR when standard output could not take it all. */
int cmd_print(const char *text);
/* {"file": path}: the answer of what makes a file or a folder. */
int cmd_print_file(const char *path);

#endif
