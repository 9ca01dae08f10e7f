#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "arena.h"
#include "buf.h"
#include "json.h"
#include "utf8.h"

#include "cmd.h"

#define CONF_DEFAULT "/etc/gatepost/gatepost.conf"

const struct cmd cmd_table[] = {
    {"run", "", "read the mailboxes and keep the desk, in the foreground",
	cmd_run},
    {"demo", "[FOLDER]",
	"show the desk at work on mails of its own, without any server",
	cmd_demo},
    {"check", "", "look for mistakes in the conf and the templates",
	cmd_check},
    {"preview", "[--html|--eml] EVENT [LANGUAGE]",
	"show what a notice says, with sample values", cmd_preview},
    {"init", "FOLDER", "make a first conf and its keys in FOLDER", cmd_init},
    {"list", "[--json] [--count] [FILTER...]",
	"list the tickets, or count them by state", cmd_list},
    {"show", "[--json] NUMBER", "tell the whole story of one ticket",
	cmd_show},
    {"history", "[--json] NUMBER", "tell what was done to one ticket",
	cmd_history},
    {"explain", "[--json] FILE...",
	"say how mails would be understood, and change nothing", cmd_explain},
    {"ingest", "FILE|-", "take in one mail from a file or a pipe",
	cmd_ingest},
    {"quota", "[--json] [add ACCOUNT NUMBER]",
	"say how many tickets each account used this month, or add some",
	cmd_quota},
    {"held", "[--json] [show ID | release ID [TICKET] | drop ID]",
	"list the mails that wait for a person, or deal with one", cmd_held},
    {"undo", "[--json] NUMBER",
	"call back an engineer's answer that has not left yet", cmd_undo},
    {"users", "[--json] [ACCOUNT]",
	"say who is in which group of an account, and what each may",
	cmd_users},
    {"limits", "[--json]", "say the limits that people are told of",
	cmd_limits},
    {"services", "[--json]", "say which services there are, and whose",
	cmd_services},
    {"status", "[--json]", "say how the desk is", cmd_status},
    {"key", "new FILE", "make a master key", cmd_key},
    {"help", "[COMMAND]", "say how a command is called", cmd_help},
    {NULL, NULL, NULL, NULL},
};

static const struct cmd *
find(const char *name)
{
	for (const struct cmd *cmd = cmd_table; cmd->name != NULL; cmd++)
		if (strcmp(cmd->name, name) == 0)
			return cmd;
	return NULL;
}

int
cmd_usage(const char *name)
{
	const struct cmd *cmd = find(name);

	fprintf(stderr, "usage: gatepost [-c CONF] %s%s%s\n", cmd->name,
	    cmd->arguments[0] ? " " : "", cmd->arguments);
	return EX_USAGE;
}

int
cmd_print(const char *text)
{
	struct arena *arena = arena_new(0);
	struct buf out = buf_in(arena);
	int code = EX_OK;

	utf8_add_printable(&out, span_of(text));
	if (fwrite(out.at, 1, out.len, stdout) != out.len ||
	    fflush(stdout) == EOF) {
		fprintf(stderr, "gatepost: cannot write the answer\n");
		code = EX_IOERR;
	}
	arena_free(arena);
	return code;
}

int
cmd_print_file(const char *path)
{
	struct arena *arena = arena_new(0);
	struct json json = json_in(arena);
	int code;

	json_object(&json, NULL);
	json_text(&json, "file", path);
	json_end_object(&json);
	buf_put(&json.out, '\n');
	code = cmd_print(buf_text(&json.out));
	arena_free(arena);
	return code;
}

static int
help_json(void)
{
	struct arena *arena = arena_new(0);
	struct json json = json_in(arena);
	int code;

	json_array(&json, NULL);
	for (const struct cmd *cmd = cmd_table; cmd->name != NULL; cmd++) {
		json_object(&json, NULL);
		json_text(&json, "command", cmd->name);
		json_text(&json, "arguments", cmd->arguments);
		json_text(&json, "help", cmd->help);
		json_end_object(&json);
	}
	json_end_array(&json);
	buf_put(&json.out, '\n');
	code = cmd_print(buf_text(&json.out));
	arena_free(arena);
	return code;
}

int
cmd_help(const struct cmd_line *line)
{
	if (line->json)
		return help_json();
	if (line->argc > 0) {
		const struct cmd *cmd = find(line->argv[0]);

		if (cmd == NULL) {
			fprintf(stderr, "gatepost: no command \"%s\"; "
					"`gatepost help` lists them\n",
			    line->argv[0]);
			return EX_USAGE;
		}
		printf("usage: gatepost [-c CONF] %s%s%s\n\n%s.\n", cmd->name,
		    cmd->arguments[0] ? " " : "", cmd->arguments, cmd->help);
		return EX_OK;
	}
	printf("usage: gatepost [-c CONF] COMMAND ...\n\n");
	for (const struct cmd *cmd = cmd_table; cmd->name != NULL; cmd++)
		printf("  %-8s %-32s %s\n", cmd->name, cmd->arguments,
		    cmd->help);
	printf("\nCONF is %s when it is not given.\n", CONF_DEFAULT);
	return EX_OK;
}

/* --json may stand anywhere behind the subcommand. */
static void
take_json(struct cmd_line *line)
{
	int kept = 0;

	for (int i = 0; i < line->argc; i++) {
		if (strcmp(line->argv[i], "--json") == 0)
			line->json = true;
		else
			line->argv[kept++] = line->argv[i];
	}
	line->argc = kept;
}

int
main(int argc, char **argv)
{
	struct cmd_line line = {.conf_path = CONF_DEFAULT};
	const struct cmd *cmd;
	int at = 1;

	if (at + 1 < argc && strcmp(argv[at], "-c") == 0) {
		line.conf_path = argv[at + 1];
		at += 2;
	}
	if (at < argc && (strcmp(argv[at], "--help") == 0 ||
			     strcmp(argv[at], "-h") == 0))
		return cmd_help(&line);
	if (at < argc && strcmp(argv[at], "--version") == 0)
		return cmd_print(PACKAGE_STRING "\n");
	cmd = at < argc ? find(argv[at]) : NULL;
	if (cmd == NULL) {
		if (at < argc)
			fprintf(stderr, "gatepost: no command \"%s\"\n",
			    argv[at]);
		cmd_help(&line);
		return EX_USAGE;
	}
	line.argc = argc - at - 1;
	line.argv = argv + at + 1;
	take_json(&line);
	return cmd->run(&line);
}
