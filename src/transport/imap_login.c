#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "log.h"
#include "span.h"

#include "credential.h"
#include "imap.h"

#define WHY_MAX (STREAM_WHY_MAX + 100)

static void
no_progress(size_t now, size_t all, void *context)
{
	(void)now;
	(void)all;
	(void)context;
}

/* The handler for FETCH responses is called by libetpan 1.9.4 only when a
 * progress function is set as well. */
static bool
new_session(struct imap *imap)
{
	imap->session = mailimap_new(0, NULL);
	if (imap->session == NULL)
		return false;
	mailimap_set_progress_callback(
	    imap->session, no_progress, NULL, imap);
	mailimap_set_msg_att_handler(
	    imap->session, imap_fetch_response, imap);
	return true;
}

static bool
open_connection(struct imap *imap)
{
	const struct imap_conf *conf = imap->conf;
	struct stream_conf to = {.host = conf->host, .port = conf->port,
	    .tls = conf->tls, .ca_file = conf->ca_file,
	    .timeout = conf->timeout};
	char reason[STREAM_WHY_MAX], why[WHY_MAX];
	enum stream_result result = stream_open(&to, &imap->stream, reason);

	snprintf(why, sizeof why, "cannot connect to %s port %u: %s",
	    conf->host, conf->port, reason);
	switch (result) {
	case STREAM_OK:
		break;
	case STREAM_AWAY:
		imap_drop(imap, FAILURE_CONNECT, why);
		return false;
	case STREAM_UNTRUSTED:
		snprintf(why, sizeof why,
		    "the certificate of %s port %u is refused: %s; if it is "
		    "the right server, name its authority in ca_file",
		    conf->host, conf->port, reason);
		imap_drop(imap, FAILURE_TRUST, why);
		return false;
	case STREAM_FORBIDDEN:
		imap_drop(imap, FAILURE_CONF, why);
		return false;
	}
	if (new_session(imap))
		return true;
	mailstream_close(stream_etpan(imap->stream));
	imap->stream = NULL;
	imap_drop(imap, FAILURE_CONNECT, "no memory for a session");
	return false;
}

/* A server that skips the login (PREAUTH) is refused: nobody knows whose
 * mailbox it would show. */
