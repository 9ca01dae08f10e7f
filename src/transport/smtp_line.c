#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "record.h"
#include "span.h"

#include "smtp_line.h"
#include "smtp_verdict.h"
#include "smtp_wire.h"

/* What each state wants to hear and where that leads. */
static const struct {
	unsigned want; /* the first digit of the reply */
	enum smtp_line_state next;
} steps[] = {
    [SMTP_MAIL] = {2, SMTP_RCPT},
    [SMTP_RCPT] = {2, SMTP_DATA},
    [SMTP_DATA] = {3, SMTP_BODY},
    [SMTP_BODY] = {2, SMTP_IDLE},
    [SMTP_CLEARING] = {2, SMTP_IDLE},
};

int
smtp_line_new(struct smtp_line *line, struct smtp_dial *dial)
{
	line->dial = dial;
	line->arena = arena_new(0);
	return smtp_call_new(&line->call, dial, line);
}

void
smtp_line_free(struct smtp_line *line)
{
	size_t n;

	/* A polite word that nobody waits for. */
	if (line->state == SMTP_IDLE)
		curl_easy_send(line->call.easy, "QUIT\r\n", 6, &n);
	smtp_call_free(&line->call, line->dial);
	arena_free(line->arena);
}

bool
smtp_line_free_now(const struct smtp_line *line)
{
	return line->parcel == NULL &&
	       (line->state == SMTP_COLD || line->state == SMTP_IDLE);
}

static enum smtp_stage
stage_of(const struct smtp_line *line)
{
	switch (line->state) {
	case SMTP_MAIL:
	case SMTP_RCPT:
	case SMTP_DATA:
		return SMTP_AT_ENVELOPE;
	case SMTP_BODY:
		return line->out.len > 0 ? SMTP_AT_BODY : SMTP_AT_DOT;
	case SMTP_COLD:
	case SMTP_OPENING:
	case SMTP_IDLE:
	case SMTP_CLEARING:
		break;
	}
	return SMTP_AT_OPEN;
}

static void
end(struct smtp_line *line, unsigned code, const char *text)
{
	enum smtp_stage stage = stage_of(line);
	enum verdict verdict = smtp_verdict(stage, code);

	if (line->parcel == NULL || line->ended)
		return;
	sink_end_set(&line->end, verdict, code, text);
	line->ended = true;
	/* At the opening the reason is in libcurl's words; later replies may
	 * name people and stay out of the log. */
	if (stage == SMTP_AT_OPEN)
		smtp_complain(line->dial, code, text);
	else if (smtp_about_us(stage, code))
		smtp_complain(line->dial, code, "it wants us to log in");
}

static void
hang_up(struct smtp_line *line)
{
	size_t n;

	if (line->state == SMTP_IDLE)
		curl_easy_send(line->call.easy, "QUIT\r\n", 6, &n);
	smtp_call_close(&line->call, line->dial);
	line->state = SMTP_COLD;
	line->out.len = 0;
	line->broken = false;
}

static void
dial(struct smtp_line *line)
{
	const char *why;

	line->state = SMTP_OPENING;
	line->used = false;
	if (smtp_call_open(&line->call, line->dial, &why) < 0) {
		end(line, 0, why);
		line->state = SMTP_COLD;
	}
}

/* A server may close a kept connection whenever it likes. When it did so
 * before it answered anything to this mail, the mail has not been looked at:
 * a fresh connection gets it. Once, since that one is not `used`. */
static bool
dial_again(struct smtp_line *line)
{
	if (!line->used || line->state != SMTP_MAIL || line->ended)
		return false;
	hang_up(line);
	dial(line);
	return true;
}

static void
lost(struct smtp_line *line, const char *why)
{
	if (dial_again(line))
		return;
	end(line, 0, why);
	hang_up(line);
}

/* Writes as much as goes. An error is only noted: a reply that came before
 * the connection broke is still to be read. */
