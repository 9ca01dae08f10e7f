#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <spawn.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "span.h"

#include "token.h"

#define TOKEN_MAX 16384

extern char **environ;

const char *
token_word(enum token_result result)
{
	switch (result) {
	case TOKEN_OK:
		return "nothing wrong";
	case TOKEN_MISSING:
		return "it gives none";
	case TOKEN_BAD:
		return "it gives what is no token";
	case TOKEN_SLOW:
		return "it takes too long";
	}
	return "?";
}

static int64_t
clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads to the end, at most TOKEN_MAX octets and until `deadline`. */
static enum token_result
read_end(int fd, int64_t deadline, char *at, size_t *len_r)
{
	size_t len = 0;

	for (;;) {
		struct pollfd pfd = {.fd = fd, .events = POLLIN};
		int64_t left = deadline - clock_now();
		ssize_t n;

		if (left <= 0)
			return TOKEN_SLOW;
		if (poll(&pfd, 1, (int)left) <= 0)
			continue;
		n = read(fd, at + len, TOKEN_MAX - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return TOKEN_MISSING;
		if (n == 0)
			break;
		len += (size_t)n;
		if (len == TOKEN_MAX)
			return TOKEN_BAD;
	}
	*len_r = len;
	return TOKEN_OK;
}

static enum token_result
read_file(const char *file, int64_t deadline, char *at, size_t *len_r)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	enum token_result result;

	if (fd < 0)
		return TOKEN_MISSING;
	result = read_end(fd, deadline, at, len_r);
	close(fd);
	return result;
}

/* A process group of its own, so that a helper that hangs is ended with all
 * that it started. */
static bool
start(const char *command, int out, pid_t *pid_r)
{
	char shell[] = "sh", option[] = "-c";
	char *arguments[] = {shell, option, (char *)(uintptr_t)command, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setpgroup(&attributes, 0);
	error = posix_spawn(
	    pid_r, "/bin/sh", &actions, &attributes, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return error == 0;
}

static enum token_result
run(const char *command, int64_t deadline, char *at, size_t *len_r)
{
	enum token_result result;
	int ends[2], status = 0;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return TOKEN_MISSING;
	if (!start(command, ends[1], &pid)) {
		close(ends[0]);
		close(ends[1]);
		return TOKEN_MISSING;
	}
	close(ends[1]);
	result = read_end(ends[0], deadline, at, len_r);
	close(ends[0]);
	if (result != TOKEN_OK)
		kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (result == TOKEN_OK && status != 0)
		return TOKEN_MISSING;
	return result;
}

/* RFC 6750, 2.1: visible ASCII. A control octet would end the field within
 * the XOAUTH2 string and begin another. */
static bool
is_token(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] <= ' ' || s.at[i] >= 0x7f)
			return false;
	}
	return s.len > 0;
}

enum token_result
token_read(const char *file, const char *command, int timeout,
    struct arena *arena, char **token_r)
{
	int64_t deadline = clock_now() + timeout;
	char octets[TOKEN_MAX];
	enum token_result result = TOKEN_MISSING;
	size_t len = 0;
	struct span token;

	if (file != NULL && file[0] != '\0')
		result = read_file(file, deadline, octets, &len);
	else if (command != NULL && command[0] != '\0')
		result = run(command, deadline, octets, &len);
	token = span_trim((struct span){octets, len});
	if (result == TOKEN_OK && token.len == 0)
		result = TOKEN_MISSING;
	else if (result == TOKEN_OK && !is_token(token))
		result = TOKEN_BAD;
	if (result == TOKEN_OK)
		*token_r = arena_copy(arena, token);
	sodium_memzero(octets, sizeof octets);
	return result;
}
