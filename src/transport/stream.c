#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "stream.h"
#include "wire.h"

/* libetpan moves what is left in this buffer for each line it takes out, so
 * a larger one is slower, not faster. */
#define BUFFER_SIZE (32u * 1024)
#define AHEAD_MAX   512

struct stream {
	CURL *curl;
	int fd;
	mailstream *etpan;
	int64_t deadline;
	size_t octets_left;
	enum stream_fault fault;
	enum wire_result refused; /* when the fault is STREAM_BAD */
	size_t ahead_at, ahead_len;
	char ahead[AHEAD_MAX]; /* read by stream_wait(), not yet by libetpan */
	struct wire wire;
};

int64_t
stream_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static ssize_t
broken(struct stream *stream, enum stream_fault fault)
{
	if (stream->fault == STREAM_WELL)
		stream->fault = fault;
	return -1;
}

/* Waits until the descriptor is ready or the deadline is over. poll() and not
 * select(), which knows no descriptor above 1023. */
static int
wait_for(struct stream *stream, short events)
{
	struct pollfd pfd = {.fd = stream->fd, .events = events};
	int64_t left = stream->deadline - stream_clock();

	if (left <= 0)
		return (int)broken(stream, STREAM_SLOW);
	(void)poll(&pfd, 1, left > 60000 ? 60000 : (int)left);
	return 0;
}

/* What has come, without waiting: octets, 0 nothing yet, -1 broken. Every
 * read of the connection is this one, so that no octet escapes the count and
 * the wire's judgement. */
static ssize_t
receive(struct stream *stream, char *at, size_t len)
{
	size_t n = 0;
	CURLcode code = curl_easy_recv(stream->curl, at, len, &n);

	if (code == CURLE_AGAIN)
		return 0;
	/* No error and no octets: the other side has closed. */
	if (code != CURLE_OK || n == 0)
		return broken(stream, STREAM_CLOSED);
	if (n > stream->octets_left)
		return broken(stream, STREAM_FLOOD);
	stream->octets_left -= n;
	stream->refused = wire_feed(&stream->wire, at, n);
	if (stream->refused == WIRE_BYE)
		return broken(stream, STREAM_CLOSED);
	if (stream->refused != WIRE_OK)
		return broken(stream, STREAM_BAD);
	return (ssize_t)n;
}

static ssize_t
take_ahead(struct stream *stream, void *at, size_t len)
{
	size_t n = stream->ahead_len < len ? stream->ahead_len : len;

	memcpy(at, stream->ahead + stream->ahead_at, n);
	stream->ahead_at += n;
	stream->ahead_len -= n;
	return (ssize_t)n;
}

static ssize_t
driver_read(mailstream_low *low, void *at, size_t len)
{
	struct stream *stream = low->data;

	if (stream->fault != STREAM_WELL)
		return -1;
	if (stream->ahead_len > 0)
		return take_ahead(stream, at, len);
	for (;;) {
		ssize_t n;

		/* Looked at in every round: a server that never pauses would
		 * else hold the command for ever. */
		if (stream_clock() >= stream->deadline)
			return broken(stream, STREAM_SLOW);
		n = receive(stream, at, len);
		if (n != 0)
			return n;
		if (wait_for(stream, POLLIN) < 0)
			return -1;
	}
}

static ssize_t
driver_write(mailstream_low *low, const void *at, size_t len)
{
	struct stream *stream = low->data;

	while (stream->fault == STREAM_WELL) {
		size_t n = 0;
		CURLcode code = curl_easy_send(stream->curl, at, len, &n);

		if (code == CURLE_OK && n > 0)
			return (ssize_t)n;
		if (code != CURLE_OK && code != CURLE_AGAIN)
			return broken(stream, STREAM_CLOSED);
		if (wait_for(stream, POLLOUT) < 0)
			return -1;
	}
	return -1;
}

static int
driver_close(mailstream_low *low)
{
	struct stream *stream = low->data;

	curl_easy_cleanup(stream->curl);
	stream->curl = NULL;
	stream_break(stream);
	return 0;
}

static int
driver_fd(mailstream_low *low)
{
	return ((struct stream *)low->data)->fd;
}

static void
driver_free(mailstream_low *low)
{
	free(low->data);
	free(low);
}

/* What is not named is not called by libetpan when it is a null pointer, but
 * the idle functions, which only mailstream_setup_idle() calls. */
static mailstream_low_driver driver = {
    .mailstream_read = driver_read,
    .mailstream_write = driver_write,
    .mailstream_close = driver_close,
    .mailstream_get_fd = driver_fd,
    .mailstream_free = driver_free,
};

static bool
loopback(const struct curl_sockaddr *address)
{
	if (address->family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, &address->addr, sizeof in);
		return (ntohl(in.sin_addr.s_addr) >> 24) == 127;
	}
	if (address->family == AF_INET6) {
		struct sockaddr_in6 in;

		memcpy(&in, &address->addr, sizeof in);
		return IN6_IS_ADDR_LOOPBACK(&in.sin6_addr);
	}
	return false;
}

/* The descriptor is not for helper commands; and without TLS no connection is
 * begun that leaves this machine. */
