/* fake: a server on the loopback that plays a script, in a process of its
 * own, and hands over everything that it hears. */
#ifndef TESTS_TRANSPORT_FAKE_H
#define TESTS_TRANSPORT_FAKE_H

#include <stddef.h>
#include <sys/types.h>

struct fake {
	pid_t pid;
	unsigned port;
	int heard;
};

/* A script is a list of steps, ended by NULL:
 *	">text"	says the text
 *	"<word"	hears one line, which must begin with the word
 *	"."	hears up to a line with only a dot
 *	"q"	hears one HTTP request with its body
 *	"~"	says a gibberish line of 1 MB
 *	"#"	says 10 MB of octets
 *	"%"	says an octet each 20 ms until the other side is gone
 *	"z"	says nothing until the other side is gone
 *	"t"	waits 100 ms
 *	"x"	closes and takes the next connection
 *	"!"	resets the connection and takes the next one
 * Each connection that is taken leaves a line "[connection]" in what was
 * heard. */
void fake_start(struct fake *fake, const char *const *steps);
/* Ends it. Gives the octets heard, in `room` and ended by a NUL; a step that
 * did not match has left "[mismatch]" there. */
const char *fake_end(struct fake *fake, char *room, size_t size);

#endif
