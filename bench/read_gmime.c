/* read_gmime FOLDER: GMime 3 over all mails of a folder: it parses them and
 * turns their text parts into UTF-8, and decodes nothing else. Prints the
 * seconds and the octets of text. */
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

#include "read_mails.h"

static void
take_text(GMimeObject *parent, GMimeObject *part, gpointer sum)
{
	char *text;

	(void)parent;
	if (!GMIME_IS_TEXT_PART(part) ||
	    g_mime_part_get_filename((GMimePart *)part) != NULL)
		return;
	text = g_mime_text_part_get_text((GMimeTextPart *)part);
	if (text != NULL)
		*(size_t *)sum += strlen(text);
	g_free(text);
}

static void
read_one(const struct raw *raw, size_t *sum)
{
	GMimeStream *stream =
	    g_mime_stream_mem_new_with_buffer(raw->octets, raw->len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	if (message != NULL) {
		GMimeObject *top = g_mime_message_get_mime_part(message);

		if (top != NULL && GMIME_IS_MULTIPART(top))
			g_mime_multipart_foreach(
			    (GMimeMultipart *)top, take_text, sum);
		else if (top != NULL)
			take_text(NULL, top, sum);
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
}

int
main(int argc, char **argv)
{
	size_t count, text = 0;
	struct raw *raws;
	double start;

	if (argc != 2)
		return 64;
	g_mime_init();
	raws = raw_load(argv[1], &count);
	start = raw_seconds();
	for (size_t i = 0; i < count; i++)
		read_one(&raws[i], &text);
	printf("%.4f %zu\n", raw_seconds() - start, text);
	return 0;
}
