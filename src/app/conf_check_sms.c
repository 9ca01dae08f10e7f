#include <string.h>

#include "sms_preset.h"

#include "conf_check_sms.h"
#include "conf_value.h"

/* The host of a URL, without port and login; "" when it has none. */
static const char *
url_host(struct arena *arena, const char *url)
{
	const char *host = strstr(url, "://");
	const char *at;
	size_t len;

	if (host == NULL)
		return "";
	host += 3;
	len = strcspn(host, "/?#\\");
	at = memrchr(host, '@', len);
	if (at != NULL) {
		len -= (size_t)(at + 1 - host);
		host = at + 1;
	}
	if (*host == '[')
		return arena_copy(
		    arena, (struct span){host + 1, strcspn(host + 1, "]")});
	at = memchr(host, ':', len);
	return arena_copy(
	    arena, at != NULL ? span_from(host, at) : (struct span){host, len});
}

static void
keep_said(const char **to, const char *said)
{
	if (*said != '\0')
		*to = said;
}

/* What the conf says stands over what the preset knows; its url is the base
 * of the preset's. False when that cannot be. */
static bool
apply_preset(struct conf_wrongs *wrongs, struct conf *conf)
{
	const struct sms_preset *preset = sms_preset_find(conf->sms_preset);
	const char *names[16] = {NULL};
	struct sms_conf said = conf->sms;

	if (preset == NULL) {
		for (size_t i = 0; i < 15 && sms_preset_at(i) != NULL; i++)
			names[i] = sms_preset_at(i)->name;
		conf_wrong_at(wrongs, &conf->sms_preset,
		    "no gateway \"%s\" is known%s", conf->sms_preset,
		    conf_near(wrongs->arena, conf->sms_preset, names));
		return false;
	}
	if (sms_preset_apply(preset, wrongs->arena, said.url, &conf->sms) < 0) {
		conf_wrong_at(wrongs, &conf->sms.url,
		    "is missing; say where this gateway is: "
		    "\"https://host\", or \"http://127.0.0.1:13013\"");
		return false;
	}
	keep_said(&conf->sms.method, said.method);
	keep_said(&conf->sms.content_type, said.content_type);
	keep_said(&conf->sms.body, said.body);
	keep_said(&conf->sms.accepted, said.accepted);
	keep_said(&conf->sms.accepted_text, said.accepted_text);
	keep_said(&conf->sms.id_json, said.id_json);
	if (said.headers[0] != NULL)
		conf->sms.headers = said.headers;
	return true;
}

static void
check_url(struct conf_wrongs *wrongs, const struct sms_conf *sms)
{
	struct span url = span_of(sms->url);

	if (url.len == 0)
		conf_wrong_at(wrongs, &sms->url,
		    "is missing; say where the gateway is asked");
	else if (span_begins(url, "http://")) {
		if (!conf_loopback(url_host(wrongs->arena, sms->url)))
			conf_wrong_at(wrongs, &sms->url,
			    "http would show the password and all texts to "
			    "the network; write https");
	} else if (!span_begins(url, "https://"))
		conf_wrong_at(
		    wrongs, &sms->url, "is no URL; begin it with https://");
}

/* A place in the request whose value is empty: the gateway would refuse. */
static void
check_used(struct conf_wrongs *wrongs, const struct sms_conf *sms,
    const char *place, const char *const *value)
{
	bool used = strstr(sms->url, place) != NULL ||
	    strstr(sms->body, place) != NULL;

	for (const char *const *header = sms->headers; *header != NULL;
	     header++)
		used |= strstr(*header, place) != NULL;
	if (used && **value == '\0')
		conf_wrong_at(wrongs, value,
		    "is empty, and the request has %s in it", place);
}

static void
check_gateway(struct conf_wrongs *wrongs, const struct sms_conf *sms)
{
	check_url(wrongs, sms);
	check_used(wrongs, sms, "{user}", &sms->user);
	check_used(wrongs, sms, "{password}", &sms->password);
	check_used(wrongs, sms, "{from}", &sms->from);
	if (strcmp(sms->method, "GET") != 0 && strcmp(sms->method, "POST") != 0)
		conf_wrong_at(wrongs, &sms->method,
		    "\"%s\" is not one of \"GET\", \"POST\"", sms->method);
	if (sms->accepted[strspn(sms->accepted, "0123456789,-")] != '\0')
		conf_wrong_at(wrongs, &sms->accepted,
		    "\"%s\" is no list of HTTP codes; write \"202\", "
		    "\"200-299\" or \"200,202\"",
		    sms->accepted);
}

void
conf_check_sms(struct conf_wrongs *wrongs, struct conf *conf)
{
	if (!conf->sms_enabled)
		return;
	if (conf->sms_countries[0] == NULL)
		conf_wrong_at(wrongs, &conf->sms_countries,
		    "is empty; say to which numbers SMS may go: "
		    "[ \"+49\" ]");
	if (conf->mail_to_folder)
		return;
	if (*conf->sms_preset != '\0' && !apply_preset(wrongs, conf))
		return;
	if (*conf->sms.method == '\0')
		conf->sms.method = "GET";
	if (*conf->sms.accepted == '\0')
		conf->sms.accepted = "200-299";
	check_gateway(wrongs, &conf->sms);
}