static bool
greet(struct imap *imap)
{
	int result;
	char why[WHY_MAX];

	imap_allow(imap, IMAP_SMALL, 0);
	result = mailimap_connect(imap->session, stream_etpan(imap->stream));
	if (result == MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
		return true;
	snprintf(why, sizeof why, "%s port %u does not greet as an IMAP "
	    "server that wants a login (%s)", imap->conf->host,
	    imap->conf->port,
	    imap_answer(result) == ANSWER_BROKEN &&
		    stream_fault(imap->stream) != STREAM_WELL ?
		stream_fault_word(imap->stream) :
		"another greeting");
	imap_drop(imap, FAILURE_GREETING, why);
	return false;
}

static bool
has_token(const struct imap_conf *conf)
{
	return (conf->token_file != NULL && conf->token_file[0] != '\0') ||
	       (conf->token_command != NULL && conf->token_command[0] != '\0');
}

#define TOKEN_MAX 8192 /* octets; those of large providers have 2,000 */

/* Before connecting, so that a slow helper does not let the server wait. */
static bool
get_token(struct imap *imap, struct arena *arena, char **token_r)
{
	const struct imap_conf *conf = imap->conf;
	const char *why;
	char *token;

	if (!has_token(conf))
		return true;
	token = arena_take(arena, TOKEN_MAX);
	if (credential_token(conf->token_file, conf->token_command, token,
		TOKEN_MAX, &why) == CREDENTIAL_OK) {
		*token_r = token;
		return true;
	}
	imap_drop(imap, FAILURE_TOKEN, why);
	return false;
}

/* The server's words are not logged: some repeat the user's address. */
static bool
authenticate(struct imap *imap, const char *token)
{
	const struct imap_conf *conf = imap->conf;
	char why[WHY_MAX];
	enum imap_answer answer;

	imap_allow(imap, IMAP_SMALL, 0);
	answer = imap_answer(token != NULL ?
		mailimap_oauth2_authenticate(imap->session, conf->user, token) :
		mailimap_login(imap->session, conf->user, conf->password));
	if (answer == ANSWER_OK)
		return true;
	if (answer == ANSWER_NO)
		snprintf(why, sizeof why, "%s refuses the login; check user "
		    "and %s", conf->host,
		    token != NULL ? "token" : "password");
	else
		snprintf(why, sizeof why, "%s fails at the login: %s",
		    conf->host, stream_fault_word(imap->stream));
	imap_drop(imap, FAILURE_LOGIN, why);
	return false;
}

/* Asked for after the login, because what a server can do changes then. */
static bool
read_abilities(struct imap *imap)
{
	struct mailimap_capability_data *abilities = NULL;
	char why[WHY_MAX];

	imap_allow(imap, IMAP_SMALL, 0);
	if (imap_answer(mailimap_capability(imap->session, &abilities)) !=
	    ANSWER_OK) {
		snprintf(why, sizeof why, "%s does not say what it can: %s",
		    imap->conf->host, stream_fault_word(imap->stream));
		imap_drop(imap, FAILURE_LOGIN, why);
		return false;
	}
	mailimap_capability_data_free(abilities);
	imap->has_idle =
	    !imap->idle_refused && mailimap_has_idle(imap->session);
	imap->has_uidplus = mailimap_has_uidplus(imap->session);
	imap->has_move = mailimap_has_extension(imap->session, "MOVE");
	return true;
}

/* What PERMANENTFLAGS allows. A server that does not send it allows all
 * (RFC 3501, 7.1). */
static void
read_flags(struct imap *imap)
{
	struct mailimap_selection_info *info =
	    imap->session->imap_selection_info;
	bool writable = info->sel_perm != MAILIMAP_MAILBOX_READONLY;

	imap->flag_seen = imap->flag_keyword =
	    writable && info->sel_perm_flags == NULL;
	if (!writable || info->sel_perm_flags == NULL)
		return;
	for (clistiter *i = clist_begin(info->sel_perm_flags); i != NULL;
	     i = clist_next(i)) {
		struct mailimap_flag_perm *perm = clist_content(i);
		struct mailimap_flag *flag = perm->fl_flag;

		if (perm->fl_type == MAILIMAP_FLAG_PERM_ALL)
			imap->flag_keyword = true;
		else if (flag == NULL)
			continue;
		else if (flag->fl_type == MAILIMAP_FLAG_SEEN)
			imap->flag_seen = true;
		else if (flag->fl_type == MAILIMAP_FLAG_KEYWORD &&
			 span_is(span_of(flag->fl_data.fl_keyword),
			     "$Gatepost"))
			imap->flag_keyword = true;
	}
}

/* UIDs mean something only together with UIDVALIDITY (RFC 3501, 2.3.1.1):
 * under another one every mail is new, and the ledger tells by content which
 * are known. */
static void
take_validity(struct imap *imap, uint32_t validity)
{
	if (validity == imap->uidvalidity)
		return;
	if (imap->uidvalidity != 0)
		log_warn("imap %s: UIDVALIDITY went from %u to %u: the "
			 "mailbox is read from its start again; mails that "
			 "are known are told by their content",
		    imap->conf->mailbox, imap->uidvalidity, validity);
	imap_forget(imap);
	imap->uidvalidity = validity;
	imap->looked = 0;
	imap->fate_count = 0;
}

static bool
select_folder(struct imap *imap)
{
	char why[WHY_MAX];
	enum imap_answer answer;
	struct mailimap_selection_info *info;

	imap_allow(imap, 4 * IMAP_SMALL, 0);
	answer =
	    imap_answer(mailimap_select(imap->session, imap->conf->folder));
	if (answer != ANSWER_OK) {
		snprintf(why, sizeof why, "%s does not open the folder %s: %s",
		    imap->conf->host, imap->conf->folder,
		    answer == ANSWER_NO ? "it says no; does it exist?" :
					  stream_fault_word(imap->stream));
		imap_drop(imap, FAILURE_SELECT, why);
		return false;
	}
	info = imap->session->imap_selection_info;
	if (info == NULL || info->sel_uidvalidity == 0) {
		imap_drop(imap, FAILURE_SELECT, "the server gives no "
		    "UIDVALIDITY, without which a mail has no lasting name");
		return false;
	}
	take_validity(imap, info->sel_uidvalidity);
	imap->uidnext = info->sel_uidnext;
	read_flags(imap);
	if (imap_catch_up(imap) == ANSWER_BROKEN) {
		imap_lost(imap);
		return false;
	}
	return true;
}

void
imap_login(struct imap *imap)
{
	struct arena *arena = arena_new(0);
	char *token = NULL;

	if (get_token(imap, arena, &token) && open_connection(imap) &&
	    greet(imap) && authenticate(imap, token) &&
	    read_abilities(imap) && select_folder(imap)) {
		imap->state = IMAP_READY;
		imap->since = stream_clock();
		imap->look_at = 0;
		imap->width = IMAP_LIST_MAX;
		log_debug("imap %s: selected", imap->conf->mailbox);
	}
	if (token != NULL)
		sodium_memzero(token, strlen(token));
	arena_free(arena);
}
