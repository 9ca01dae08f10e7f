/* check_sink_sms: a gateway that plays each way in which an SMS can end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "record.h"

#include "sink.h"
#include "sms_answer.h"
#include "sms_json.h"
#include "sms_preset.h"
#include "sms_template.h"

#include "check_sink.h"
#include "fake.h"

#define STEPS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* ---- pure -------------------------------------------------------------- */

static const struct sms_values values = {
    .to = "+491701234567",
    .text = "a&b=\"c\\d\"\n\xc3\xbc {to}",
    .reference = "r/1",
    .user = "me",
    .password = "p%w",
    .from = "",
};

static const struct {
	const char *template;
	enum sms_place place;
	const char *result;
} template_rows[] = {
    {"x?to={to}&text={text}", SMS_IN_URL,
	"x?to=%2B491701234567&text="
	"a%26b%3D%22c%5Cd%22%0A%C3%BC%20%7Bto%7D"},
    {"p={password}&f={from}&r={reference}", SMS_IN_FORM, "p=p%25w&f=&r=r%2F1"},
    {"{\"to\":\"{digits}\",\"text\":\"{text}\"}", SMS_IN_JSON,
	"{\"to\":\"491701234567\",\"text\":"
	"\"a&b=\\\"c\\\\d\\\"\\u000a\xc3\xbc {to}\"}"},
    {"{text}", SMS_IN_TEXT, "a&b=\"c\\d\"\n\xc3\xbc {to}"},
    {"X-Key: {user}", SMS_IN_HEADER, "X-Key: me"},
    {"X-Text: {text}", SMS_IN_HEADER, NULL},
    {"{unknown} {{to}} {", SMS_IN_TEXT, "{unknown} {+491701234567} {"},
    {"{coding} {type}", SMS_IN_TEXT, "0 text"},
};

START_TEST(values_are_escaped_as_their_place_needs)
{
	struct arena *arena = arena_new(0);
	struct buf out = buf_in(arena);
	int rc = sms_expand(
	    &out, template_rows[_i].template, template_rows[_i].place, &values);

	if (template_rows[_i].result == NULL)
		ck_assert_int_eq(rc, -1);
	else
		ck_assert_str_eq(buf_text(&out), template_rows[_i].result);
	arena_free(arena);
}
END_TEST

START_TEST(small_questions_have_answers)
{
	ck_assert(sms_number("+491701234567"));
	ck_assert(sms_number("+1234567"));
	ck_assert(!sms_number("+123456"));
	ck_assert(!sms_number("+1234567890123456"));
	ck_assert(!sms_number("+0123456789"));
	ck_assert(!sms_number("491701234567"));
	ck_assert(!sms_number("+49170 1234567"));
	ck_assert(!sms_number("+491701234567&to=+1"));
	ck_assert(!sms_number(""));
	ck_assert(sms_is_gsm("Ticket [1042]: \xc3\xa4\xe2\x82\xac\n"));
	ck_assert(!sms_is_gsm("`"));
	ck_assert(!sms_is_gsm("\xd0\x96"));
	ck_assert(!sms_is_gsm("\xf0\x9f\x99\x82"));
	ck_assert_int_eq(
	    sms_body_place("application/json; charset=utf-8"), SMS_IN_JSON);
	ck_assert_int_eq(sms_body_place("application/vnd.x+json"), SMS_IN_JSON);
	ck_assert_int_eq(
	    sms_body_place("Application/X-WWW-Form-URLencoded"), SMS_IN_FORM);
	ck_assert_int_eq(sms_body_place("text/plain"), SMS_IN_TEXT);
	ck_assert(sms_accepts("202", 202) && !sms_accepts("202", 200));
	ck_assert(sms_accepts("200-204,299", 203));
	ck_assert(sms_accepts("200-204,299", 299));
	ck_assert(!sms_accepts("200-204,299", 205));
	ck_assert(!sms_accepts_valid("") && !sms_accepts_valid("2xx"));
	ck_assert(!sms_accepts_valid("200,") && !sms_accepts_valid("204-200"));
	ck_assert(!sms_accepts_valid("200 202"));
}
END_TEST

