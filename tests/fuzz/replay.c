/* replay: a fuzz target over the files it is given, for compilers without
 * libFuzzer. Its last line is the one that Check prints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define FILE_MAX (1024u * 1024)

/* A piece of the very size, so that a sanitizer sees each octet that is read
 * beyond the end. */
static int
replay(const char *path)
{
	static unsigned char room[FILE_MAX];
	FILE *file = fopen(path, "rb");
	unsigned char *copy;
	size_t size;

	if (file == NULL) {
		perror(path);
		return -1;
	}
	size = fread(room, 1, sizeof room, file);
	fclose(file);
	copy = malloc(size + (size == 0));
	if (copy == NULL)
		return -1;
	memcpy(copy, room, size);
	/* Each seed whole, and cut off at some octets. */
	LLVMFuzzerTestOneInput(copy, size);
	for (size_t cut = 1; cut < size; cut += 1 + size / 64)
		LLVMFuzzerTestOneInput(copy, cut);
	free(copy);
	return 0;
}

int
main(int argc, char **argv)
{
	int failed = 0;

	for (int i = 1; i < argc; i++)
		if (replay(argv[i]) < 0)
			failed++;
	printf("%d%%: Checks: %d, Failures: %d, Errors: 0\n",
	    argc > 1 ? 100 * (argc - 1 - failed) / (argc - 1) : 0, argc - 1,
	    failed);
	return failed > 0 || argc == 1;
}
