#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "log.h"

#include "ballast.h"

#define SIZE (8 << 20)

static bool
path_of(char *path, const char *folder)
{
	return (size_t)snprintf(path, PATH_MAX, "%s/ballast", folder) <
	       PATH_MAX;
}

void
ballast_take(const char *folder)
{
	char path[PATH_MAX];
	struct statvfs room;
	struct stat st;
	int fd;

	if (!path_of(path, folder) ||
	    (stat(path, &st) == 0 && st.st_size >= SIZE) ||
	    statvfs(folder, &room) != 0 ||
	    (unsigned long long)room.f_bavail * room.f_frsize < 2ull * SIZE)
		return;
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return;
	if (posix_fallocate(fd, 0, SIZE) != 0)
		unlink(path);
	close(fd);
}

bool
ballast_drop(const char *folder)
{
	char path[PATH_MAX];

	if (!path_of(path, folder) || unlink(path) != 0)
		return false;
	log_warn("store: the disk is full; the ballast is thrown out so that "
		 "what is to be destroyed can be");
	return true;
}
