/* print_conf: prints an example conf file, or "manual" its manual, so that
 * `make update-conf` brings conf/ and man/ up to the table of keys. */
#include <stdio.h>
#include <string.h>

#include "arena.h"

#include "conf.h"

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new(0);
	const char *text = argc != 2 ? NULL
	    : strcmp(argv[1], "manual") == 0 ? conf_manual(arena)
					     : conf_example(arena, argv[1]);

	if (text != NULL)
		fputs(text, stdout);
	arena_free(arena);
	return text == NULL;
}
