/* read_back: reads a mail of ours as the standards say, and knows nothing of
 * how it was written. It ends the test where the mail is wrong. */
#ifndef TESTS_READ_BACK_H
#define TESTS_READ_BACK_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

/* The header, unfolded: each field ends with \n. */
const char *read_back_header(struct arena *arena, struct span octets);
/* The fields' names in order, a blank behind each. */
const char *read_back_names(struct arena *arena, const char *header);
/* A field's body; NULL when it is not there, or is there twice. */
const char *read_back_field(
    struct arena *arena, const char *header, const char *name);
/* A body without its encoded words (RFC 2047). */
const char *read_back_words(struct arena *arena, const char *body);
/* What is behind the header. */
struct span read_back_body(struct span octets);
void read_back_base64(struct buf *out, struct span text);
/* Quoted-printable as in bodies, and, with `underscore`, as in Q words. */
void read_back_quoted(struct buf *out, struct span text, bool underscore);
/* ASCII only, each line ended by CR LF and not longer than `longest`. */
void read_back_lines(struct span octets, size_t longest);
/* How often `what` stands in it. */
size_t read_back_count(struct span octets, const char *what);

#endif