static void
write_out(struct smtp_line *line)
{
	while (line->out.len > 0) {
		size_t n = 0;
		CURLcode rc = curl_easy_send(
		    line->call.easy, line->out.at, line->out.len, &n);

		if (rc == CURLE_AGAIN)
			return;
		if (rc != CURLE_OK) {
			line->broken = true;
			return;
		}
		line->out.at += n;
		line->out.len -= n;
	}
}

static void
say(struct smtp_line *line, int len)
{
	line->out = (struct span){line->commands, (size_t)len};
	write_out(line);
}

/* MAIL, and with PIPELINING also RCPT and DATA in the same packet (RFC 2920:
 * DATA ends such a group). */
static void
start_mail(struct smtp_line *line)
{
	const struct Parcel *parcel = line->parcel;
	unsigned features = line->call.features;
	char size[40] = "", group[SMTP_ADDRESS_MAX + 32] = "";

	if (line->eight && !(features & SMTP_8BITMIME)) {
		sink_end_set(&line->end, VERDICT_NEVER, 0,
		    "the relay takes no 8-bit mail");
		line->ended = true;
		line->state = SMTP_IDLE;
		return;
	}
	line->pipelined = (features & SMTP_PIPELINING) != 0;
	line->state = SMTP_MAIL;
	if (features & SMTP_SIZE)
		snprintf(size, sizeof size, " SIZE=%zu", line->size);
	if (line->pipelined)
		snprintf(group, sizeof group, "RCPT TO:<%s>\r\nDATA\r\n",
		    parcel->to);
	say(line, snprintf(line->commands, sizeof line->commands,
		      "MAIL FROM:<%s>%s%s\r\n%s", parcel->from, size,
		      line->eight ? " BODY=8BITMIME" : "", group));
}

/* What is said when a good reply has led to this state. */
static void
go_on(struct smtp_line *line)
{
	if (line->state == SMTP_BODY) {
		line->out = line->wire;
		write_out(line);
	} else if (line->state == SMTP_RCPT && !line->pipelined) {
		say(line, snprintf(line->commands, sizeof line->commands,
			      "RCPT TO:<%s>\r\n", line->parcel->to));
	} else if (line->state == SMTP_DATA && !line->pipelined) {
		say(line, snprintf(line->commands, sizeof line->commands,
			      "DATA\r\n"));
	}
}

static void
rest(struct smtp_line *line)
{
	line->state = SMTP_IDLE;
	line->used = true;
	line->deadline = sink_now() + SMTP_IDLE_MS;
}

/* The mail has ended before its body: the connection is made fit for the next
 * one. Replies to commands that have already gone are awaited first. */
static void
clear(struct smtp_line *line)
{
	if (line->pipelined && line->state == SMTP_MAIL) {
		line->state = SMTP_RCPT;
	} else if (line->pipelined && line->state == SMTP_RCPT) {
		line->state = SMTP_DATA;
	} else {
		line->state = SMTP_CLEARING;
		say(line, snprintf(line->commands, sizeof line->commands,
			      "RSET\r\n"));
	}
}

static void
take_reply(struct smtp_line *line)
{
	unsigned code = line->call.reply.code;
	bool good = code / 100 == steps[line->state].want;
	bool body = line->state == SMTP_BODY;

	if (code == 421 && dial_again(line))
		return;
	if (!good || body)
		end(line, code, line->call.reply.text);
	if (body && line->out.len == 0 && code != 421) {
		rest(line);
	} else if (line->state == SMTP_CLEARING && good) {
		rest(line);
	} else if (code == 421 || body || line->state == SMTP_CLEARING ||
		   (line->ended && line->state == SMTP_DATA &&
		       code / 100 == 3)) {
		/* It is closing; or it answers before the dot; or it invites
		 * a mail that nobody is to receive: all are strange enough
		 * to begin anew. */
		hang_up(line);
	} else if (line->ended) {
		clear(line);
	} else {
		line->state = steps[line->state].next;
		go_on(line);
	}
}

