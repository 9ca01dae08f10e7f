#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <check.h>

#include "fake.h"

struct player {
	int listener, peer, heard;
	char line[70000];
};

static void
report(struct player *p, const char *text, size_t len)
{
	/* A test that hears more than a pipe holds looks only at the
	 * beginning; the rest is lost. */
	if (write(p->heard, text, len) < 0)
		return;
}

static void
take_peer(struct player *p)
{
	static const char mark[] = "[connection]\n";

	p->peer = accept(p->listener, NULL, NULL);
	report(p, mark, sizeof mark - 1);
}

/* One line, or as much as came before the other side closed. */
static size_t
hear_line(struct player *p)
{
	size_t len = 0;

	while (
	    len < sizeof p->line - 1 && read(p->peer, p->line + len, 1) == 1) {
		len++;
		if (p->line[len - 1] == '\n')
			break;
	}
	p->line[len] = '\0';
	report(p, p->line, len);
	return len;
}

static void
hear_mail(struct player *p)
{
	while (hear_line(p) > 0 && strcmp(p->line, ".\r\n") != 0)
		;
}

static void
hear_request(struct player *p)
{
	size_t body = 0;

	while (hear_line(p) > 0 && strcmp(p->line, "\r\n") != 0) {
		if (strncasecmp(p->line, "Content-Length:", 15) == 0)
			body = (size_t)atol(p->line + 15);
	}
	for (; body > 0 && read(p->peer, p->line, 1) == 1; body--)
		report(p, p->line, 1);
}

static void
say(struct player *p, const char *text, size_t len)
{
	if (send(p->peer, text, len, MSG_NOSIGNAL) < 0)
		return;
}

static void
say_much(struct player *p, size_t len)
{
	memset(p->line, 'a', sizeof p->line);
	while (len > 0) {
		size_t n = len < sizeof p->line ? len : sizeof p->line;

		if (send(p->peer, p->line, n, MSG_NOSIGNAL) < 0)
			break;
		len -= n;
	}
}

static void
hang_up(struct player *p, int reset)
{
	struct linger at_once = {.l_onoff = 1};

	if (reset)
		setsockopt(
		    p->peer, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	close(p->peer);
	take_peer(p);
}

static void
play(struct player *p, const char *step)
{
	switch (step[0]) {
	case '>':
		say(p, step + 1, strlen(step + 1));
		break;
	case '<':
		hear_line(p);
		if (strncasecmp(p->line, step + 1, strlen(step + 1)) != 0) {
			report(p, "[mismatch]", 10);
			_exit(1);
		}
		break;
	case '.':
		hear_mail(p);
		break;
	case 'q':
		hear_request(p);
		break;
	case '~':
		say_much(p, 1000000);
		break;
	case '#':
		say_much(p, 10000000);
		break;
	case '%':
		while (send(p->peer, "a", 1, MSG_NOSIGNAL) == 1)
			usleep(20000);
		break;
	case 'z':
		while (hear_line(p) > 0)
			;
		break;
	case 't':
		usleep(100000);
		break;
	default:
		hang_up(p, step[0] == '!');
		break;
	}
}

void
fake_start(struct fake *fake, const char *const *steps)
{
	static struct player player;
	struct sockaddr_in at = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int ends[2];

	player.listener = socket(AF_INET, SOCK_STREAM, 0);
	ck_assert_int_eq(
	    bind(player.listener, (struct sockaddr *)&at, sizeof at), 0);
	ck_assert_int_eq(listen(player.listener, 50), 0);
	getsockname(player.listener, (struct sockaddr *)&at, &len);
	fake->port = ntohs(at.sin_port);
	ck_assert_int_eq(pipe(ends), 0);
	fake->heard = ends[0];
	player.heard = ends[1];
	fake->pid = fork();
	ck_assert_int_ge(fake->pid, 0);
	if (fake->pid == 0) {
		signal(SIGPIPE, SIG_IGN);
		take_peer(&player);
		for (; *steps != NULL; steps++)
			play(&player, *steps);
		_exit(0);
	}
	close(ends[1]);
	close(player.listener);
}

const char *
fake_end(struct fake *fake, char *room, size_t size)
{
	size_t len = 0;
	ssize_t n;

	/* A moment for what is still on its way to the script. */
	for (int i = 0; i < 20 && waitpid(fake->pid, NULL, WNOHANG) == 0; i++)
		usleep(5000);
	kill(fake->pid, SIGKILL);
	waitpid(fake->pid, NULL, 0);
	while (len < size - 1 &&
	       (n = read(fake->heard, room + len, size - 1 - len)) > 0)
		len += (size_t)n;
	room[len] = '\0';
	close(fake->heard);
	return room;
}