static const struct {
	const char *text, *path, *value;
} json_rows[] = {
    {"{\"a\":\"b\"}", "a", "b"},
    {" { \"x\" : [ 1, {\"id\": \"q\" } ] } ", "x.1.id", "q"},
    {"{\"messages\":[{\"message-id\":\"0A\"}]}", "messages.0.message-id", "0A"},
    {"{\"id\":-1.5e+3}", "id", "-1.5e+3"},
    {"{\"id\":\"\\u00fc\\ud83d\\ude42\\n\"}", "id",
	"\xc3\xbc\xf0\x9f\x99\x82\n"},
    {"{\"id\":\"\\ud83d\"}", "id", "\xef\xbf\xbd"},
    {"{\"a\":{\"id\":1},\"id\":2}", "id", "2"},
    {"{\"id\":1,\"id\":2}", "id", "1"},
    {"{\"id\":\"\"}", "id", NULL},
    {"{\"id\":null}", "id", NULL},
    {"{\"id\":{}}", "id", NULL},
    {"{\"ids\":1}", "id", NULL},
    {"{\"id\":1", "id", NULL},
    {"{\"id\":1}x", "id", NULL},
    {"{\"id\":1,}", "id", NULL},
    {"{\"id\":01}", "id", NULL},
    {"{\"id\":1.}", "id", NULL},
    {"{\"id\":\"a\nb\"}", "id", NULL},
    {"{\"id\":\"\\x\"}", "id", NULL},
    {"{\"id\":\"abc", "id", NULL},
    {"{\"id\":tru}", "id", NULL},
    {"{id:1}", "id", NULL},
    {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "0", NULL},
    {"", "id", NULL},
    {"<html>", "id", NULL},
};

START_TEST(json_is_read_strictly)
{
	struct arena *arena = arena_new(0);
	char *value =
	    sms_json_at(arena, span_of(json_rows[_i].text), json_rows[_i].path);

	if (json_rows[_i].value == NULL)
		ck_assert_msg(value == NULL, "%s", json_rows[_i].text);
	else
		ck_assert_msg(
		    value != NULL && strcmp(value, json_rows[_i].value) == 0,
		    "%s: %s", json_rows[_i].text, value);
	arena_free(arena);
}
END_TEST

/* ---- the gateway ------------------------------------------------------- */

#define ANSWER(status, more, body)                                             \
	">HTTP/1.1 " status "\r\nConnection: close\r\n" more "\r\n" body
#define OK_BODY "{\"id\":\"m-1\"}"

