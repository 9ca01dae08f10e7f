#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "imap_server.h"

/* One connection; `in` and `out` are its two directions. */
struct talk {
	struct imap_server *server;
	FILE *in, *out;
	const char *tag;
	bool over;
};

static void say(struct talk *talk, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
say(struct talk *talk, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (vfprintf(talk->out, format, args) < 0)
		talk->over = true;
	va_end(args);
	fputs("\r\n", talk->out);
}

static void
done(struct talk *talk)
{
	say(talk, "%s OK done", talk->tag);
}

static void
nap(int milliseconds)
{
	(void)poll(NULL, 0, milliseconds);
}

static bool
plays(const struct talk *talk, enum trick trick)
{
	return talk->server->trick == trick;
}

static unsigned
last_uid(const struct imap_server *server)
{
	return server->first_uid + server->mails - 1;
}

static int
mail_text(unsigned uid, char *text, size_t room)
{
	return snprintf(text, room,
	    "From: a@x.test\r\nSubject: mail %u\r\n\r\nbody of %u\r\n", uid,
	    uid);
}

static void
send_octets(struct talk *talk, unsigned uid, bool header)
{
	char text[200];
	int len = mail_text(uid, text, sizeof text);

	if (header)
		len = (int)(strstr(text, "\r\n\r\n") + 4 - text);
	say(talk,
	    "* %u FETCH (UID %u INTERNALDATE \"23-Nov-2026 10:00:00 +0100\" "
	    "BODY[%s]%s {%d}",
	    uid - talk->server->first_uid + 1, uid, header ? "HEADER" : "",
	    header ? "<0>" : "", len);
	fprintf(talk->out, "%.*s", len, text);
	say(talk, ")");
}

/* Octets for as long as the other side takes them. */
static void
flood(struct talk *talk, const char *text)
{
	while (!talk->over && fputs(text, talk->out) >= 0 &&
	       fflush(talk->out) == 0)
		;
	talk->over = true;
}

/* What a server does instead of sending a mail; false: it sends it. */
static bool
misbehave(struct talk *talk)
{
	static const char part[] = "* 1 FETCH (UID 1 BODY[] {50}\r\nabc";

	switch ((int)talk->server->trick) {
	case TRICK_CLOSE_IN_LITERAL:
		fputs(part, talk->out);
		break;
	case TRICK_HUGE_LITERAL:
		say(talk, "* 1 FETCH (UID 1 BODY[] {4294967290}");
		flood(talk, "xxxxxxxxxxxxxxxx");
		break;
	case TRICK_STALL:
		fputs(part, talk->out);
		fflush(talk->out);
		nap(3000);
		break;
	case TRICK_DRIBBLE:
		fputs(part, talk->out);
		for (int i = 0; i < 40 && fflush(talk->out) == 0; i++) {
			fputc('x', talk->out);
			nap(50);
		}
		break;
	case TRICK_ENDLESS_LINE:
		flood(talk, "* OK and so on and so on");
		break;
	case TRICK_ENDLESS_LINES:
		flood(talk, "* OK still here\r\n");
		break;
	case TRICK_GARBAGE:
		say(talk, "HTTP/1.1 400 (((%%%%%% ]]] what is this");
		nap(100);
		break;
	case TRICK_NUL:
		fwrite("* OK \0\0\r\n", 1, 9, talk->out);
		break;
	case TRICK_DEEP:
		fputs("* 1 FETCH (BODYSTRUCTURE ", talk->out);
		for (int i = 0; i < 60000; i++)
			fputc('(', talk->out);
		say(talk, " ");
		break;
	case TRICK_STRAY_LITERAL:
		say(talk, "* OK look {20}");
		say(talk, "* OK [PERMANENTFLAGS (\003)] x");
		break;
	case TRICK_STATUS:
		say(talk, "* STATUS INBOX (MESSAGES 3");
		break;
	case TRICK_BYE_AT_FETCH:
		say(talk, "* BYE for today");
		break;
	default:
		return false;
	}
	talk->over = true;
	return true;
}

/* Whether mail 2 is sent as usual. */
static bool
send_second(struct talk *talk, unsigned uid, bool alone)
{
	char text[3000];

	switch ((int)talk->server->trick) {
	case TRICK_EXPUNGED:
		say(talk, "* 2 EXPUNGE");
		return false;
	case TRICK_NIL:
		say(talk, "* 2 FETCH (UID %u BODY[] NIL)", uid);
		return false;
	case TRICK_NO_SECOND:
		return false;
	case TRICK_CLOSE_AT_SECOND:
		talk->over = true;
		return false;
	case TRICK_UNDERSTATED:
		memset(text, 'x', sizeof text);
		memcpy(text, "A: b\r\n\r\n", 8);
		say(talk, "* 2 FETCH (UID %u BODY[] {%zu}", uid, sizeof text);
		fwrite(text, 1, sizeof text, talk->out);
		say(talk, ")");
		return false;
	case TRICK_UNSOLICITED:
		say(talk, "* 1 FETCH (FLAGS (\\Seen))");
		say(talk, "* 9 FETCH (UID 999 BODY[] {3}");
		fputs("abc", talk->out);
		say(talk, ")");
		return true;
	default:
		(void)alone;
		return true;
	}
}

static void
fetch_octets(struct talk *talk, unsigned first, unsigned last, bool header)
{
	const struct imap_server *server = talk->server;
	unsigned second = server->first_uid + 1;

	if (!header && misbehave(talk))
		return;
	for (unsigned i = first; i <= last && !talk->over; i++) {
		unsigned uid = plays(talk, TRICK_BACKWARDS) ?
		    last - (i - first) :
		    i;

		if (!header && uid == second &&
		    !send_second(talk, uid, first == last))
			continue;
		send_octets(talk, uid, header);
		if (plays(talk, TRICK_DUPLICATE))
			send_octets(talk, uid, header);
	}
	if (!header && plays(talk, TRICK_NO_SECOND) && first <= second &&
	    last >= second)
		say(talk, "%s NO [SERVERBUG] cannot read it", talk->tag);
	else
		done(talk);
}

static void
fetch_sizes(struct talk *talk, unsigned first, unsigned last)
{
	const struct imap_server *server = talk->server;
	char text[200];

	for (unsigned uid = first; uid <= last; uid++) {
		unsigned size =
		    (unsigned)mail_text(uid, text, sizeof text);

		if (uid == server->first_uid + 1 &&
		    plays(talk, TRICK_EXPUNGED) && first == last)
			continue;
		if (uid == server->first_uid + 1 &&
		    plays(talk, TRICK_OVERSIZE))
			size = 1000000;
		say(talk, "* %u FETCH (UID %u RFC822.SIZE %u)",
		    uid - server->first_uid + 1, uid, size);
		if (plays(talk, TRICK_CLOSE_AT_SIZES) ||
		    plays(talk, TRICK_NO_AT_SIZES))
			break;
	}
	if (plays(talk, TRICK_CLOSE_AT_SIZES))
		talk->over = true;
	else if (plays(talk, TRICK_NO_AT_SIZES))
		say(talk, "%s NO [UNAVAILABLE] later", talk->tag);
	else
		done(talk);
}

/* "UID FETCH 1:* (...)": beyond the end "*" is the last mail all the same. */
static void
fetch(struct talk *talk, const char *what)
{
	const struct imap_server *server = talk->server;
	unsigned first = 0, last = 0;
	char *rest;

	first = (unsigned)strtoul(what, &rest, 10);
	last = first;
	if (*rest == ':')
		last = rest[1] == '*' ?
		    last_uid(server) :
		    (unsigned)strtoul(rest + 1, &rest, 10);
	if (last < first) {
		unsigned swap = first;

		first = last;
		last = swap;
	}
	if (first < server->first_uid)
		first = server->first_uid;
	if (last > last_uid(server))
		last = last_uid(server);
	if (server->mails == 0)
		done(talk);
	else if (strstr(what, "RFC822.SIZE") != NULL)
		fetch_sizes(talk, first, last);
	else
		fetch_octets(
		    talk, first, last, strstr(what, "HEADER") != NULL);
}

static void
open_folder(struct talk *talk)
{
	const struct imap_server *server = talk->server;

	if (plays(talk, TRICK_SELECT_NO)) {
		say(talk, "%s NO [NONEXISTENT] no such mailbox", talk->tag);
		return;
	}
	say(talk, "* FLAGS (\\Answered \\Seen \\Deleted)");
	if (plays(talk, TRICK_FLAGS_CONTROL))
		say(talk, "* OK [PERMANENTFLAGS (\003\003)] x");
	else if (plays(talk, TRICK_FLAGS_PERCENT))
		say(talk, "* OK [PERMANENTFLAGS (%%)] x");
	else if (plays(talk, TRICK_FLAGS_EMPTY))
		say(talk, "* OK [PERMANENTFLAGS ()] none");
	else
		say(talk, "* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] some");
	say(talk, "* %u EXISTS", server->mails);
	say(talk, "* 0 RECENT");
	if (!plays(talk, TRICK_NO_VALIDITY))
		say(talk, "* OK [UIDVALIDITY %u] valid", server->validity);
	say(talk, "* OK [UIDNEXT %u] next", last_uid(server) + 1);
	say(talk, "%s OK [READ-WRITE] done", talk->tag);
}

static void
idle(struct talk *talk)
{
	char line[200];

	if (plays(talk, TRICK_NO_IDLE)) {
		say(talk, "%s NO not today", talk->tag);
		return;
	}
	say(talk, "+ idling");
	fflush(talk->out);
	if (plays(talk, TRICK_EXISTS_IN_IDLE)) {
		nap(200);
		talk->server->mails++;
		talk->server->trick = TRICK_NONE;
		say(talk, "* %u EXISTS", talk->server->mails);
		fflush(talk->out);
	}
	if (fgets(line, sizeof line, talk->in) == NULL)
		talk->over = true;
	done(talk);
}

static void
log_in(struct talk *talk, const char *rest)
{
	talk->server->logins++;
	snprintf(talk->server->last_login, sizeof talk->server->last_login,
	    "%s", rest);
	if (plays(talk, TRICK_LOGIN_NO))
		say(talk, "%s NO [AUTHENTICATIONFAILED] no", talk->tag);
	else if (plays(talk, TRICK_LOGIN_BAD))
		say(talk, "%s BAD what", talk->tag);
	else
		done(talk);
}

/* What changes the mailbox is only counted. */
static void
change(struct talk *talk, const char *command)
{
	struct imap_server *server = talk->server;

	if (strncmp(command, "UID STORE", 9) == 0) {
		server->stores++;
		snprintf(server->last_store, sizeof server->last_store, "%s",
		    command);
	} else if (strncmp(command, "UID MOVE", 8) == 0) {
		server->moves++;
	} else if (strncmp(command, "UID COPY", 8) == 0) {
		server->copies++;
		if (server->creates == 0) {
			say(talk, "%s NO [TRYCREATE] no such", talk->tag);
			return;
		}
	} else if (strncmp(command, "CREATE", 6) == 0) {
		server->creates++;
	} else if (strncmp(command, "UID EXPUNGE", 11) == 0) {
		server->uid_expunges++;
	} else if (strncmp(command, "EXPUNGE", 7) == 0) {
		server->expunges++;
	}
	done(talk);
}

static void
answer(struct talk *talk, const char *command)
{
	if (strncmp(command, "LOGIN ", 6) == 0 ||
	    strncmp(command, "AUTHENTICATE ", 13) == 0) {
		log_in(talk, command);
	} else if (strcmp(command, "CAPABILITY") == 0) {
		say(talk, "* CAPABILITY IMAP4rev1 %s", talk->server->ability);
		done(talk);
	} else if (strncmp(command, "SELECT ", 7) == 0) {
		open_folder(talk);
	} else if (strncmp(command, "UID FETCH ", 10) == 0) {
		fetch(talk, command + 10);
	} else if (strcmp(command, "IDLE") == 0) {
		idle(talk);
	} else if (strcmp(command, "LOGOUT") == 0) {
		say(talk, "* BYE");
		done(talk);
		talk->over = true;
	} else {
		change(talk, command);
	}
}

static void
greet(struct talk *talk)
{
	if (plays(talk, TRICK_CLOSE_AT_ONCE))
		talk->over = true;
	else if (plays(talk, TRICK_SILENT))
		nap(2000);
	else if (plays(talk, TRICK_BYE))
		say(talk, "* BYE too many");
	else if (plays(talk, TRICK_PREAUTH))
		say(talk, "* PREAUTH welcome, whoever you are");
	else
		say(talk, "* OK ready");
}

static void
serve(struct imap_server *server, int fd)
{
	struct talk talk = {.server = server,
	    .in = fdopen(fd, "r"),
	    .out = fdopen(dup(fd), "w")};
	char line[8192];

	greet(&talk);
	while (!talk.over && fflush(talk.out) == 0 &&
	       fgets(line, sizeof line, talk.in) != NULL) {
		char *command = strchr(line, ' ');

		line[strcspn(line, "\r\n")] = '\0';
		if (command == NULL)
			break;
		*command++ = '\0';
		talk.tag = line;
		answer(&talk, command);
	}
	fclose(talk.out);
	fclose(talk.in);
}

struct imap_server *
imap_server_start(void)
{
	struct imap_server *server = mmap(NULL, sizeof *server,
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct sockaddr_in at = {.sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	pid_t child;

	if (server == MAP_FAILED || fd < 0 ||
	    bind(fd, (struct sockaddr *)&at, sizeof at) < 0 ||
	    listen(fd, 10) < 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &len) < 0)
		abort();
	*server = (struct imap_server){.mails = 3, .validity = 7,
	    .first_uid = 1, .port = ntohs(at.sin_port),
	    .ability = "IDLE UIDPLUS MOVE"};
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		signal(SIGPIPE, SIG_IGN);
		for (;;) {
			int talk = accept(fd, NULL, NULL);

			if (talk >= 0)
				serve(server, talk);
		}
	}
	server->pid = child;
	close(fd);
	return server;
}

void
imap_server_stop(struct imap_server *server)
{
	kill(server->pid, SIGKILL);
	waitpid(server->pid, NULL, 0);
	munmap(server, sizeof *server);
}
