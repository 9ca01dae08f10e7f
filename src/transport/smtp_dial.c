#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "log.h"
#include "span.h"

#include "credential.h"
#include "sink_private.h"
#include "smtp_dial.h"
#include "smtp_wire.h"

static bool
is_address(int family, const char *host)
{
	unsigned char octets[sizeof(struct in6_addr)];

	return inet_pton(family, host, octets) == 1;
}

static bool
is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
	       (is_address(AF_INET, host) && strncmp(host, "127.", 4) == 0);
}

static const char *
check(const struct smtp_conf *conf)
{
	if (!smtp_host(conf->host) && !is_address(AF_INET6, conf->host))
		return "the relay's host is neither a name nor an address";
	if (conf->port == 0 || conf->port > 65535)
		return "the relay's port is not between 1 and 65535";
	if (!smtp_host(conf->helo))
		return "the helo name is not a host name";
	if (conf->tls == SMTP_PLAIN && !is_loopback(conf->host))
		return "mail may go without TLS only to this machine itself";
	if (conf->connections == 0 || conf->timeout <= 0)
		return "connections and timeout must be above zero";
	return NULL;
}

int
smtp_dial_setup(struct smtp_dial *dial, struct arena *arena,
    const struct smtp_conf *conf, const char **why_r)
{
	const char *wrong = check(conf);
	struct smtp_conf *own = &dial->conf;
	bool six = is_address(AF_INET6, conf->host);
	const char **texts[] = {&own->host, &own->ca_file, &own->user,
	    &own->password, &own->token_file, &own->token_command, &own->helo};

	if (wrong != NULL) {
		*why_r = wrong;
		return -1;
	}
	*own = *conf;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] =
		    arena_copy_text(arena, *texts[i] != NULL ? *texts[i] : "");
	/* libcurl takes the HELO name from the URL's path. */
	dial->url = arena_print(arena, "%s://%s%s%s:%u/%s",
	    own->tls == SMTP_TLS ? "smtps" : "smtp", six ? "[" : "", own->host,
	    six ? "]" : "", own->port, own->helo);
	dial->multi = curl_multi_init();
	if (dial->multi == NULL) {
		*why_r = "libcurl cannot be started";
		return -1;
	}
	/* Room enough that it never drops a connection that we still use. */
	curl_multi_setopt(dial->multi, CURLMOPT_MAXCONNECTS,
	    (long)(own->connections * 2 + 10));
	return 0;
}

/* libcurl gives each line that the server says while it opens. */
static size_t
take_header(char *octets, size_t size, size_t count, void *arg)
{
	struct smtp_call *call = arg;
	struct span rest = {octets, size * count};

	while (rest.len > 0) {
		size_t used;
		int rc = smtp_reply_feed(&call->reply, rest, &used);

		rest.at += used;
		rest.len -= used;
		if (rc == SMTP_REPLY_BAD)
			return 0;
		/* Only EHLO is answered by 250 before MAIL; the last one
		 * counts, since what is said before TLS is anybody's. */
		if (rc == SMTP_REPLY_WHOLE && call->reply.code == 250)
			call->features = call->reply.features;
		if (rc == SMTP_REPLY_WHOLE && call->reply.code == 235)
			call->logged_in = true;
	}
	return size * count;
}