static const struct {
	const char *what;
	const char *const *steps;
	enum verdict verdict;
	unsigned code;
	int64_t retry_after;
	const char *id;
} rows[] = {
    {"200 with an id", STEPS("q", ANSWER("200 OK", "", OK_BODY), "x"),
	VERDICT_YES, 200, 0, "m-1"},
    {"202 with an id", STEPS("q", ANSWER("202 Ok", "", OK_BODY), "x"),
	VERDICT_YES, 202, 0, "m-1"},
    {"200 with another type of the same content",
	STEPS(
	    "q", ANSWER("200 OK", "Content-Type: text/html\r\n", OK_BODY), "x"),
	VERDICT_YES, 200, 0, "m-1"},
    {"200 with an error in it",
	STEPS("q", ANSWER("200 OK", "", "{\"error\":7}"), "x"), VERDICT_UNSURE,
	200, 0, ""},
    {"204 is not what we accept", STEPS("q", ANSWER("204 No", "", ""), "x"),
	VERDICT_UNSURE, 204, 0, ""},
    {"truncated JSON", STEPS("q", ANSWER("200 OK", "", "{\"id\":\"m-1\""), "x"),
	VERDICT_UNSURE, 200, 0, ""},
    {"less than announced",
	STEPS("q", ANSWER("200 OK", "Content-Length: 99\r\n", OK_BODY), "x"),
	VERDICT_UNSURE, 200, 0, ""},
    {"301 is not followed",
	STEPS("q", ANSWER("301 Moved", "Location: http://127.0.0.1:1/\r\n", ""),
	    "x"),
	VERDICT_LATER, 301, 0, ""},
    {"400", STEPS("q", ANSWER("400 Bad", "", "no"), "x"), VERDICT_NEVER, 400, 0,
	""},
    {"401", STEPS("q", ANSWER("401 Who", "", ""), "x"), VERDICT_NEVER, 401, 0,
	""},
    {"402", STEPS("q", ANSWER("402 Pay", "", ""), "x"), VERDICT_NEVER, 402, 0,
	""},
    {"404", STEPS("q", ANSWER("404 Where", "", ""), "x"), VERDICT_NEVER, 404, 0,
	""},
    {"408", STEPS("q", ANSWER("408 Late", "", ""), "x"), VERDICT_UNSURE, 408, 0,
	""},
    {"409", STEPS("q", ANSWER("409 Twice", "", ""), "x"), VERDICT_UNSURE, 409,
	0, ""},
    {"429", STEPS("q", ANSWER("429 Slow", "", ""), "x"), VERDICT_LATER, 429, 0,
	""},
    {"429 with Retry-After",
	STEPS("q", ANSWER("429 Slow", "Retry-After: 30\r\n", ""), "x"),
	VERDICT_LATER, 429, 30000, ""},
    {"429 with a Retry-After of a year",
	STEPS("q", ANSWER("429 Slow", "Retry-After: 31536000\r\n", ""), "x"),
	VERDICT_LATER, 429, 3600000, ""},
    {"429 with a Retry-After that is none",
	STEPS("q", ANSWER("429 Slow", "Retry-After: soon\r\n", ""), "x"),
	VERDICT_LATER, 429, 0, ""},
    {"500", STEPS("q", ANSWER("500 Oops", "", ""), "x"), VERDICT_LATER, 500, 0,
	""},
    {"503 with Retry-After",
	STEPS("q", ANSWER("503 Busy", "Retry-After: 5\r\n", ""), "x"),
	VERDICT_LATER, 503, 5000, ""},
    {"10 MB", STEPS("q", ANSWER("200 OK", "", ""), "#", "x"), VERDICT_UNSURE,
	200, 0, ""},
    {"an octet at a time", STEPS("q", ANSWER("200 OK", "", ""), "%"),
	VERDICT_UNSURE, 200, 0, ""},
    {"silence after the request", STEPS("q", "z"), VERDICT_UNSURE, 0, 0, ""},
    {"close after the request", STEPS("q", "x"), VERDICT_UNSURE, 0, 0, ""},
    {"reset after the request", STEPS("q", "!"), VERDICT_UNSURE, 0, 0, ""},
    {"half a status line", STEPS("q", ">HTTP/1.1 20", "x"), VERDICT_UNSURE, 0,
	0, ""},
    {"no HTTP", STEPS("q", ">220 fake ESMTP\r\n", "x"), VERDICT_UNSURE, 0, 0,
	""},
    {"continue, and then nothing",
	STEPS("q", ">HTTP/1.1 100 Continue\r\n\r\n", "x"), VERDICT_UNSURE, 0, 0,
	""},
};

static struct sink *
open_sink(struct arena *arena, unsigned port, const char *scheme)
{
	static const char *const headers[] = {"X-Key: {password}", NULL};
	struct sms_conf conf = {
	    .url = arena_print(
		arena, "%s://127.0.0.1:%u/send?ref={reference}", scheme, port),
	    .method = "POST",
	    .content_type = "application/json",
	    .headers = headers,
	    .body = "{\"to\":\"{to}\",\"text\":\"{text}\"}",
	    .user = "me",
	    .password = "pw",
	    .accepted = "200-202",
	    .accepted_text = "{",
	    .id_json = "id",
	    .connections = 1,
	    .timeout = 400,
	};
	const char *why = "";
	struct sink *sink = sink_sms(&conf, &why);

	ck_assert_msg(sink != NULL, "%s", why);
	return sink;
}

