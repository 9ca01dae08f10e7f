/* check_mail: helpers that the tests of the mail reader share. */
#ifndef TESTS_CHECK_MAIL_H
#define TESTS_CHECK_MAIL_H

#include <check.h>
#include <stdbool.h>

#include "arena.h"
#include "mail_read.h"
#include "span.h"

/* Read with the limits given, NULL for the defaults. */
struct mail_reading test_read(
    struct arena *arena, struct span octets, const struct mail_limits *limits);
bool test_flagged(const struct Mail *mail, const char *word);
/* "Name <a@b>, <c@d>": a list as one text that can be compared. */
char *test_addresses(
    struct arena *arena, struct Address *const *list, size_t count);
/* A string literal with its NULs. */
#define TEXT(literal) ((struct span){literal, sizeof(literal) - 1})

Suite *suite_charset(void);
Suite *suite_octets(void);
Suite *suite_packed(void);
Suite *suite_words(void);
Suite *suite_hostile(void);

#endif
