#include "cmd.h"
#include "supervisor.h"

int
cmd_run(const struct cmd_line *line)
{
	if (line->argc > 0)
		return cmd_usage("run");
	return supervisor_run(line->conf_path);
}