START_TEST(each_answer_gets_its_word)
{
	struct arena *arena = arena_new(0);
	struct Receipt *receipt;
	struct fake fake;
	struct sink *sink;
	const char *again;
	char heard[70000];

	fake_start(&fake, rows[_i].steps);
	sink = open_sink(arena, fake.port, "http");
	receipt = send_one(sink, arena, sms_parcel(arena));
	fake_end(&fake, heard, sizeof heard);
	ck_assert_msg(receipt->verdict == rows[_i].verdict &&
			  receipt->code == rows[_i].code,
	    "%s: %s %u %s", rows[_i].what,
	    verdict_word((enum verdict)receipt->verdict), receipt->code,
	    receipt->text);
	ck_assert_int_eq(receipt->retry_after, rows[_i].retry_after);
	ck_assert_str_eq(receipt->gateway_id, rows[_i].id);
	ck_assert_ptr_nonnull(strstr(heard, "POST /send?ref=ref-43 HTTP/1.1"));
	ck_assert_ptr_nonnull(strstr(heard, "X-Key: pw\r\n"));
	ck_assert_ptr_nonnull(
	    strstr(heard, "Content-Type: application/json\r\n"));
	ck_assert_ptr_nonnull(strstr(heard,
	    "{\"to\":\"+491701234567\",\"text\":\"Ticket 1042 & more\"}"));
	/* Never a second request, whatever came of the first. */
	again = strstr(heard, "POST");
	ck_assert_ptr_null(strstr(again + 1, "POST"));
	sink_close(sink);
	arena_free(arena);
}
END_TEST

START_TEST(before_the_request_left_it_is_later)
{
	struct arena *arena = arena_new(0);
	struct Parcel *parcel = sms_parcel(arena);
	struct fake fake;
	struct sink *sink;
	char heard[1000];

	/* Nobody listens there. */
	sink = open_sink(arena, 1, "http");
	ck_assert_uint_eq(
	    send_one(sink, arena, parcel)->verdict, VERDICT_LATER);
	sink_close(sink);
	/* No TLS there. */
	fake_start(&fake, STEPS(">HTTP/1.1 200 OK\r\n\r\n", "z"));
	sink = open_sink(arena, fake.port, "https");
	ck_assert_uint_eq(
	    send_one(sink, arena, parcel)->verdict, VERDICT_LATER);
	/* No number: not even a connection. */
	parcel->to = arena_copy_text(arena, "+49170123\r\nX: y");
	ck_assert_uint_eq(
	    send_one(sink, arena, parcel)->verdict, VERDICT_NEVER);
	sink_close(sink);
	fake_end(&fake, heard, sizeof heard);
	ck_assert_ptr_null(strstr(heard, "POST"));
	arena_free(arena);
}
END_TEST

/* libcurl would send the second one twice: it came on a kept connection that
 * was closed without an answer. */
START_TEST(a_request_on_a_kept_connection_is_sent_once)
{
	struct arena *arena = arena_new(0);
	struct fake fake;
	struct sink *sink;
	unsigned posts = 0;
	char heard[70000];

	fake_start(&fake,
	    STEPS("q", ">HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n" OK_BODY,
		"q", "x", "q", ANSWER("200 OK", "", OK_BODY), "z"));
	sink = open_sink(arena, fake.port, "http");
	ck_assert_uint_eq(
	    send_one(sink, arena, sms_parcel(arena))->verdict, VERDICT_YES);
	ck_assert_uint_eq(
	    send_one(sink, arena, sms_parcel(arena))->verdict, VERDICT_UNSURE);
	sink_close(sink);
	fake_end(&fake, heard, sizeof heard);
	for (const char *s = heard; (s = strstr(s, "POST ")) != NULL; s++)
		posts++;
	ck_assert_uint_eq(posts, 2);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *preset, *answer, *request, *id;
} preset_rows[] = {
    {"kannel", ANSWER("202 Ok", "", "0: Accepted for delivery"),
	"GET /cgi-bin/sendsms?username=me&password=p%25w&from=Desk"
	"&to=%2B491701234567&charset=UTF-8&coding=0"
	"&text=Ticket%201042%20%26%20more HTTP/1.1\r\n",
	""},
    {"twilio", ANSWER("201 Created", "", "{\"sid\":\"SM1\"}"),
	"POST /2010-04-01/Accounts/me/Messages.json HTTP/1.1\r\n", "SM1"},
    {"twilio", ANSWER("201 Created", "", "{\"sid\":\"SM1\"}"),
	"Authorization: Basic bWU6cCV3\r\n", "SM1"},
    {"twilio", ANSWER("201 Created", "", "{\"sid\":\"SM1\"}"),
	"\r\n\r\nTo=%2B491701234567&From=Desk&Body=Ticket%201042%20%26%20more",
	"SM1"},
    {"vonage", ANSWER("200 OK", "", "{\"messages\":[{\"message-id\":\"0C\"}]}"),
	"\r\n\r\napi_key=me&api_secret=p%25w&from=Desk&to=491701234567"
	"&type=text&client-ref=ref-43&text=Ticket%201042%20%26%20more",
	"0C"},
};

