/* raw_imap: how fast a server gives a mailbox away when nothing is done with
 * it: UID FETCH 1:* BODY.PEEK[], read and counted.
 *
 *	raw_imap PORT USER PASSWORD [CA_FILE]
 *
 * On 127.0.0.1 in clear, or with a CA_FILE on localhost over TLS. Prints the
 * seconds from the command to its tagged answer, and the octets. */
#include <curl/curl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROOM (256 * 1024)
#define TAIL 1024

struct line {
	CURL *easy;
	curl_socket_t fd;
	char octets[ROOM];
	size_t total;
};

static _Noreturn void
fail(const char *why)
{
	fprintf(stderr, "raw_imap: %s\n", why);
	exit(1);
}

static double
seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void
dial(struct line *line, const char *port, const char *ca_file)
{
	char url[80];

	line->easy = curl_easy_init();
	snprintf(url, sizeof url, "%s:%s",
	    ca_file ? "https://localhost" : "http://127.0.0.1", port);
	curl_easy_setopt(line->easy, CURLOPT_URL, url);
	curl_easy_setopt(line->easy, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(line->easy, CURLOPT_PROXY, "");
	curl_easy_setopt(line->easy, CURLOPT_SSL_ENABLE_ALPN, 0L);
	if (ca_file != NULL)
		curl_easy_setopt(line->easy, CURLOPT_CAINFO, ca_file);
	if (curl_easy_perform(line->easy) != CURLE_OK)
		fail("the server is not there");
	curl_easy_getinfo(line->easy, CURLINFO_ACTIVESOCKET, &line->fd);
}

static size_t
take(struct line *line)
{
	struct pollfd p = {.fd = line->fd, .events = POLLIN};
	size_t n = 0;

	for (;;) {
		CURLcode rc = curl_easy_recv(
		    line->easy, line->octets, sizeof line->octets, &n);

		if (rc == CURLE_OK && n > 0)
			return n;
		if (rc != CURLE_AGAIN)
			fail("the connection was lost");
		poll(&p, 1, -1);
	}
}

/* Adds what came to the last TAIL octets that are kept of all. */
static size_t
keep_tail(char *tail, size_t len, const char *octets, size_t n)
{
	size_t old;

	if (n > TAIL) {
		octets += n - TAIL;
		n = TAIL;
	}
	old = len + n > TAIL ? TAIL - n : len;
	memmove(tail, tail + len - old, old);
	memcpy(tail + old, octets, n);
	return old + n;
}

/* Says the command and reads until what came last is the whole line of an
 * answer with our tag; no mail of ours ends in such a line. */
static void
ask(struct line *line, const char *command)
{
	static const char good[] = "\r\nbench OK";
	char tail[TAIL] = "\r\n";
	size_t len = 2, n;

	if (curl_easy_send(line->easy, command, strlen(command), &n) !=
	    CURLE_OK)
		fail("the connection was lost");
	do {
		n = take(line);
		line->total += n;
		len = keep_tail(tail, len, line->octets, n);
	} while (memcmp(tail + len - 2, "\r\n", 2) != 0 ||
		 memmem(tail, len, good, sizeof good - 1) == NULL);
}

int
main(int argc, char **argv)
{
	static struct line line;
	char login[200];
	double start;

	if (argc < 4)
		fail("usage: raw_imap PORT USER PASSWORD [CA_FILE]");
	curl_global_init(CURL_GLOBAL_DEFAULT);
	dial(&line, argv[1], argc > 4 ? argv[4] : NULL);
	snprintf(login, sizeof login, "bench LOGIN %s %s\r\n", argv[2],
	    argv[3]);
	ask(&line, login);
	ask(&line, "bench SELECT INBOX\r\n");
	line.total = 0;
	start = seconds();
	ask(&line, "bench UID FETCH 1:* (UID BODY.PEEK[])\r\n");
	printf("%.4f %zu\n", seconds() - start, line.total);
	curl_easy_cleanup(line.easy);
	return 0;
}
