#include <stdlib.h>

#include "span.h"

#include "sms_answer.h"

/* "200" or "200-299" at `*at`, and what follows it. */
static bool
read_range(const char **at, unsigned *low_r, unsigned *high_r)
{
	char *end;

	if (!ascii_digit((unsigned char)**at))
		return false;
	*low_r = *high_r = (unsigned)strtoul(*at, &end, 10);
	if (*end == '-') {
		*at = end + 1;
		if (!ascii_digit((unsigned char)**at))
			return false;
		*high_r = (unsigned)strtoul(*at, &end, 10);
	}
	*at = end;
	return *low_r >= 100 && *high_r >= *low_r && *high_r <= 599;
}

static bool
read_list(const char *list, unsigned code, bool *in_r)
{
	*in_r = false;
	for (;;) {
		unsigned low, high;

		if (!read_range(&list, &low, &high))
			return false;
		*in_r = *in_r || (code >= low && code <= high);
		if (*list == '\0')
			return true;
		if (*list++ != ',')
			return false;
	}
}

bool
sms_accepts(const char *list, unsigned code)
{
	bool in;

	return read_list(list, code, &in) && in;
}

bool
sms_accepts_valid(const char *list)
{
	bool in;

	return read_list(list, 0, &in);
}

enum verdict
sms_verdict(const struct sms_answer *answer)
{
	unsigned code = answer->code;

	if (!answer->left)
		return VERDICT_LATER;
	if (code >= 300 && code <= 399)
		return VERDICT_LATER; /* refused by us: the conf is wrong */
	if (code == 429 || (code >= 500 && code <= 599))
		return VERDICT_LATER;
	/* A gateway that gave up waiting or knows the reference already may
	 * have sent it. */
	if (code == 408 || code == 409)
		return VERDICT_UNSURE;
	if (code >= 400 && code <= 499)
		return VERDICT_NEVER;
	if (answer->whole && answer->accepted)
		return VERDICT_YES;
	return VERDICT_UNSURE;
}
