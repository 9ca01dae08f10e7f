#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "when.h"

#include "maildir.h"

#include "yard.h"

static const char conf_text[] =
    "desk: { name = \"Example Support\"; domain = \"desk.example\";\n"
    "  state_folder = \"%s/state\"; master_key_file = \"%s/master.key\";\n"
    "  user = \"%s\"; };\n"
    "mailboxes: ( { name = \"support\"; address = "
    "\"support@desk.example\";\n"
    "  kind = \"maildir\"; path = \"%s/mail\"; poll = \"20ms\";\n"
    "  after = \"delete\"; authserv_ids = [ \"mx.desk.example\" ]; } );\n"
    "engineers: ( { name = \"anna\"; full_name = \"Anna Berger\";"
    " address = \"anna@desk.example\"; } );\n"
    "services: ( { name = \"help\"; title = \"General help\";"
    " owners = [ \"anna\" ]; } );\n"
    /* More in a minute than any desk takes in an hour. */
    "budget: { tickets_domain = 1000000; tickets_all = 1000000;\n"
    "  receipts_strangers = 1000000; };\n"
    "mail: { folder = \"%s/out\"; };\n"
    "sms: { enabled = true; countries = [ \"+49\" ]; };\n";

void
yard_broken(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(99);
}

void
yard_pause(int milliseconds)
{
	struct timespec pause = {.tv_sec = milliseconds / 1000,
	    .tv_nsec = milliseconds % 1000 * 1000000L};

	nanosleep(&pause, NULL);
}

char *
yard_path(const struct yard *yard, struct arena *arena, const char *name)
{
	return arena_print(arena, "%s/%s", yard->path, name);
}

/* ---- the folder --------------------------------------------------------- */

static void
write_file(const char *path, struct span octets, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	if (fd < 0 ||
	    write(fd, octets.at, octets.len) != (ssize_t)octets.len)
		yard_broken("%s: %s", path, strerror(errno));
	close(fd);
}

/* A daemon that root starts is to become somebody else. */
static void
give_away(const struct yard *yard, const char *path)
{
	struct passwd *pw;

	if (yard->user[0] == '\0')
		return;
	pw = getpwnam(yard->user);
	if (pw == NULL || chown(path, pw->pw_uid, pw->pw_gid) < 0)
		yard_broken("%s: cannot give it to %s", path, yard->user);
}

void
yard_make(struct yard *yard, const char *binary)
{
	static const char *const folders[] = {"", "state", "mail", "mail/new",
	    "mail/cur", "mail/tmp", "out"};
	static const char key[] = "a key of thirty-two octets, yes!";
	const char *parent = getenv("TMPDIR");
	struct arena *arena = arena_new(0);
	const char *p = yard->path;

	*yard = (struct yard){.binary = binary, .user = ""};
	if (geteuid() == 0 && getpwnam("nobody") != NULL)
		yard->user = "nobody";
	if (parent == NULL)
		parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	snprintf(yard->path, sizeof yard->path, "%s/gatepost-crash-XXXXXX",
	    parent);
	if (mkdtemp(yard->path) == NULL)
		yard_broken("%s: %s", parent, strerror(errno));
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		char *path = yard_path(yard, arena, folders[i]);

		if (i > 0 && mkdir(path, 0700) < 0)
			yard_broken("%s: %s", path, strerror(errno));
		give_away(yard, path);
	}
	write_file(yard_path(yard, arena, "master.key"),
	    (struct span){key, 32}, 0400);
	write_file(yard_path(yard, arena, "gatepost.conf"),
	    span_of(arena_print(arena, conf_text, p, p, yard->user, p, p)),
	    0600);
	setenv("GATEPOST_TEMPLATES", SOURCE_FOLDER "/templates", 1);
	arena_free(arena);
}

static int
remove_one(
    const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st;
	(void)kind;
	(void)walk;
	return remove(path);
}

void
yard_clear(struct yard *yard)
{
	if (yard->daemon > 0) {
		kill(yard->daemon, SIGKILL);
		waitpid(yard->daemon, NULL, 0);
	}
	nftw(yard->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* ---- the daemon --------------------------------------------------------- */

void
yard_start(struct yard *yard)
{
	struct arena *arena = arena_new(0);
	char *conf = yard_path(yard, arena, "gatepost.conf");
	char *log = yard_path(yard, arena, "log");

	yard->daemon = fork();
	if (yard->daemon < 0)
		yard_broken("fork: %s", strerror(errno));
	if (yard->daemon == 0) {
		int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

		dup2(fd, 2);
		dup2(fd, 1);
		close(fd);
		execl(yard->binary, yard->binary, "-c", conf, "run",
		    (char *)NULL);
		_exit(127);
	}
	yard->starts++;
	arena_free(arena);
}

void
yard_stop(struct yard *yard)
{
	if (yard->daemon > 0) {
		kill(yard->daemon, SIGTERM);
		waitpid(yard->daemon, NULL, 0);
	}
	yard->daemon = 0;
}

void
yard_keep_up(struct yard *yard)
{
	if (yard->daemon > 0 && waitpid(yard->daemon, NULL, WNOHANG) == 0)
		return;
	yard_start(yard);
}

/* Calls `fn` with each process's directory until it answers other than 0. */
static pid_t
each_process(
    bool (*is)(int dir, pid_t pid, const void *arg), const void *arg,
    size_t *count_r)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;

	*count_r = 0;
	while (proc != NULL && (entry = readdir(proc)) != NULL) {
		pid_t pid = atoi(entry->d_name);
		int dir;

		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		dir = openat(dirfd(proc), entry->d_name,
		    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (dir < 0)
			continue;
		if (is(dir, pid, arg)) {
			found = pid;
			++*count_r;
		}
		close(dir);
	}
	if (proc != NULL)
		closedir(proc);
	return found;
}

static size_t
read_at(int dir, const char *name, char *out, size_t room)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, out, room - 1);

	if (fd >= 0)
		close(fd);
	if (n < 0)
		n = 0;
	out[n] = '\0';
	return (size_t)n;
}