static void
set_security(CURL *easy, const struct smtp_conf *conf)
{
	if (conf->tls == SMTP_STARTTLS)
		curl_easy_setopt(easy, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(
	    easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	/* Debian's libcurl would trust the system's folder beside the file. */
	if (conf->ca_file[0] != '\0') {
		curl_easy_setopt(easy, CURLOPT_CAINFO, conf->ca_file);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
	if (conf->user[0] == '\0')
		return;
	curl_easy_setopt(easy, CURLOPT_USERNAME, conf->user);
	curl_easy_setopt(easy, CURLOPT_SASL_IR, 1L);
	if (conf->token_file[0] != '\0' || conf->token_command[0] != '\0')
		curl_easy_setopt(easy, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
	else
		curl_easy_setopt(easy, CURLOPT_PASSWORD, conf->password);
}

int
smtp_call_new(struct smtp_call *call, struct smtp_dial *dial, void *owner)
{
	CURL *easy = curl_easy_init();

	if (easy == NULL)
		return -1;
	call->easy = easy;
	call->socket = -1;
	curl_easy_setopt(easy, CURLOPT_PRIVATE, owner);
	curl_easy_setopt(easy, CURLOPT_URL, dial->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->error);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)dial->conf.timeout);
	/* libcurl would close what it takes for old, while we use it. */
	curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, 1000L * 86400L);
	set_security(easy, &dial->conf);
	return 0;
}

void
smtp_call_free(struct smtp_call *call, struct smtp_dial *dial)
{
	if (call->easy == NULL)
		return;
	smtp_call_close(call, dial);
	curl_easy_cleanup(call->easy);
	call->easy = NULL;
}

static int
renew_token(struct smtp_dial *dial, const char **why_r)
{
	int64_t now = sink_now();

	if (now < dial->token_until)
		return 0;
	if (credential_token(dial->conf.token_file, dial->conf.token_command,
		dial->token, sizeof dial->token, why_r) < 0)
		return -1;
	dial->token_until = now + SMTP_TOKEN_MS;
	return 0;
}

int
smtp_call_open(
    struct smtp_call *call, struct smtp_dial *dial, const char **why_r)
{
	const struct smtp_conf *conf = &dial->conf;

	if (conf->user[0] != '\0' &&
	    (conf->token_file[0] != '\0' || conf->token_command[0] != '\0')) {
		if (renew_token(dial, why_r) < 0)
			return -1;
		curl_easy_setopt(
		    call->easy, CURLOPT_XOAUTH2_BEARER, dial->token);
	}
	memset(&call->reply, 0, sizeof call->reply);
	call->features = 0;
	call->logged_in = false;
	call->error[0] = '\0';
	if (curl_multi_add_handle(dial->multi, call->easy) != CURLM_OK) {
		*why_r = "libcurl takes no more connections";
		return -1;
	}
	call->added = true;
	return 0;
}

int
smtp_call_opened(struct smtp_call *call, struct smtp_dial *dial, CURLcode rc,
    unsigned *code_r, const char **why_r)
{
	curl_socket_t socket = CURL_SOCKET_BAD;

	*code_r = 0;
	if (rc != CURLE_OK) {
		*why_r = call->error[0] != '\0' ? call->error
						: curl_easy_strerror(rc);
		if (call->reply.whole && call->reply.code >= 400)
			*code_r = call->reply.code;
		/* Perhaps it was the token: the next call reads it anew. */
		if (rc == CURLE_LOGIN_DENIED)
			dial->token_until = 0;
		return -1;
	}
	/* libcurl goes on without AUTH where the server offers none that
	 * both can do; the mail would then be refused as if it were at
	 * fault. */
	if (dial->conf.user[0] != '\0' && !call->logged_in) {
		*why_r = "the relay offers no way to log in that we know";
		return -1;
	}
	if (curl_easy_getinfo(call->easy, CURLINFO_ACTIVESOCKET, &socket) !=
		CURLE_OK ||
	    socket == CURL_SOCKET_BAD) {
		*why_r = "the connection was lost";
		return -1;
	}
	call->socket = socket;
	memset(&call->reply, 0, sizeof call->reply);
	return 0;
}

void
smtp_call_close(struct smtp_call *call, struct smtp_dial *dial)
{
	if (call->added)
		curl_multi_remove_handle(dial->multi, call->easy);
	call->added = false;
	call->socket = -1;
}

void
smtp_complain(struct smtp_dial *dial, unsigned code, const char *why)
{
	char complaint[sizeof dial->complaint];
	int64_t now = sink_now();

	snprintf(complaint, sizeof complaint, "%s (code %u)", why, code);
	if (now < dial->complaint_until &&
	    strcmp(complaint, dial->complaint) == 0)
		return;
	memcpy(dial->complaint, complaint, sizeof complaint);
	dial->complaint_until = now + SMTP_COMPLAINT_MS;
	log_error("the mail relay cannot be used: %s", complaint);
}
