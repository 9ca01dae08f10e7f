/* The SMS gateway: some requests at once over kept connections (libcurl). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "arena.h"
#include "buf.h"
#include "log.h"
#include "record.h"
#include "span.h"

#include "sink.h"
#include "sink_private.h"
#include "sms_answer.h"
#include "sms_json.h"
#include "sms_template.h"

/* What is read of an answer. */
#define SMS_ANSWER_MAX 65536
/* Octets of an SMS: ten parts of the longest coding. */
#define SMS_TEXT_MAX	 1600
#define SMS_RETRY_MAX_MS 3600000
/* A connection that lay still for so many seconds is not used again: the
 * other side may be about to close it, and then nobody knows whether a
 * request that meets this was read. */
#define SMS_KEEP_SECONDS 10L

struct request {
	CURL *easy;
	struct arena *arena;
	struct Parcel *parcel; /* NULL: the request is free */
	struct curl_slist *headers;
	struct buf answer;
	char error[CURL_ERROR_SIZE];
	unsigned tries; /* how often libcurl was about to send it */
	bool ended;
	struct sink_end end;
	char *id;
	int64_t retry_after;
};

struct sms {
	struct sink sink;
	struct arena *arena; /* of the conf */
	struct sms_conf conf;
	CURLM *multi;
	struct request *requests;
	size_t count;
	size_t first; /* where the search for receipts begins, in turn */
};

static size_t
take_answer(char *octets, size_t size, size_t count, void *arg)
{
	struct request *request = arg;
	size_t len = size * count;

	if (len > SMS_ANSWER_MAX - request->answer.len)
		return 0;
	buf_add(&request->answer, (struct span){octets, len});
	return len;
}

/* libcurl sends a request once more when a kept connection was closed without
 * an answer. That could be a second SMS, so the second try is stopped. */
static int
before_sending(
    void *arg, char *theirs, char *ours, int their_port, int our_port)
{
	struct request *request = arg;

	(void)theirs;
	(void)ours;
	(void)their_port;
	(void)our_port;
	return request->tries++ == 0 ? CURL_PREREQFUNC_OK
				     : CURL_PREREQFUNC_ABORT;
}

