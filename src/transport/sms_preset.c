#include <string.h>

#include "arena.h"

#include "sms_preset.h"

static const char form[] = "application/x-www-form-urlencoded";

static const struct sms_preset presets[] = {
    /* Kannel's smsbox: "0: Accepted for delivery" and "3: Queued for later
     * delivery" are both 202; it gives no id. The base is its own. */
    {"kannel", "",
	"/cgi-bin/sendsms?username={user}&password={password}&from={from}"
	"&to={to}&charset=UTF-8&coding={coding}&text={text}",
	"GET", "", "", "202", "", ""},
    /* Basic authentication with the account's SID and token. */
    {"twilio", "https://api.twilio.com",
	"/2010-04-01/Accounts/{user}/Messages.json", "POST", form,
	"To={to}&From={from}&Body={text}", "200-201", "", "sid"},
    /* Every answer is 200; only a message that was taken has an id. */
    {"vonage", "https://rest.nexmo.com", "/sms/json", "POST", form,
	"api_key={user}&api_secret={password}&from={from}&to={digits}"
	"&type={type}&client-ref={reference}&text={text}",
	"200", "", "messages.0.message-id"},
};

const struct sms_preset *
sms_preset_at(size_t i)
{
	return i < sizeof presets / sizeof *presets ? &presets[i] : NULL;
}

const struct sms_preset *
sms_preset_find(const char *name)
{
	const struct sms_preset *preset;

	for (size_t i = 0; (preset = sms_preset_at(i)) != NULL; i++) {
		if (strcmp(preset->name, name) == 0)
			return preset;
	}
	return NULL;
}

/* Basic authentication goes into the URL, where libcurl takes it from. */
static const char *
with_login(struct arena *arena, const char *base)
{
	const char *host = strstr(base, "://");

	if (host == NULL)
		return NULL;
	host += 3;
	return arena_print(
	    arena, "%.*s{user}:{password}@%s", (int)(host - base), base, host);
}

int
sms_preset_apply(const struct sms_preset *preset, struct arena *arena,
    const char *base, struct sms_conf *conf)
{
	static const char *const none[] = {NULL};

	if (base[0] == '\0')
		base = preset->base;
	if (strcmp(preset->name, "twilio") == 0)
		base = with_login(arena, base);
	if (base == NULL || base[0] == '\0')
		return -1;
	conf->url = arena_print(arena, "%s%s", base, preset->path);
	conf->method = preset->method;
	conf->content_type = preset->content_type;
	conf->headers = none;
	conf->body = preset->body;
	conf->accepted = preset->accepted;
	conf->accepted_text = preset->accepted_text;
	conf->id_json = preset->id_json;
	return 0;
}
