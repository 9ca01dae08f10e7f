#include <stdint.h>
#include <string.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "arena.h"
#include "buf.h"
#include "span.h"

#include "flag.h"
#include "transfer.h"

#define STOP  0x40 /* '=' */
#define BLANK 0x41 /* passed over in silence */
#define OTHER 0x42 /* passed over with a flag */

/* The value of each octet as a base64 letter. Larger values set the bits
 * that no letter has, so that four letters are checked by one OR. */
static const uint8_t letters[256] = {
#define O4  OTHER, OTHER, OTHER, OTHER
#define O16 O4, O4, O4, O4
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    BLANK,
    BLANK,
    OTHER,
    OTHER,
    BLANK,
    OTHER,
    OTHER,
    O16,
    BLANK,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    62,
    OTHER,
    OTHER,
    OTHER,
    63,
    52,
    53,
    54,
    55,
    56,
    57,
    58,
    59,
    60,
    61,
    OTHER,
    OTHER,
    OTHER,
    STOP,
    OTHER,
    OTHER,
    OTHER,
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    OTHER,
    26,
    27,
    28,
    29,
    30,
    31,
    32,
    33,
    34,
    35,
    36,
    37,
    38,
    39,
    40,
    41,
    42,
    43,
    44,
    45,
    46,
    47,
    48,
    49,
    50,
    51,
    O4,
    OTHER,
    O16,
    O16,
    O16,
    O16,
    O16,
    O16,
    O16,
    O16,
#undef O16
#undef O4
};

struct base64 {
	uint32_t bits;
	int count;    /* letters in `bits`, 0 to 3 */
	bool stopped; /* '=' was seen since the last letter */
};

static size_t
put_rest(struct base64 *state, unsigned char *out)
{
	size_t len = 0;

	if (state->count == 2) {
		out[len++] = (unsigned char)(state->bits >> 4);
	} else if (state->count == 3) {
		out[len++] = (unsigned char)(state->bits >> 10);
		out[len++] = (unsigned char)(state->bits >> 2);
	}
	state->bits = 0;
	state->count = 0;
	return len;
}

/* The slow path: one octet. '=' ends a group wherever it stands, because
 * some programs join texts that were encoded apart. */
static size_t
take_one(struct base64 *state, unsigned char c, unsigned char *out,
    struct flags *flags)
{
	uint8_t value = letters[c];
	size_t len = 0;

	if (value == STOP) {
		if (state->count == 1)
			flag_raise(flags, FLAG_BAD_BASE64);
		len = put_rest(state, out);
		state->stopped = true;
	} else if (value == OTHER) {
		flag_raise(flags, FLAG_BAD_BASE64);
	} else if (value < STOP) {
		if (state->stopped)
			flag_raise(flags, FLAG_BAD_BASE64);
		state->stopped = false;
		state->bits = state->bits << 6 | value;
		if (++state->count == 4) {
			out[len++] = (unsigned char)(state->bits >> 16);
			out[len++] = (unsigned char)(state->bits >> 8);
			out[len++] = (unsigned char)state->bits;
			state->bits = 0;
			state->count = 0;
		}
	}
	return len;
}

#ifdef __x86_64__
/* Sixteen letters at a time to twelve octets, on processors with SSSE3 (all
 * since 2006): the upper half of a letter's octet says what to add to make it
 * its value, and with the lower half whether it is a letter at all. Writes
 * sixteen octets. Method: Mula and Lemire, "Faster Base64 Encoding and
 * Decoding using AVX2 Instructions", 2018. */
