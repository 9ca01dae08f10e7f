/* fuzz_command: commands at the top of a text. */
#include "command.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	struct arena *arena = arena_new(0);
	char *text = arena_copy(arena, fuzz_span(octets, size));
	struct commands commands = command_read(arena, text);

	fuzz_must(commands.count <= COMMANDS_MAX);
	fuzz_must(commands.rest != NULL);
	command_read_plain(arena, text, STATE_PENDING);
	command_mobile(arena, text);
	arena_free(arena);
	return 0;
}