static void
take_octets(struct smtp_line *line, struct span octets)
{
	while (octets.len > 0) {
		size_t used;
		int rc;

		/* Closed meanwhile, or words that nobody asked for: a 421
		 * before it closes, most likely. */
		if (line->state == SMTP_IDLE)
			hang_up(line);
		if (line->state == SMTP_COLD || line->state == SMTP_OPENING)
			return;
		rc = smtp_reply_feed(&line->call.reply, octets, &used);
		octets.at += used;
		octets.len -= used;
		if (rc == SMTP_REPLY_BAD)
			lost(line, "the relay does not speak SMTP");
		else if (rc == SMTP_REPLY_WHOLE)
			take_reply(line);
	}
}

void
smtp_line_ready(struct smtp_line *line)
{
	char octets[4096];
	size_t n = sizeof octets;

	write_out(line);
	while (line->state > SMTP_OPENING) {
		CURLcode rc =
		    curl_easy_recv(line->call.easy, octets, sizeof octets, &n);

		if (rc == CURLE_AGAIN)
			break;
		if (rc != CURLE_OK || n == 0) {
			lost(line, "the connection was lost");
			return;
		}
		take_octets(line, (struct span){octets, n});
		/* Without TLS there is no more when it was not full. */
		if (line->dial->conf.tls == SMTP_PLAIN && n < sizeof octets)
			break;
	}
	if (line->broken && line->state > SMTP_OPENING)
		lost(line, "the connection was lost");
}

void
smtp_line_opened(struct smtp_line *line, CURLcode rc)
{
	unsigned code;
	const char *why;

	if (smtp_call_opened(&line->call, line->dial, rc, &code, &why) < 0) {
		end(line, code, why);
		/* The log has libcurl's words, the receipt the server's. */
		if (code != 0)
			sink_end_set(&line->end, line->end.verdict, code,
			    line->call.reply.text);
		hang_up(line);
		return;
	}
	start_mail(line);
}

void
smtp_line_expired(struct smtp_line *line)
{
	if (line->state == SMTP_IDLE) {
		hang_up(line);
		return;
	}
	line->used = false;
	lost(line, "there was no answer in time");
}

/* Why the parcel may not go out at all; NULL when it may. */
static const char *
refuse(struct smtp_line *line, const struct Parcel *parcel)
{
	static const char malformed[] = "malformed mail of our own";

	if (parcel->from[0] != '\0' && !smtp_address(parcel->from))
		return "the sender is no address that we write to a relay";
	if (!smtp_address(parcel->to))
		return "the recipient is no address that we write to a relay";
	if (smtp_lint(record_span(parcel->octets), &line->eight) != NULL)
		return malformed;
	return NULL;
}

void
smtp_line_put(struct smtp_line *line, const struct Parcel *parcel)
{
	struct Parcel envelope = *parcel;
	struct buf wire = buf_in(line->arena);
	const char *why = refuse(line, parcel);

	envelope.octets = (ProtobufCBinaryData){0};
	line->parcel = sink_copy(line->arena, &envelope);
	line->deadline = sink_now() + line->dial->conf.timeout;
	if (why != NULL) {
		sink_end_set(&line->end, VERDICT_NEVER, 0, why);
		line->ended = true;
		return;
	}
	smtp_stuff(&wire, record_span(parcel->octets));
	line->wire = buf_span(&wire);
	line->size = parcel->octets.len;
	if (line->state == SMTP_IDLE)
		start_mail(line);
	else
		dial(line);
}

struct Receipt *
smtp_line_receipt(struct smtp_line *line, struct arena *arena)
{
	struct Receipt *receipt;

	if (!line->ended)
		return NULL;
	receipt = sink_receipt(arena, line->parcel, &line->end);
	line->ended = false;
	line->parcel = NULL;
	arena_reset(line->arena);
	return receipt;
}
