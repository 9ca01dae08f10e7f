#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"

#include "maildir.h"

#define NAME_ROOM 300 /* a file name has at most 255 octets */

/* "1700.M1.host:2,FS": the name with S (seen) among its flags, which are in
 * the order of the alphabet. False when the name leaves no room for it. */
static bool
seen_name(const char *name, char out[NAME_ROOM])
{
	const char *flags = strstr(name, ":2,");
	size_t len = flags == NULL ? strcspn(name, ":") :
				     (size_t)(flags - name);
	size_t before;

	flags = flags == NULL ? "" : flags + 3;
	if (strlen(name) > 250)
		return false;
	before = strcspn(flags, "STUVWXYZabcdefghijklmnopqrstuvwxyz");
	snprintf(out, NAME_ROOM, "%.*s:2,%.*sS%s", (int)len, name,
	    (int)before, flags,
	    flags + before + (flags[before] == 'S' ? 1 : 0));
	return true;
}

/* Never over another mail, where the file system can promise that. */
static int
rename_safely(int from, const char *name, int to, const char *fresh)
{
	if (renameat2(from, name, to, fresh, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	return renameat(from, name, to, fresh);
}

static int
make_folder(int top, const char *name)
{
	if (mkdirat(top, name, 0700) < 0 && errno != EEXIST)
		return -1;
	return 0;
}

/* cur/ of the Maildir for what is done, made when it is missing. */
static int
open_after(const struct maildir *maildir)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	int base = open(maildir->conf->path, flags);
	const char *name = maildir->conf->after_folder;
	int top = -1, cur = -1;

	if (base < 0)
		return -1;
	if (make_folder(base, name) == 0)
		top = openat(base, name, flags);
	if (top >= 0 && make_folder(top, "tmp") == 0 &&
	    make_folder(top, "new") == 0 && make_folder(top, "cur") == 0)
		cur = openat(top, "cur", flags);
	if (top >= 0)
		close(top);
	close(base);
	return cur;
}

static int
keep(struct maildir *maildir, const struct letter *letter)
{
	char fresh[NAME_ROOM];

	if (!seen_name(letter->name, fresh))
		return 0;
	if (letter->in_cur && strcmp(letter->name, fresh) == 0)
		return 0;
	return rename_safely(maildir->dirs[letter->in_cur], letter->name,
	    maildir->dirs[1], fresh);
}

static int
move(struct maildir *maildir, const struct letter *letter)
{
	char fresh[NAME_ROOM];
	int to = open_after(maildir), result;

	if (to < 0)
		return -1;
	if (!seen_name(letter->name, fresh))
		snprintf(fresh, sizeof fresh, "%s", letter->name);
	result = rename_safely(maildir->dirs[letter->in_cur], letter->name,
	    to, fresh);
	close(to);
	return result;
}

static int
act(struct maildir *maildir, const struct letter *letter,
    enum outcome outcome)
{
	if (!source_leaves(maildir->conf->after, outcome))
		return keep(maildir, letter);
	if (maildir->conf->after == AFTER_MOVE)
		return move(maildir, letter);
	return unlinkat(maildir->dirs[letter->in_cur], letter->name, 0);
}

void
maildir_settle(struct maildir *maildir, const struct Fate *fate)
{
	struct letter *letter = maildir_find(maildir, fate->uid);
	enum outcome outcome = (enum outcome)fate->outcome;
	int result;

	if (letter == NULL || letter->state != LETTER_HANDED)
		return;
	result = act(maildir, letter, outcome);
	if (result < 0 && errno == ENOENT && maildir_seek(maildir, letter))
		result = act(maildir, letter, outcome);
	if (result < 0 && errno != ENOENT && !maildir->said_stuck) {
		log_warn("maildir %s: a mail that is done stays where it is "
			 "(%s); check after_folder and the owner of %s",
		    maildir->conf->mailbox, strerror(errno),
		    maildir->conf->path);
		maildir->said_stuck = true;
	}
	maildir_done(letter);
}
