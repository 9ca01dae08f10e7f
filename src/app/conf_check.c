#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "conf_check.h"
#include "conf_check_fields.h"
#include "conf_check_people.h"
#include "conf_check_plans.h"
#include "conf_check_sms.h"
#include "conf_secret.h"
#include "conf_value.h"

/* How to log in: exactly one way, when there is somebody to log in as. */
static void
check_login(struct checking *checking, const char *const *user,
    const char *const *password, const char *const *token_file,
    const char *const *token_command)
{
	int ways = (**password != '\0') + (**token_file != '\0') +
		   (**token_command != '\0');
	const char *wrong;

	if (**user == '\0' && ways > 0)
		WRONG(user, "is empty; say whom the password belongs to");
	else if (**user != '\0' && ways == 0)
		WRONG(user, "needs a password_file, a password_credential, a "
			    "token_file or a token_command beside it");
	else if (ways > 1)
		WRONG(user, "has more than one password or token; keep one");
	if (**token_file != '\0') {
		wrong = conf_secret_wrong(checking->wrongs->arena, *token_file);
		if (wrong != NULL)
			WRONG(token_file, "%s", wrong);
	}
}

static bool
has_service(const struct people *people, const char *name)
{
	for (size_t i = 0; i < people->service_count; i++) {
		if (strcmp(people->services[i].name, name) == 0)
			return true;
	}
	return false;
}

static void
check_imap(struct checking *checking, struct conf_mailbox *mailbox)
{
	struct imap_conf *imap = &mailbox->imap;

	if (*imap->host == '\0')
		WRONG(&imap->host, "is missing; name the IMAP server");
	if (!imap->tls && !conf_loopback(imap->host))
		WRONG(&imap->tls, "false would show the password and all "
				  "mails to the network; leave it out");
	if (*imap->user == '\0')
		WRONG(&imap->user, "is missing; say whom to log in as");
	else
		check_login(checking, &imap->user, &imap->password,
		    &imap->token_file, &imap->token_command);
	if (imap->after == AFTER_MOVE && *imap->after_folder == '\0')
		WRONG(&imap->after, "needs an after_folder beside it");
	if (imap->after == AFTER_MOVE &&
	    strcmp(imap->after_folder, imap->folder) == 0)
		WRONG(&imap->after_folder, "is the folder that is read; name "
					   "another");
}

static void
check_maildir(struct checking *checking, struct conf_mailbox *mailbox)
{
	if (*mailbox->maildir.path == '\0')
		WRONG(&mailbox->maildir.path, "is missing; name the Maildir");
	if (mailbox->imap.after == AFTER_MOVE &&
	    *mailbox->imap.after_folder == '\0')
		WRONG(&mailbox->imap.after, "needs an after_folder beside it");
}

/* The two kinds share what is the same for both; each gets its copy. */
static void
fill_mailbox(const struct conf *conf, struct conf_mailbox *mailbox)
{
	struct imap_conf *imap = &mailbox->imap;
	struct maildir_conf *maildir = &mailbox->maildir;

	imap->mailbox = maildir->mailbox = mailbox->door.name;
	imap->mail_max = maildir->mail_max = conf->limits.mail;
	maildir->after = imap->after;
	maildir->after_folder = imap->after_folder;
}

static void
check_mailboxes(struct checking *checking)
{
	struct conf *conf = checking->conf;
	struct door *doors = arena_take_many(
	    checking->wrongs->arena, conf->mailbox_count + 1, sizeof *doors);

	if (conf->mailbox_count == 0)
		WRONG(&conf->mailboxes, "there is none; add one");
	ONCE(conf->mailboxes, conf->mailbox_count, conf_mailbox, door.name);
	ONCE(conf->mailboxes, conf->mailbox_count, conf_mailbox, door.address);
	for (size_t i = 0; i < conf->mailbox_count; i++) {
		struct conf_mailbox *mailbox = &conf->mailboxes[i];
		struct door *door = &mailbox->door;

		if (*door->service != '\0' &&
		    !has_service(&conf->people, door->service))
			WRONG(&door->service, "there is no service \"%s\"",
			    door->service);
		if (mailbox->kind == MAILBOX_IMAP)
			check_imap(checking, mailbox);
		else
			check_maildir(checking, mailbox);
		fill_mailbox(conf, mailbox);
		if (*door->service == '\0' && conf->people.service_count > 0)
			door->service = conf->people.services[0].name;
		doors[i] = *door;
	}
	conf->people.doors = doors;
	conf->people.door_count = conf->mailbox_count;
}

