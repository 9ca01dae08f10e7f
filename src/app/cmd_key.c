#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <sodium.h>

#include "cmd.h"
#include "key_file.h"

int
key_file_new(const char *path)
{
	unsigned char key[32];
	int fd, code = EX_OK;

	if (sodium_init() < 0)
		return EX_OSERR;
	/* Never over an old one: what that one sealed would be lost. */
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
	if (fd < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return EX_CANTCREAT;
	}
	randombytes_buf(key, sizeof key);
	if (write(fd, key, sizeof key) != sizeof key || fsync(fd) < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		code = EX_IOERR;
	}
	sodium_memzero(key, sizeof key);
	close(fd);
	if (code != EX_OK)
		unlink(path);
	return code;
}

int
cmd_key(const struct cmd_line *line)
{
	int code;

	if (line->argc != 2 || strcmp(line->argv[0], "new") != 0)
		return cmd_usage("key");
	code = key_file_new(line->argv[1]);
	if (code != EX_OK)
		return code;
	if (line->json)
		return cmd_print_file(line->argv[1]);
	printf("%s holds a new master key. Keep a copy of it apart from "
	       "the store's backups:\nwithout it no contact can be read.\n",
	    line->argv[1]);
	return EX_OK;
}