struct wanted {
	pid_t parent;
	const char *name;
};

/* "4711 (fetch support) S 4710 ..." */
static bool
is_wanted(int dir, pid_t pid, const void *arg)
{
	const struct wanted *wanted = arg;
	char stat[512], *name, *end;
	char state;
	int parent;

	(void)pid;
	if (read_at(dir, "stat", stat, sizeof stat) == 0)
		return false;
	name = strchr(stat, '(');
	end = strrchr(stat, ')');
	if (name == NULL || end == NULL ||
	    sscanf(end + 1, " %c %d", &state, &parent) != 2)
		return false;
	return parent == wanted->parent && state != 'Z' &&
	    strncmp(name + 1, wanted->name, strlen(wanted->name)) == 0;
}

pid_t
yard_process(const struct yard *yard, enum process process)
{
	static const char *const names[] = {
	    "", "core", "send", "parse", "fetch"};
	struct wanted wanted = {yard->daemon, names[process]};
	size_t count;

	if (process == PROCESS_SUPERVISOR)
		return yard->daemon;
	return yard->daemon == 0 ? 0 : each_process(is_wanted, &wanted, &count);
}

bool
yard_kill(struct yard *yard, enum process process)
{
	pid_t pid = yard_process(yard, process);

	if (pid <= 0 || kill(pid, SIGKILL) < 0)
		return false;
	if (process == PROCESS_SUPERVISOR) {
		waitpid(pid, NULL, 0);
		yard->daemon = 0;
	}
	return true;
}

static bool
is_of_yard(int dir, pid_t pid, const void *arg)
{
	const char *conf = arg;
	char line[4096];
	size_t len = read_at(dir, "cmdline", line, sizeof line);

	return pid != getpid() && memmem(line, len, conf, strlen(conf)) != NULL;
}

size_t
yard_processes(const struct yard *yard)
{
	struct arena *arena = arena_new(0);
	size_t count;

	each_process(
	    is_of_yard, yard_path(yard, arena, "gatepost.conf"), &count);
	arena_free(arena);
	return count;
}

/* ---- mail in, log out --------------------------------------------------- */

void
yard_deliver(struct yard *yard, struct span octets, uint64_t *uid_r)
{
	struct arena *arena = arena_new(0);
	char *name = arena_print(arena, "%lld.%u.test",
	    (long long)(when_now() / 1000), ++yard->dropped);
	char *tmp = yard_path(yard, arena,
	    arena_print(arena, "mail/tmp/%s", name));
	char *new = yard_path(yard, arena,
	    arena_print(arena, "mail/new/%s", name));

	write_file(tmp, octets, 0600);
	give_away(yard, tmp);
	if (rename(tmp, new) < 0)
		yard_broken("%s: %s", new, strerror(errno));
	*uid_r = maildir_uid(name);
	arena_free(arena);
}

size_t
yard_files(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		count += entry->d_name[0] != '.';
	if (dir != NULL)
		closedir(dir);
	return count;
}

static char *
read_log(const struct yard *yard, struct arena *arena)
{
	FILE *file = fopen(yard_path(yard, arena, "log"), "r");
	char *text;
	long size;

	if (file == NULL)
		return arena_copy_text(arena, "");
	fseek(file, 0, SEEK_END);
	size = ftell(file);
	rewind(file);
	text = arena_take(arena, (size_t)size + 1);
	text[fread(text, 1, (size_t)size, file)] = '\0';
	fclose(file);
	return text;
}

size_t
yard_log(const struct yard *yard, const char *words)
{
	struct arena *arena = arena_new(0);
	size_t count = 0;

	for (char *at = read_log(yard, arena);
	     (at = strstr(at, words)) != NULL; at++)
		count++;
	arena_free(arena);
	return count;
}

/* The end of it. */
void
yard_show_log(const struct yard *yard)
{
	struct arena *arena = arena_new(0);
	char *text = read_log(yard, arena);
	size_t len = strlen(text);

	fprintf(stderr, "--- the end of the daemon's log:\n%s",
	    text + (len > 4000 ? len - 4000 : 0));
	arena_free(arena);
}