static const char *
engineer_near(struct checking *checking, const char *name)
{
	const struct people *people = &checking->conf->people;
	const char **names = arena_take_many(
	    checking->wrongs->arena, people->engineer_count + 1, sizeof *names);

	for (size_t i = 0; i < people->engineer_count; i++)
		names[i] = people->engineers[i].name;
	return conf_near(checking->wrongs->arena, name, names);
}

static void
check_services(struct checking *checking)
{
	struct people *people = &checking->conf->people;
	struct service *services =
	    (struct service *)(uintptr_t)people->services;

	if (people->service_count == 0)
		WRONG(&people->services, "there is none; add one");
	ONCE(services, people->service_count, service, name);
	ONCE(services, people->service_count, service, tag);
	for (size_t i = 0; i < people->service_count; i++) {
		for (const char *const *owner = services[i].owners;
		     *owner != NULL; owner++) {
			size_t j = 0;

			while (j < people->engineer_count &&
			       strcmp(people->engineers[j].name, *owner) != 0)
				j++;
			if (j == people->engineer_count)
				WRONG(&services[i].owners,
				    "there is no "
				    "engineer \"%s\"%s",
				    *owner, engineer_near(checking, *owner));
		}
		conf_check_fields(checking, &services[i]);
		if (*services[i].title == '\0')
			services[i].title = services[i].name;
	}
}

static void
check_mail(struct checking *checking)
{
	struct conf *conf = checking->conf;
	struct smtp_conf *smtp = &conf->smtp;

	conf->mail_to_folder = *conf->folder.path != '\0';
	if (*smtp->helo == '\0')
		smtp->helo = conf->domain;
	if (conf->mail_to_folder)
		return;
	if (*smtp->host == '\0')
		WRONG(&smtp->host, "is missing; name the SMTP server, or a "
				   "folder to try the desk out");
	if (smtp->tls == SMTP_PLAIN && !conf_loopback(smtp->host))
		WRONG(&smtp->tls, "\"plain\" would show all mails to the "
				  "network; write \"starttls\" or \"tls\"");
	check_login(checking, &smtp->user, &smtp->password, &smtp->token_file,
	    &smtp->token_command);
}

static void
check_policy(struct checking *checking)
{
	struct ladder *ladder = &checking->conf->policy.ladder;
	struct mail_limits *limits = &checking->conf->limits;

	conf_check_agreement(checking);
	if (ladder->manage < ASSURANCE_THREAD)
		WRONG(&ladder->manage,
		    "would let anybody close the tickets "
		    "of others; write \"customer\" or \"thread\"");
	if (ladder->engineer < ASSURANCE_CUSTOMER)
		WRONG(&ladder->engineer, "would let anybody act as an "
					 "engineer; write \"engineer\"");
	if (limits->attachment > limits->attachments_total)
		WRONG(&limits->attachment, "is more than attachments_total; "
					   "lower it");
}

/* Before gatepost init has made it, the key is not there. */
static void
check_master_key(struct checking *checking)
{
	struct conf *conf = checking->conf;
	const char *wrong =
	    conf_secret_wrong(checking->wrongs->arena, conf->master_key_file);

	if (wrong != NULL && access(conf->master_key_file, F_OK) == 0)
		WRONG(&conf->master_key_file, "%s", wrong);
}

void
conf_check(struct conf_wrongs *wrongs, struct conf *conf)
{
	struct checking it = {wrongs, conf};

	check_policy(&it);
	check_master_key(&it);
	check_mail(&it);
	conf_check_sms(wrongs, conf);
	conf_check_people(&it);
	conf_check_plans(&it);
	check_services(&it);
	check_mailboxes(&it);
}
