/* sms_preset: how the gateways that we know want to be asked. */
#ifndef TRANSPORT_SMS_PRESET_H
#define TRANSPORT_SMS_PRESET_H

#include "arena.h"

#include "sink.h"

struct sms_preset {
	const char *name;
	const char *base; /* used when the conf gives none; "" must be given */
	const char *path; /* comes behind the base */
	const char *method;
	const char *content_type;
	const char *body;
	const char *accepted;
	const char *accepted_text;
	const char *id_json;
};

/* NULL when there is none of that name. */
const struct sms_preset *sms_preset_find(const char *name);
/* The `i`th, NULL behind the last one. */
const struct sms_preset *sms_preset_at(size_t i);
/* Fills in url, method, headers, content type, body and what counts as
 * accepted; the rest of the conf stays. `base` is "https://host[:port]", ""
 * for the preset's own. 0, or -1 when there is none. */
int sms_preset_apply(const struct sms_preset *preset, struct arena *arena,
    const char *base, struct sms_conf *conf);

#endif
