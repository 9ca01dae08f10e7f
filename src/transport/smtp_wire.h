/* smtp_wire: what may go onto an SMTP connection, and in which form.
 *
 * The last wall against injection: a mail or an address that could be read as
 * a command, or a mail that two servers could read as different mails (SMTP
 * smuggling), never leaves the house. Pure. */
#ifndef TRANSPORT_SMTP_WIRE_H
#define TRANSPORT_SMTP_WIRE_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/* RFC 5321, section 4.5.3.1, and RFC 5322, section 2.1.1. */
#define SMTP_LOCAL_MAX	 64
#define SMTP_ADDRESS_MAX 254
#define SMTP_TEXT_LINE	 998

/* Whether it is dot-atom@dot-atom in ASCII: what we are willing to write into
 * an envelope. Quoted local parts and address literals are not. */
bool smtp_address(const char *address);
/* Whether it is a name that we may call ourselves or connect to. */
bool smtp_host(const char *name);
/* NULL when the mail is fit to be sent, else the reason: all lines end with
 * CR LF and are not too long, no other CR, LF or NUL, a header and an empty
 * line. `eight_r`: it has octets above 127. */
const char *smtp_lint(struct span mail, bool *eight_r);
/* The mail as it goes over the wire: dots stuffed, ended by the final dot.
 * Only for what smtp_lint() found fit. */
void smtp_stuff(struct buf *out, struct span mail);

#endif