static int
make_request(struct request *request, const struct sms_conf *conf)
{
	CURL *easy = curl_easy_init();

	request->arena = arena_new(0);
	if (easy == NULL)
		return -1;
	request->easy = easy;
	curl_easy_setopt(easy, CURLOPT_PRIVATE, request);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_answer);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, request);
	curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_sending);
	curl_easy_setopt(easy, CURLOPT_PREREQDATA, request);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, request->error);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)conf->timeout);
	curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, SMS_KEEP_SECONDS);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(
	    easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	/* Debian's libcurl would trust the system's folder beside the file. */
	if (conf->ca_file[0] != '\0') {
		curl_easy_setopt(easy, CURLOPT_CAINFO, conf->ca_file);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
	return 0;
}

static void
end(struct request *request, enum verdict verdict, unsigned code,
    const char *text)
{
	sink_end_set(&request->end, verdict, code, text);
	request->ended = true;
}

/* libcurl does not free these nodes: they lie in the arena. */
static void
add_header(struct request *request, char *line)
{
	struct curl_slist *node = arena_take(request->arena, sizeof *node);

	node->data = line;
	node->next = request->headers;
	request->headers = node;
}

static int
set_headers(
    struct sms *sms, struct request *request, const struct sms_values *values)
{
	const char *const *header = sms->conf.headers;

	request->headers = NULL;
	for (; header != NULL && *header != NULL; header++) {
		struct buf line = buf_in(request->arena);

		if (sms_expand(&line, *header, SMS_IN_HEADER, values) < 0)
			return -1;
		add_header(request, buf_text(&line));
	}
	if (sms->conf.body[0] != '\0' && sms->conf.content_type[0] != '\0')
		add_header(
		    request, arena_print(request->arena, "Content-Type: %s",
				 sms->conf.content_type));
	/* No asking for permission to send a few hundred octets. */
	add_header(request, arena_copy_text(request->arena, "Expect:"));
	curl_easy_setopt(request->easy, CURLOPT_HTTPHEADER, request->headers);
	return 0;
}

static int
set_request(
    struct sms *sms, struct request *request, const struct sms_values *values)
{
	struct buf url = buf_in(request->arena), body = url;
	enum sms_place place = sms_body_place(sms->conf.content_type);
	CURL *easy = request->easy;

	if (sms_expand(&url, sms->conf.url, SMS_IN_URL, values) < 0 ||
	    sms_expand(&body, sms->conf.body, place, values) < 0 ||
	    set_headers(sms, request, values) < 0)
		return -1;
	curl_easy_setopt(easy, CURLOPT_URL, buf_text(&url));
	if (strcmp(sms->conf.method, "GET") == 0) {
		curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
		return 0;
	}
	curl_easy_setopt(easy, CURLOPT_POST, 1L);
	curl_easy_setopt(
	    easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, buf_text(&body));
	return 0;
}

/* Why the parcel may not go out at all; NULL when it may. */
static const char *
refuse(const struct Parcel *parcel)
{
	struct span text = record_span(parcel->octets);

	if (!sms_number(parcel->to))
		return "the recipient is no number in E.164";
	if (text.len == 0 || text.len > SMS_TEXT_MAX)
		return "the text is empty or too long for an SMS";
	if (memchr(text.at, '\0', text.len) != NULL)
		return "there is a NUL in the text";
	return NULL;
}

static struct request *
find_free(struct sms *sms)
{
	for (size_t i = 0; i < sms->count; i++) {
		if (sms->requests[i].parcel == NULL)
			return &sms->requests[i];
	}
	return NULL;
}

static size_t
sms_room(const struct sink *sink)
{
	const struct sms *sms = (const struct sms *)sink;
	size_t room = 0;

	for (size_t i = 0; i < sms->count; i++)
		room += sms->requests[i].parcel == NULL;
	return room;
}

static void
sms_put(struct sink *sink, const struct Parcel *parcel)
{
	struct sms *sms = (struct sms *)sink;
	struct request *request = find_free(sms);
	struct sms_values values;
	const char *why = refuse(parcel);

	if (request == NULL)
		return;
	request->parcel = sink_copy(request->arena, parcel);
	request->answer = buf_in(request->arena);
	request->tries = 0;
	request->error[0] = '\0';
	if (why != NULL) {
		end(request, VERDICT_NEVER, 0, why);
		return;
	}
	values = (struct sms_values){
	    .to = parcel->to,
	    .text = arena_copy(request->arena, record_span(parcel->octets)),
	    .reference = parcel->reference,
	    .user = sms->conf.user,
	    .password = sms->conf.password,
	    .from = sms->conf.from,
	};
	if (set_request(sms, request, &values) < 0)
		end(request, VERDICT_NEVER, 0,
		    "a value does not fit into the request");
	else if (curl_multi_add_handle(sms->multi, request->easy) != CURLM_OK)
		end(request, VERDICT_LATER, 0,
		    "libcurl takes no more requests");
}

/* Whether the answer is what the conf calls accepted. */
static bool
is_accepted(struct sms *sms, struct request *request, unsigned code)
{
	struct span text = buf_span(&request->answer);
	size_t len = strlen(sms->conf.accepted_text);

	if (!sms_accepts(sms->conf.accepted, code) || text.len < len ||
	    (len > 0 && memcmp(text.at, sms->conf.accepted_text, len) != 0))
		return false;
	if (sms->conf.id_json[0] == '\0')
		return true;
	request->id = sms_json_at(request->arena, text, sms->conf.id_json);
	return request->id != NULL;
}

static void
complain(const struct request *request, CURLcode rc, unsigned code)
{
	/* The answers are not logged: they may hold the number. */
	if (rc != CURLE_OK && code < 400)
		log_error("the SMS gateway cannot be used: %s",
		    curl_easy_strerror(rc));
	else if (request->end.verdict != VERDICT_YES)
		log_warn("the SMS gateway answered %u: %s", code,
		    verdict_word(request->end.verdict));
}

static void
finish(struct sms *sms, struct request *request, CURLcode rc)
{
	struct sms_answer answer = {
	    .left = request->tries > 0, .whole = rc == CURLE_OK};
	curl_off_t retry = 0;
	long code = 0;

	curl_easy_getinfo(request->easy, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_getinfo(request->easy, CURLINFO_RETRY_AFTER, &retry);
	curl_multi_remove_handle(sms->multi, request->easy);
	answer.code = code >= 200 ? (unsigned)code : 0;
	answer.accepted =
	    answer.whole && is_accepted(sms, request, answer.code);
	if (request->answer.len > 0 || rc == CURLE_OK)
		end(request, sms_verdict(&answer), answer.code,
		    buf_text(&request->answer));
	else
		end(request, sms_verdict(&answer), answer.code,
		    request->error[0] != '\0' ? request->error
					      : curl_easy_strerror(rc));
	if (retry > SMS_RETRY_MAX_MS / 1000)
		retry = SMS_RETRY_MAX_MS / 1000;
	if (request->end.verdict == VERDICT_LATER && retry > 0)
		request->retry_after = (int64_t)retry * 1000;
	complain(request, rc, answer.code);
}

static struct Receipt *
take_receipt(struct sms *sms, struct arena *arena)
{
	for (size_t i = 0; i < sms->count; i++) {
		size_t at = (sms->first + i) % sms->count;
		struct request *request = &sms->requests[at];
		struct Receipt *receipt;

		if (!request->ended)
			continue;
		receipt = sink_receipt(arena, request->parcel, &request->end);
		if (request->id != NULL)
			receipt->gateway_id =
			    arena_copy_text(arena, request->id);
		receipt->retry_after = request->retry_after;
		request->ended = false;
		request->parcel = NULL;
		request->id = NULL;
		request->retry_after = 0;
		arena_reset(request->arena);
		sms->first = at + 1;
		return receipt;
	}
	return NULL;
}

static void
perform(struct sms *sms)
{
	struct CURLMsg *msg;
	int running, left;

	curl_multi_perform(sms->multi, &running);
	while ((msg = curl_multi_info_read(sms->multi, &left)) != NULL) {
		CURLcode rc = msg->data.result;
		char *request = NULL;

		if (msg->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &request);
		finish(sms, (struct request *)request, rc);
	}
}

static struct Receipt *
sms_work(struct sink *sink, struct arena *arena, int fd, int wait)
{
	struct sms *sms = (struct sms *)sink;
	int64_t now = sink_now(), until = now + (wait > 0 ? wait : 0);
	struct curl_waitfd extra = {.fd = fd, .events = CURL_WAIT_POLLIN};
	struct Receipt *receipt = take_receipt(sms, arena);
	bool polled = false;

	while (receipt == NULL) {
		perform(sms);
		receipt = take_receipt(sms, arena);
		now = sink_now();
		if (receipt != NULL || extra.revents != 0 ||
		    (polled && now >= until))
			break;
		curl_multi_poll(sms->multi, &extra, fd >= 0 ? 1 : 0,
		    now < until ? (int)(until - now) : 0, NULL);
		polled = true;
	}
	return receipt;
}

static void
sms_close(struct sink *sink)
{
	struct sms *sms = (struct sms *)sink;

	for (size_t i = 0; i < sms->count; i++) {
		struct request *request = &sms->requests[i];

		if (request->easy != NULL) {
			curl_multi_remove_handle(sms->multi, request->easy);
			curl_easy_cleanup(request->easy);
		}
		arena_free(request->arena);
	}
	if (sms->multi != NULL)
		curl_multi_cleanup(sms->multi);
	arena_free(sms->arena);
	free(sms);
	curl_global_cleanup();
}

static const char *
check(const struct sms_conf *conf)
{
	if (strncmp(conf->url, "https://", 8) != 0 &&
	    strncmp(conf->url, "http://", 7) != 0)
		return "the gateway's URL begins neither with https:// nor "
		       "with http://";
	if (strcmp(conf->method, "GET") != 0 &&
	    strcmp(conf->method, "POST") != 0)
		return "the method is neither GET nor POST";
	if (!sms_accepts_valid(conf->accepted))
		return "the accepted codes are no list such as 200-202,204";
	if (conf->connections == 0 || conf->timeout <= 0)
		return "connections and timeout must be above zero";
	return NULL;
}

static int
setup(struct sms *sms, const struct sms_conf *conf, const char **why_r)
{
	struct sms_conf *own = &sms->conf;
	const char **texts[] = {&own->url, &own->method, &own->content_type,
	    &own->body, &own->user, &own->password, &own->from, &own->accepted,
	    &own->accepted_text, &own->id_json, &own->ca_file};
	size_t n = 0;
	const char **headers;

	*own = *conf;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = arena_copy_text(
		    sms->arena, *texts[i] != NULL ? *texts[i] : "");
	while (conf->headers != NULL && conf->headers[n] != NULL)
		n++;
	headers = arena_take_many(sms->arena, n + 1, sizeof *headers);
	for (size_t i = 0; i < n; i++)
		headers[i] = arena_copy_text(sms->arena, conf->headers[i]);
	own->headers = headers;
	*why_r = check(own);
	if (*why_r != NULL)
		return -1;
	*why_r = "libcurl cannot be started";
	sms->multi = curl_multi_init();
	if (sms->multi == NULL)
		return -1;
	curl_multi_setopt(
	    sms->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)own->connections);
	curl_multi_setopt(
	    sms->multi, CURLMOPT_MAXCONNECTS, (long)own->connections);
	sms->requests = arena_take_many(
	    sms->arena, own->connections, sizeof *sms->requests);
	while (sms->count < own->connections) {
		if (make_request(&sms->requests[sms->count++], own) < 0)
			return -1;
	}
	return 0;
}

struct sink *
sink_sms(const struct sms_conf *conf, const char **why_r)
{
	static const struct sink_kind kind = {
	    .room = sms_room,
	    .put = sms_put,
	    .work = sms_work,
	    .close = sms_close,
	};
	struct sms *sms;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		*why_r = "libcurl cannot be started";
		return NULL;
	}
	sms = calloc(1, sizeof *sms);
	if (sms == NULL) {
		curl_global_cleanup();
		*why_r = "there is no memory";
		return NULL;
	}
	sms->sink.kind = &kind;
	sms->arena = arena_new(0);
	if (setup(sms, conf, why_r) < 0) {
		sms_close(&sms->sink);
		return NULL;
	}
	return &sms->sink;
}
