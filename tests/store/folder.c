#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"

struct path {
	char text[512];
};

static struct path
path_of(const struct folder *folder, const char *name)
{
	struct path path;

	snprintf(path.text, sizeof path.text, "%s/%s", folder->path, name);
	return path;
}

struct folder
folder_make(void)
{
	const char *parent = getenv("TMPDIR");
	struct folder folder;

	/* In memory where that is to be had: most tests flush a lot. */
	if (parent == NULL)
		parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	snprintf(
	    folder.path, sizeof folder.path, "%s/gatepost-test-XXXXXX", parent);
	ck_assert_ptr_nonnull(mkdtemp(folder.path));
	return folder;
}

void
folder_remove(const struct folder *folder)
{
	DIR *dir = opendir(folder->path);
	struct dirent *entry;

	ck_assert_ptr_nonnull(dir);
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			unlink(path_of(folder, entry->d_name).text);
	closedir(dir);
	ck_assert_int_eq(rmdir(folder->path), 0);
}

static char *
slurp(const char *path, size_t *len_r)
{
	int fd = open(path, O_RDONLY);
	struct stat st;
	char *octets;
	size_t len = 0;
	ssize_t got;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fstat(fd, &st), 0);
	octets = malloc((size_t)st.st_size + 1);
	ck_assert_ptr_nonnull(octets);
	while ((got = read(fd, octets + len, (size_t)st.st_size - len)) > 0)
		len += (size_t)got;
	close(fd);
	*len_r = len;
	return octets;
}

bool
folder_holds(const struct folder *folder, const char *except,
    const void *octets, size_t len)
{
	DIR *dir = opendir(folder->path);
	struct dirent *entry;
	bool holds = false;

	ck_assert_ptr_nonnull(dir);
	while ((entry = readdir(dir)) != NULL) {
		size_t size;
		char *all;

		if (entry->d_name[0] == '.' ||
		    (except != NULL && strcmp(entry->d_name, except) == 0))
			continue;
		all = slurp(path_of(folder, entry->d_name).text, &size);
		holds = holds || memmem(all, size, octets, len) != NULL;
		free(all);
	}
	closedir(dir);
	return holds;
}

void
folder_copy(
    const struct folder *from, const struct folder *to, const char *name)
{
	size_t len;
	char *octets = slurp(path_of(from, name).text, &len);
	FILE *out = fopen(path_of(to, name).text, "w");

	ck_assert_ptr_nonnull(out);
	ck_assert_uint_eq(fwrite(octets, 1, len, out), len);
	ck_assert_int_eq(fclose(out), 0);
	free(octets);
}
