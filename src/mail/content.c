#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "span.h"
#include "utf8.h"

#include "content.h"

#define PIXELS_MAX 100000000u

static uint32_t
octet(struct span s, size_t i)
{
	return (unsigned char)s.at[i];
}

static uint32_t
little(struct span s, size_t i, int octets)
{
	uint32_t n = 0;

	while (octets-- > 0)
		n = n << 8 | octet(s, i + (size_t)octets);
	return n;
}

static uint32_t
big(struct span s, size_t i, int octets)
{
	uint32_t n = 0;

	for (int k = 0; k < octets; k++)
		n = n << 8 | octet(s, i + (size_t)k);
	return n;
}

static bool
begins(struct span s, const char *magic, size_t len)
{
	return s.len >= len && memcmp(s.at, magic, len) == 0;
}

static bool
is_png(struct span s)
{
	return s.len >= 33 && begins(s, "\x89PNG\r\n\x1a\n", 8) &&
	       memcmp(s.at + 12, "IHDR", 4) == 0;
}

static bool
is_gif(struct span s)
{
	return s.len >= 13 &&
	       (begins(s, "GIF87a", 6) || begins(s, "GIF89a", 6));
}

static bool
is_jpeg(struct span s)
{
	return s.len >= 20 && begins(s, "\xff\xd8\xff", 3);
}

/* "BM" begins many texts: the size of the second header must be one that
 * exists. */
static bool
is_bmp(struct span s)
{
	uint32_t size;

	if (s.len < 26 || !begins(s, "BM", 2))
		return false;
	size = little(s, 14, 4);
	return size == 12 || size == 40 || size == 52 || size == 56 ||
	       size == 64 || size == 108 || size == 124;
}

static bool
is_text(struct span s)
{
	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if ((c < ' ' && c != '\t' && c != '\n' && c != '\r' &&
			c != '\f') ||
		    c == 0x7f)
			return false;
	}
	return utf8_valid(s);
}

const char *
content_type(struct span octets)
{
	if (is_png(octets))
		return "image/png";
	if (is_jpeg(octets))
		return "image/jpeg";
	if (is_gif(octets))
		return "image/gif";
	if (is_bmp(octets))
		return "image/bmp";
	return is_text(octets) ? "text/plain" : NULL;
}

/* The frame header of a JPEG (ITU-T T.81, B.2.2) comes after segments of any
 * length; each says how long it is. */
static uint64_t
jpeg_pixels(struct span s)
{
	size_t i = 2;

	while (i + 9 <= s.len && octet(s, i) == 0xff) {
		uint32_t marker = octet(s, i + 1);

		if (marker == 0xff) {
			i++;
			continue;
		}
		if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
		    marker != 0xc8 && marker != 0xcc)
			return (uint64_t)big(s, i + 5, 2) * big(s, i + 7, 2);
		i += 2 + big(s, i + 2, 2);
	}
	return 0;
}

static uint64_t
bmp_pixels(struct span s)
{
	int64_t width, height;

	if (little(s, 14, 4) == 12)
		return (uint64_t)little(s, 18, 2) * little(s, 20, 2);
	width = (int32_t)little(s, 18, 4);
	height = (int32_t)little(s, 22, 4); /* negative: top line first */
	if (width < 0)
		width = -width;
	if (height < 0)
		height = -height;
	return (uint64_t)width * (uint64_t)height;
}

bool
content_too_many_pixels(struct span octets)
{
	uint64_t pixels = 0;

	if (is_png(octets))
		pixels = (uint64_t)big(octets, 16, 4) * big(octets, 20, 4);
	else if (is_jpeg(octets))
		pixels = jpeg_pixels(octets);
	else if (is_gif(octets))
		pixels = (uint64_t)little(octets, 6, 2) * little(octets, 8, 2);
	else if (is_bmp(octets))
		pixels = bmp_pixels(octets);
	return pixels > PIXELS_MAX;
}
