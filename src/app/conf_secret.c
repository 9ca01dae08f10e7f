#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "conf_secret.h"

const char *
conf_credential_path(struct arena *arena, const char *name)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");

	if (folder == NULL || *folder == '\0')
		return NULL;
	return arena_print(arena, "%s/%s", folder, name);
}

/* systemd keeps its credentials from others by other means: it gives them to
 * a user by an access list, which shows as a mode of 0440. */
static bool
is_credential(const char *path)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	size_t len = folder == NULL ? 0 : strlen(folder);

	return len > 0 && strncmp(path, folder, len) == 0 && path[len] == '/';
}

static const char *
stat_wrong(struct arena *arena, const char *path, const struct stat *stat)
{
	if (!S_ISREG(stat->st_mode))
		return arena_print(arena, "%s is not a file", path);
	if (is_credential(path))
		return NULL;
	if ((stat->st_mode & 077) != 0)
		return arena_print(arena,
		    "others can read %s: chmod 0400 it", path);
	if (stat->st_uid != 0 && stat->st_uid != geteuid())
		return arena_print(arena,
		    "%s belongs to somebody else: chown it to root or to the "
		    "user of gatepost", path);
	return NULL;
}

const char *
conf_secret_wrong(struct arena *arena, const char *path)
{
	struct stat found;

	if (stat(path, &found) != 0)
		return arena_print(arena, "%s: %s", path, strerror(errno));
	return stat_wrong(arena, path, &found);
}

const char *
conf_secret_read(struct arena *arena, const char *path, const char **secret_r)
{
	struct stat found;
	const char *wrong = NULL;
	char *secret;
	ssize_t len;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return arena_print(arena, "%s: %s%s", path, strerror(errno),
		    errno == ENOENT ? "; put the password there, mode 0400"
				    : "");
	secret = arena_take(arena, CONF_SECRET_MAX + 2);
	if (fstat(fd, &found) == 0)
		wrong = stat_wrong(arena, path, &found);
	len = read(fd, secret, CONF_SECRET_MAX + 1);
	close(fd);
	if (wrong != NULL)
		return wrong;
	if (len < 0 || len > CONF_SECRET_MAX)
		return arena_print(arena, "%s: %s", path,
		    len < 0 ? strerror(errno) : "too long for a secret");
	while (len > 0 && (secret[len - 1] == '\n' || secret[len - 1] == '\r'))
		secret[--len] = '\0';
	if (len == 0)
		return arena_print(arena, "%s is empty", path);
	for (ssize_t i = 0; i < len; i++) {
		if ((unsigned char)secret[i] < ' ' || secret[i] == 127)
			return arena_print(arena, "%s has a control character "
			    "or a second line in it", path);
	}
	*secret_r = secret;
	return NULL;
}