static curl_socket_t
open_socket(void *plain, curlsocktype purpose, struct curl_sockaddr *address)
{
	(void)purpose;
	if (plain != NULL && !loopback(address)) {
		*(bool *)plain = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
}

/* `forbidden`: NULL with TLS; else set when an address was not loopback. */
static void
set_options(CURL *curl, const struct stream_conf *conf, bool *forbidden)
{
	char url[300];
	bool bare = strchr(conf->host, ':') != NULL;

	snprintf(url, sizeof url, "%s://%s%s%s:%u",
	    conf->tls ? "https" : "http",
	    bare ? "[" : "", conf->host, bare ? "]" : "", conf->port);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	/* Not the environment's proxy: it would see the password. */
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)conf->timeout);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)conf->timeout);
	curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(
	    curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	/* The name of another protocol in the handshake is an attack for a
	 * server that looks (RFC 9325, 3.7); IMAP's own is not on offer. */
	curl_easy_setopt(curl, CURLOPT_SSL_ENABLE_ALPN, 0L);
	if (conf->ca_file != NULL && conf->ca_file[0] != '\0') {
		curl_easy_setopt(curl, CURLOPT_CAINFO, conf->ca_file);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, forbidden);
}

static enum stream_result
connect_result(CURLcode code)
{
	switch ((int)code) {
	case CURLE_OK:
		return STREAM_OK;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
		return STREAM_UNTRUSTED;
	default:
		return STREAM_AWAY;
	}
}

static enum stream_result
connect_curl(CURL *curl, const struct stream_conf *conf,
    char why[STREAM_WHY_MAX])
{
	char text[CURL_ERROR_SIZE] = "";
	bool forbidden = false;
	CURLcode code;

	set_options(curl, conf, conf->tls ? NULL : &forbidden);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, text);
	code = curl_easy_perform(curl);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, NULL);
	if (code == CURLE_OK)
		return STREAM_OK;
	if (forbidden) {
		snprintf(why, STREAM_WHY_MAX, "tls is off, which is allowed "
		    "only to a loopback address");
		return STREAM_FORBIDDEN;
	}
	snprintf(why, STREAM_WHY_MAX, "%s",
	    text[0] != '\0' ? text : curl_easy_strerror(code));
	return connect_result(code);
}

/* Puts libetpan's two layers on top; false when there is no memory. */
static bool
put_etpan_on(struct stream *stream)
{
	mailstream_low *low = mailstream_low_new(stream, &driver);

	if (low == NULL)
		return false;
	stream->etpan = mailstream_new(low, BUFFER_SIZE);
	if (stream->etpan == NULL)
		free(low);
	return stream->etpan != NULL;
}

enum stream_result
stream_open(const struct stream_conf *conf, struct stream **stream_r,
    char why[STREAM_WHY_MAX])
{
	enum stream_result result = STREAM_AWAY;
	struct stream *stream = calloc(1, sizeof *stream);
	curl_socket_t fd = CURL_SOCKET_BAD;

	snprintf(why, STREAM_WHY_MAX, "no memory");
	if (stream == NULL)
		return STREAM_AWAY;
	stream->curl = curl_easy_init();
	if (stream->curl == NULL)
		goto fail;
	result = connect_curl(stream->curl, conf, why);
	if (result != STREAM_OK)
		goto fail;
	curl_easy_getinfo(stream->curl, CURLINFO_ACTIVESOCKET, &fd);
	stream->fd = fd;
	stream_allow(stream, conf->timeout, WIRE_LINE_MAX, 0);
	if (!put_etpan_on(stream)) {
		result = STREAM_AWAY;
		goto fail;
	}
	*stream_r = stream;
	return STREAM_OK;
fail:
	curl_easy_cleanup(stream->curl);
	free(stream);
	return result;
}

mailstream *
stream_etpan(struct stream *stream)
{
	return stream->etpan;
}

void
stream_allow(
    struct stream *stream, int milliseconds, size_t octets, size_t literal)
{
	stream->deadline = stream_clock() + milliseconds;
	stream->octets_left = octets;
	stream->wire.literal_max = literal;
}

int
stream_wait(struct stream *stream, int milliseconds)
{
	int64_t until = stream_clock() + milliseconds;
	ssize_t n;

	if (stream->fault != STREAM_WELL)
		return -1;
	if (stream->etpan->read_buffer_len > 0 || stream->ahead_len > 0)
		return 1;
	/* TLS records may wait inside the library where poll() does not see
	 * them, and a readable descriptor may hold no application data: only
	 * reading tells. */
	while ((n = receive(stream, stream->ahead, AHEAD_MAX)) == 0) {
		struct pollfd pfd = {.fd = stream->fd, .events = POLLIN};
		int64_t left = until - stream_clock();

		if (left <= 0)
			return 0;
		(void)poll(&pfd, 1, (int)left);
	}
	if (n < 0)
		return -1;
	stream->ahead_at = 0;
	stream->ahead_len = (size_t)n;
	return 1;
}

unsigned
stream_news(const struct stream *stream)
{
	return stream->wire.news;
}

void
stream_break(struct stream *stream)
{
	broken(stream, STREAM_CLOSED);
}

enum stream_fault
stream_fault(const struct stream *stream)
{
	return stream->fault;
}

const char *
stream_fault_word(const struct stream *stream)
{
	switch (stream->fault) {
	case STREAM_WELL:
		return "it said what cannot be understood";
	case STREAM_CLOSED:
		return "it closed the connection";
	case STREAM_SLOW:
		return "it did not answer in time";
	case STREAM_FLOOD:
		return "it sent more than was asked for";
	case STREAM_BAD:
		return wire_word(stream->refused);
	}
	return "?";
}
