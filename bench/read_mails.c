#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "read_mails.h"

static _Noreturn void
fail(const char *what)
{
	perror(what);
	exit(1);
}

double
raw_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static struct raw
load_one(const char *path)
{
	struct raw raw;
	struct stat st;
	FILE *file = fopen(path, "rb");

	if (file == NULL || fstat(fileno(file), &st) < 0)
		fail(path);
	raw.len = (size_t)st.st_size;
	raw.octets = malloc(raw.len + 1);
	if (raw.octets == NULL ||
	    fread(raw.octets, 1, raw.len, file) != raw.len)
		fail(path);
	fclose(file);
	return raw;
}

struct raw *
raw_load(const char *folder, size_t *count_r)
{
	struct dirent **names;
	int n = scandir(folder, &names, NULL, alphasort);
	struct raw *raws = calloc((size_t)(n > 0 ? n : 1), sizeof *raws);
	char path[4096];
	size_t count = 0;

	if (n <= 2 || raws == NULL)
		fail(folder);
	for (int i = 0; i < n; i++) {
		if (names[i]->d_name[0] != '.') {
			snprintf(path, sizeof path, "%s/%s", folder,
			    names[i]->d_name);
			raws[count++] = load_one(path);
		}
		free(names[i]);
	}
	free(names);
	*count_r = count;
	return raws;
}
