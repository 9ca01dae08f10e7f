#include "span.h"

#include "smtp_reply.h"

static void
take_feature(struct smtp_reply *reply, struct span word)
{
	static const struct {
		const char *word;
		enum smtp_feature feature;
	} rows[] = {
	    {"PIPELINING", SMTP_PIPELINING},
	    {"8BITMIME", SMTP_8BITMIME},
	    {"SIZE", SMTP_SIZE},
	};
	size_t len = 0;

	while (len < word.len && !ascii_blank((unsigned char)word.at[len]))
		len++;
	word.len = len;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (span_is(word, rows[i].word))
			reply->features |= rows[i].feature;
	}
}

/* One line without its end. A code that differs from the line before is
 * tolerated: the last line's counts. */
static int
take_line(struct smtp_reply *reply, struct span line)
{
	for (size_t i = 0; i < 3; i++) {
		if (line.len <= i || !ascii_digit((unsigned char)line.at[i]))
			return SMTP_REPLY_BAD;
	}
	if (line.at[0] < '2' || line.at[0] > '5')
		return SMTP_REPLY_BAD;
	if (line.len > 3 && line.at[3] != ' ' && line.at[3] != '-')
		return SMTP_REPLY_BAD;
	reply->code = (unsigned)(line.at[0] - '0') * 100 +
		      (unsigned)(line.at[1] - '0') * 10 +
		      (unsigned)(line.at[2] - '0');
	reply->whole = line.len == 3 || line.at[3] == ' ';
	if (line.len > 4) {
		struct span text = {line.at + 4, line.len - 4};

		if (reply->text_len > 0)
			reply->text_len = sink_say(
			    reply->text, reply->text_len, span_of(" "));
		reply->text_len = sink_say(reply->text, reply->text_len, text);
		take_feature(reply, text);
	}
	return reply->whole ? SMTP_REPLY_WHOLE : SMTP_REPLY_MORE;
}

static void
begin(struct smtp_reply *reply)
{
	reply->code = 0;
	reply->whole = false;
	reply->text[0] = '\0';
	reply->text_len = 0;
	reply->features = 0;
	reply->octets = 0;
	reply->line_len = 0;
}

int
smtp_reply_feed(struct smtp_reply *reply, struct span octets, size_t *used_r)
{
	size_t used = 0;
	int result = SMTP_REPLY_MORE;

	if (reply->whole)
		begin(reply);
	while (used < octets.len && result == SMTP_REPLY_MORE) {
		char c = octets.at[used++];

		if (++reply->octets > SMTP_REPLY_MAX) {
			result = SMTP_REPLY_BAD;
		} else if (c == '\n') {
			struct span line = {reply->line, reply->line_len};

			if (line.len > 0 && line.at[line.len - 1] == '\r')
				line.len--;
			reply->line_len = 0;
			result = take_line(reply, line);
		} else if (reply->line_len < sizeof reply->line) {
			reply->line[reply->line_len++] = c;
		}
	}
	*used_r = used;
	return result;
}
