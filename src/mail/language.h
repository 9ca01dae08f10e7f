/* language: in which language a person wrote, as far as it shows. Pure, one
 * pass over the beginning of the text.
 *
 * The script decides where it can (Han: zh, Arabic: ar); among languages in
 * Latin letters the small words that every sentence has. It would rather be
 * unsure than wrong: an English answer to a Dane is a pity, a Dutch one an
 * offence. */
#ifndef MAIL_LANGUAGE_H
#define MAIL_LANGUAGE_H

/* Only so many octets of the text are looked at: people write on top, and
 * what machines wrote is pasted below. */
#define LANGUAGE_LOOK 2000

/* "nl", a constant; "" when it is not sure. */
const char *language_of(const char *subject, const char *text);

#endif
