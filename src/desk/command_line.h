/* command_line: what both ways of reading commands have in common. For
 * command.c and command_plain.c only. */
#ifndef DESK_COMMAND_LINE_H
#define DESK_COMMAND_LINE_H

#include "command.h"
#include "span.h"

/* The first line, without its end; `text` is moved behind it. */
struct span command_take_line(struct span *text);
/* The line with every kind of blank as ' ', trimmed. */
struct span command_plain_line(struct arena *arena, struct span line);
/* What is wrong with the command's argument, or NULL; a score, a number or a
 * ticket is taken out of it. */
const char *command_wrong(struct arena *arena, struct command *command);

#endif