START_TEST(presets_ask_as_their_gateway_wants)
{
	const struct sms_preset *preset =
	    sms_preset_find(preset_rows[_i].preset);
	struct arena *arena = arena_new(0);
	struct sms_conf conf = {.user = "me",
	    .password = "p%w",
	    .from = "Desk",
	    .connections = 1,
	    .timeout = 2000};
	struct Receipt *receipt;
	const char *why = "";
	struct fake fake;
	struct sink *sink;
	char heard[70000];

	fake_start(&fake, STEPS("q", preset_rows[_i].answer, "x"));
	ck_assert_int_eq(
	    sms_preset_apply(preset, arena,
		arena_print(arena, "http://127.0.0.1:%u", fake.port), &conf),
	    0);
	sink = sink_sms(&conf, &why);
	ck_assert_msg(sink != NULL, "%s", why);
	receipt = send_one(sink, arena, sms_parcel(arena));
	fake_end(&fake, heard, sizeof heard);
	ck_assert_msg(
	    strstr(heard, preset_rows[_i].request) != NULL, "%s", heard);
	ck_assert_uint_eq(receipt->verdict, VERDICT_YES);
	ck_assert_str_eq(receipt->gateway_id, preset_rows[_i].id);
	sink_close(sink);
	arena_free(arena);
}
END_TEST

START_TEST(kannel_takes_an_sms_and_refuses_a_stranger)
{
	static const char *const passwords[] = {"secret", "wrong"};
	const struct sms_preset *kannel = sms_preset_find("kannel");
	unsigned port = stack_port("kannel_sendsms");
	struct arena *arena = arena_new(0);
	struct sms_conf conf = {.user = "gate",
	    .password = passwords[_i],
	    .from = "12345",
	    .connections = 1,
	    .timeout = 10000};
	const char *why = "";
	struct sink *sink;

	if (port == 0) {
		fprintf(stderr, "skipped: GATEPOST_TEST_STACK has no Kannel\n");
		arena_free(arena);
		return;
	}
	ck_assert_int_eq(
	    sms_preset_apply(kannel, arena,
		arena_print(arena, "http://127.0.0.1:%u", port), &conf),
	    0);
	sink = sink_sms(&conf, &why);
	ck_assert_msg(sink != NULL, "%s", why);
	ck_assert_uint_eq(send_one(sink, arena, sms_parcel(arena))->verdict,
	    _i == 0 ? VERDICT_YES : VERDICT_NEVER);
	sink_close(sink);
	arena_free(arena);
}
END_TEST

TCase *
sms_cases(void)
{
	TCase *sms = tcase_create("sms");

	tcase_set_timeout(sms, 20);
	tcase_add_loop_test(sms, values_are_escaped_as_their_place_needs, 0,
	    LENGTH(template_rows));
	tcase_add_test(sms, small_questions_have_answers);
	tcase_add_loop_test(sms, json_is_read_strictly, 0, LENGTH(json_rows));
	tcase_add_loop_test(sms, each_answer_gets_its_word, 0, LENGTH(rows));
	tcase_add_test(sms, before_the_request_left_it_is_later);
	tcase_add_test(sms, a_request_on_a_kept_connection_is_sent_once);
	tcase_add_loop_test(
	    sms, presets_ask_as_their_gateway_wants, 0, LENGTH(preset_rows));
	tcase_add_loop_test(
	    sms, kannel_takes_an_sms_and_refuses_a_stranger, 0, 2);
	return sms;
}
