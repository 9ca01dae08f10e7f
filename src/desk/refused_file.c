#include <stddef.h>

#include "span.h"

#include "refused_file.h"

static const char *const wrappers[] = {"application/pkcs7-signature",
    "application/x-pkcs7-signature", "application/pkcs7-mime",
    "application/x-pkcs7-mime", "application/pgp-signature",
    "application/pgp-keys", "application/pgp-encrypted",
    "application/applefile", "text/calendar"};

bool
refused_file(bool kept, bool inlined, const char *type)
{
	if (kept || inlined)
		return false;
	for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++)
		if (span_is(span_of(type), wrappers[i]))
			return false;
	return true;
}

bool
refused_files(const struct Mail *mail)
{
	for (size_t i = 0; i < mail->n_attachments; i++)
		if (refused_file(mail->attachments[i]->kept,
			mail->attachments[i]->inlined,
			mail->attachments[i]->type))
			return true;
	return false;
}
