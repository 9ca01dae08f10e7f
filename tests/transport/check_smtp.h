/* check_smtp: what the tests of the mail relay share. */
#ifndef TESTS_TRANSPORT_CHECK_SMTP_H
#define TESTS_TRANSPORT_CHECK_SMTP_H

#include "sink.h"

#include "check_sink.h"
#include "fake.h"

/* Parts of scripts (fake.h): the greeting, a transaction up to the 354, and
 * the same with PIPELINING. */
#define STEPS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define HELLO	   ">220 fake\r\n", "<EHLO gate.example", ">250 fake\r\n"
#define ENVELOPE                                                               \
	"<MAIL FROM:<desk@gate.example>", ">250 ok\r\n",                       \
	    "<RCPT TO:<anna@example.org>", ">250 ok\r\n", "<DATA",             \
	    ">354 go\r\n"
#define PIPES                                                                  \
	">220 fake\r\n", "<EHLO",                                              \
	    ">250-fake\r\n250-SIZE 99\r\n250 PIPELINING\r\n"
#define GROUP "<MAIL", "<RCPT", "<DATA"

/* A sink with one connection to the fake, and little patience. */
struct smtp_conf smtp_conf_for(const struct fake *fake);
struct sink *smtp_open(const struct smtp_conf *conf);

#endif
