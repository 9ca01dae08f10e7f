/* check_sink: what the files of the sinks' tests share. */
#ifndef TESTS_TRANSPORT_CHECK_SINK_H
#define TESTS_TRANSPORT_CHECK_SINK_H

#include <check.h>

#include "arena.h"
#include "mail_words.h"
#include "record.h"

#include "sink.h"

#define LENGTH(table) (int)(sizeof(table) / sizeof *(table))

#define MAIL_TEXT                                                              \
	"From: <desk@gate.example>\r\nSubject: x\r\n\r\nhello\r\n.dot\r\n"

TCase *smtp_cases(void);
TCase *door_cases(void);
TCase *sms_cases(void);

struct Parcel *mail_parcel(struct arena *arena);
struct Parcel *sms_parcel(struct arena *arena);
/* Puts it and waits for its receipt. */
struct Receipt *send_one(
    struct sink *sink, struct arena *arena, const struct Parcel *parcel);
/* The port that the list of the real servers has under this name
 * (GATEPOST_TEST_STACK is their folder); 0: there is none. */
unsigned stack_port(const char *name);

#endif
