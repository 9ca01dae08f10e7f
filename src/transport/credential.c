#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "span.h"

#include "credential.h"

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Reads up to `room` octets until the end or the deadline; the count, or -1.
 * A pipe whose writer left a child behind may never end: hence the poll. */
static ssize_t
read_all(int fd, char *out, size_t room, int64_t deadline)
{
	size_t len = 0;

	while (len < room) {
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		int64_t left = deadline - now_ms();
		ssize_t got;
		int n;

		if (left <= 0)
			return -1;
		n = poll(&ready, 1, (int)left);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		got = read(fd, out + len, room - len);
		if (got < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		len += (size_t)got;
	}
	return (ssize_t)len;
}

static int
read_file(
    const char *file, char *out, size_t room, size_t *len_r, const char **why_r)
{
	/* Not to wait for a writer when somebody put a FIFO there. */
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	ssize_t len;

	if (fd < 0) {
		*why_r = "the token file cannot be opened";
		return CREDENTIAL_NONE;
	}
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		*why_r = "the token file is not a regular file";
		return CREDENTIAL_NONE;
	}
	if ((st.st_mode & 077) != 0) {
		close(fd);
		*why_r = "others than its owner may read the token file";
		return CREDENTIAL_OPEN;
	}
	len = read_all(fd, out, room, now_ms() + CREDENTIAL_COMMAND_MS);
	close(fd);
	if (len < 0) {
		*why_r = "the token file cannot be read";
		return CREDENTIAL_NONE;
	}
	*len_r = (size_t)len;
	return CREDENTIAL_OK;
}

/* Starts the command as the leader of a process group of its own, so that
 * whatever it starts can be ended with it. */
static int
spawn_shell(const char *command, int out, pid_t *pid_r)
{
	char *const argv[] = {
	    (char[]){"sh"}, (char[]){"-c"}, (char *)(uintptr_t)command, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, usual;
	int rc;

	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGTERM);
	sigaddset(&usual, SIGINT);
	sigaddset(&usual, SIGHUP);
	if (posix_spawn_file_actions_init(&actions) != 0)
		return -1;
	if (posix_spawnattr_init(&attr) != 0) {
		posix_spawn_file_actions_destroy(&actions);
		return -1;
	}
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &usual);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP |
					    POSIX_SPAWN_SETSIGMASK |
					    POSIX_SPAWN_SETSIGDEF);
	rc = posix_spawn_file_actions_addopen(
	    &actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (rc == 0)
		rc = posix_spawn_file_actions_adddup2(
		    &actions, out, STDOUT_FILENO);
	if (rc == 0)
		rc = posix_spawn_file_actions_addopen(
		    &actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	if (rc == 0)
		rc = posix_spawn(
		    pid_r, "/bin/sh", &actions, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return rc == 0 ? 0 : -1;
}

/* Whether the command ended well before the deadline; kills it else. There
 * is no portable wait with a limit: it is asked a hundred times a second,
 * which nobody notices beside the start of a shell. */
static bool
ended_well(pid_t pid, int64_t deadline)
{
	const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
	siginfo_t end = {.si_pid = 0};
	bool in_time = false;
	int status = -1;

	while (!in_time && now_ms() < deadline) {
		if (waitid(P_PID, (id_t)pid, &end,
			WEXITED | WNOHANG | WNOWAIT) == 0 &&
		    end.si_pid == pid)
			in_time = true;
		else
			nanosleep(&pause, NULL);
	}
	/* In any case nothing of a helper stays behind. It is still not
	 * waited for, so that its number belongs to nobody else yet. */
	kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return false;
	}
	return in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int
run_command(const char *command, char *out, size_t room, size_t *len_r,
    const char **why_r)
{
	int64_t deadline = now_ms() + CREDENTIAL_COMMAND_MS;
	ssize_t len;
	int ends[2];
	pid_t pid;

	*why_r = "the token command cannot be started";
	if (pipe2(ends, O_CLOEXEC) < 0)
		return CREDENTIAL_FAILED;
	if (spawn_shell(command, ends[1], &pid) < 0) {
		close(ends[0]);
		close(ends[1]);
		return CREDENTIAL_FAILED;
	}
	close(ends[1]);
	len = read_all(ends[0], out, room, deadline);
	close(ends[0]);
	if (!ended_well(pid, len < 0 ? 0 : deadline) || len < 0) {
		*why_r = "the token command failed or took too long";
		return CREDENTIAL_FAILED;
	}
	*len_r = (size_t)len;
	return CREDENTIAL_OK;
}

/* Cuts the blanks away, in place; CREDENTIAL_BAD when it is not a word that
 * could go into a protocol line as it is. */
static int
keep_word(char *token, size_t len, size_t room, const char **why_r)
{
	struct span word = span_trim((struct span){token, len});

	if (word.len == 0) {
		*why_r = "the token is empty";
		return CREDENTIAL_NONE;
	}
	for (size_t i = 0; i < word.len; i++) {
		unsigned char c = (unsigned char)word.at[i];

		if (c <= 0x20 || c >= 0x7f) {
			*why_r = "the token is not one word of ASCII";
			return CREDENTIAL_BAD;
		}
	}
	/* A full buffer may be only the beginning of the token. */
	if (len >= room) {
		*why_r = "the token is too long";
		return CREDENTIAL_BAD;
	}
	memmove(token, word.at, word.len);
	token[word.len] = '\0';
	return CREDENTIAL_OK;
}

int
credential_token(const char *file, const char *command, char *token_r,
    size_t room, const char **why_r)
{
	size_t len = 0;
	int rc;

	if (file != NULL && file[0] != '\0') {
		rc = read_file(file, token_r, room, &len, why_r);
	} else if (command != NULL && command[0] != '\0') {
		rc = run_command(command, token_r, room, &len, why_r);
	} else {
		*why_r = "neither a token file nor a token command is given";
		rc = CREDENTIAL_NONE;
	}
	if (rc == CREDENTIAL_OK)
		rc = keep_word(token_r, len, room, why_r);
	if (rc != CREDENTIAL_OK)
		token_r[0] = '\0';
	return rc;
}