__attribute__((target("ssse3"))) static const unsigned char *
take_sixteens(
    const unsigned char *in, const unsigned char *end, unsigned char **out)
{
	const __m128i low = _mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11,
	    0x11, 0x11, 0x11, 0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a);
	const __m128i high = _mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08,
	    0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
	const __m128i roll = _mm_setr_epi8(
	    0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
	const __m128i pack = _mm_setr_epi8(
	    2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
	const __m128i slash = _mm_set1_epi8('/');

	for (; end - in >= 16; in += 16, *out += 12) {
		__m128i v = _mm_loadu_si128((const __m128i *)in);
		__m128i upper =
		    _mm_and_si128(_mm_srli_epi32(v, 4), slash);
		__m128i wrong = _mm_and_si128(
		    _mm_shuffle_epi8(low, _mm_and_si128(v, slash)),
		    _mm_shuffle_epi8(high, upper));

		if (_mm_movemask_epi8(_mm_cmpgt_epi8(
			wrong, _mm_setzero_si128())) != 0)
			break;
		v = _mm_add_epi8(v,
		    _mm_shuffle_epi8(roll,
			_mm_add_epi8(_mm_cmpeq_epi8(v, slash), upper)));
		v = _mm_maddubs_epi16(v, _mm_set1_epi32(0x01400140));
		v = _mm_madd_epi16(v, _mm_set1_epi32(0x00011000));
		_mm_storeu_si128(
		    (__m128i *)*out, _mm_shuffle_epi8(v, pack));
	}
	return in;
}
#endif

/* Whole groups of four letters; stops at the first other octet. */
static const unsigned char *
take_groups(
    const unsigned char *in, const unsigned char *end, unsigned char **out)
{
	unsigned char *to;

#ifdef __x86_64__
	if (__builtin_cpu_supports("ssse3"))
		in = take_sixteens(in, end, out);
#endif
	to = *out;
	while (end - in >= 4) {
		uint32_t a = letters[in[0]], b = letters[in[1]];
		uint32_t c = letters[in[2]], d = letters[in[3]];
		uint32_t bits;

		if (((a | b | c | d) & 0xc0) != 0)
			break;
		bits = a << 18 | b << 12 | c << 6 | d;
		to[0] = (unsigned char)(bits >> 16);
		to[1] = (unsigned char)(bits >> 8);
		to[2] = (unsigned char)bits;
		to += 3;
		in += 4;
	}
	*out = to;
	return in;
}

struct span
transfer_base64(struct arena *arena, struct span body, struct flags *flags)
{
	struct buf room = buf_in(arena);
	const unsigned char *in = (const unsigned char *)body.at;
	const unsigned char *end = in + body.len;
	struct base64 state = {0};
	unsigned char *first, *out;

	/* Sixteen octets are written where twelve are meant. */
	first = (unsigned char *)buf_reserve(&room, body.len / 4 * 3 + 16);
	out = first;
	while (in < end) {
		if (state.count == 0 && !state.stopped) {
			in = take_groups(in, end, &out);
			if (in == end)
				break;
		}
		/* The line ends of nearly all mail. */
		if (end - in >= 2 && in[0] == '\r' && in[1] == '\n')
			in += 2;
		else
			out += take_one(&state, *in++, out, flags);
	}
	if (state.count != 0)
		flag_raise(flags, FLAG_BAD_BASE64);
	out += put_rest(&state, out);
	return (struct span){(char *)first, (size_t)(out - first)};
}

static int
hex_value(int c)
{
	if (ascii_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads what follows a '=' at `in`; answers where to go on. A '=' that
 * begins nothing known is text (RFC 2045, 6.7 note 2). */
static const char *
take_escape(
    struct buf *out, const char *in, const char *end, struct flags *flags)
{
	const char *next = in + 1;
	int high, low;

	if (end - in >= 3) {
		high = hex_value((unsigned char)in[1]);
		low = hex_value((unsigned char)in[2]);
		if (high >= 0 && low >= 0) {
			buf_put(out, (char)(high << 4 | low));
			return in + 3;
		}
	}
	while (next < end && (*next == ' ' || *next == '\t' || *next == '\r'))
		next++;
	if (next == end)
		return end;
	if (*next == '\n')
		return next + 1;
	flag_raise(flags, FLAG_BAD_QUOTED_PRINTABLE);
	buf_put(out, '=');
	return in + 1;
}

/* Blanks at a line's end came on the way and are not text (6.7 rule 3). */
static void
drop_blanks(struct buf *out, size_t from)
{
	bool cr = out->len > from && out->at[out->len - 1] == '\r';

	if (cr)
		out->len--;
	while (out->len > from &&
	       (out->at[out->len - 1] == ' ' || out->at[out->len - 1] == '\t'))
		out->len--;
	if (cr)
		out->at[out->len++] = '\r';
}

/* Where the octet stands next, or `end`. */
static const char *
next_octet(const char *at, const char *end, char octet)
{
	const char *found = memchr(at, octet, (size_t)(end - at));

	return found ? found : end;
}

static void
put_run(struct buf *out, const char *at, const char *end, bool word)
{
	char *to = out->at + out->len;
	size_t len = (size_t)(end - at);

	memcpy(to, at, len);
	out->len += len;
	for (size_t i = 0; word && i < len; i++)
		if (to[i] == '_')
			to[i] = ' ';
}

struct span
transfer_quoted_printable(
    struct arena *arena, struct span body, bool word, struct flags *flags)
{
	struct buf out = buf_in(arena);
	const char *in = body.at, *end = in + body.len, *line_end = in;
	size_t hard = 0; /* blanks before this were written as =20 */

	buf_reserve(&out, body.len + 1);
	while (in < end) {
		const char *stop;

		if (in >= line_end)
			line_end = next_octet(in, end, '\n');
		stop = next_octet(in, line_end, '=');
		put_run(&out, in, stop, word);
		if (stop < line_end) {
			in = take_escape(&out, stop, end, flags);
			hard = out.len;
			continue;
		}
		if (stop < end) {
			if (!word)
				drop_blanks(&out, hard);
			out.at[out.len++] = '\n';
		}
		in = stop + 1;
	}
	return buf_span(&out);
}

static struct span
uuencoded(struct arena *arena, struct span body, struct flags *flags)
{
	struct buf out = buf_in(arena);
	const char *in = body.at, *end = in + body.len;

	buf_reserve(&out, body.len + 1);
	while (in < end) {
		const char *stop = memchr(in, '\n', (size_t)(end - in));
		struct span line = span_from(in, stop ? stop : end);
		size_t want, got = 0;

		in = stop ? stop + 1 : end;
		line = span_trim(line);
		if (line.len == 0 || span_begins(line, "begin ") ||
		    span_is(line, "end"))
			continue;
		want = (size_t)((line.at[0] - ' ') & 63);
		/* Blanks at the end stand for zero bits and get lost. */
		if (line.len + 3 < 1 + (want + 2) / 3 * 4)
			flag_raise(flags, FLAG_BAD_BASE64);
		for (size_t i = 1; i + 1 < line.len && got < want; i++) {
			int high = (line.at[i] - ' ') & 63;
			int low = (line.at[i + 1] - ' ') & 63;

			if (i % 4 == 0)
				continue;
			buf_put(&out, (char)(high << (2 * (i % 4)) |
					     low >> (6 - 2 * (i % 4))));
			got++;
		}
	}
	return buf_span(&out);
}

struct span
transfer_decode(struct arena *arena, struct span body, const char *encoding,
    struct flags *flags)
{
	static const char *const plain[] = {
	    "", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits"};

	if (body.len == 0)
		return (struct span){"", 0};
	if (strcmp(encoding, "base64") == 0)
		return transfer_base64(arena, body, flags);
	if (strcmp(encoding, "quoted-printable") == 0)
		return transfer_quoted_printable(arena, body, false, flags);
	if (strcmp(encoding, "x-uuencode") == 0 ||
	    strcmp(encoding, "uuencode") == 0 || strcmp(encoding, "x-uue") == 0)
		return uuencoded(arena, body, flags);
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		if (strcmp(encoding, plain[i]) == 0)
			return body;
	flag_raise(flags, FLAG_UNKNOWN_ENCODING);
	return body;
}

/* How many octets may be letters. Pieces of a fixed length are what compilers
 * make one instruction of. */
static size_t
count_letters(struct span s)
{
	size_t count = 0;

	for (; s.len >= 64; s.at += 64, s.len -= 64) {
		unsigned char some = 0;

		for (size_t i = 0; i < 64; i++)
			some += (signed char)s.at[i] > ' ';
		count += some;
	}
	for (size_t i = 0; i < s.len; i++)
		count += (signed char)s.at[i] > ' ';
	return count;
}

size_t
transfer_size(struct span body, const char *encoding)
{
	size_t count;

	if (strcmp(encoding, "base64") != 0)
		return body.len;
	body = span_trim(body);
	while (body.len > 0 && body.at[body.len - 1] == '=')
		body.len--;
	count = count_letters(body);
	return count / 4 * 3 + count % 4 * 3 / 4;
}
