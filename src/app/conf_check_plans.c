#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "when.h"

#include "conf_check_plans.h"
#include "conf_value.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"
#define TARGET_MOST (60 * WHEN_DAY)

/* ---- calendars ---------------------------------------------------------- */

/* No way out of the folder. */
static bool
is_zone_name(const char *name)
{
	for (const char *c = name; *c != '\0'; c++)
		if (!ascii_alpha((unsigned char)*c) &&
		    !ascii_digit((unsigned char)*c) &&
		    strchr("/_-+", *c) == NULL)
			return false;
	return *name != '\0' && *name != '/';
}

static bool
read_zone_file(struct arena *arena, const char *name, struct zone *zone_r)
{
	char *octets = arena_take(arena, ZONE_OCTETS_MAX);
	ssize_t len;
	int fd;

	if (!is_zone_name(name))
		return false;
	fd = open(arena_print(arena, ZONE_FOLDER "/%s", name),
	    O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	len = read(fd, octets, ZONE_OCTETS_MAX);
	close(fd);
	return len > 0 &&
	    zone_read(arena, (struct span){octets, (size_t)len}, zone_r) == 0;
}

static void
check_zone(struct checking *checking, struct conf_calendar *calendar)
{
	struct arena *arena = checking->wrongs->arena;
	struct zone *zone = &calendar->worktime.zone;

	if (strcmp(calendar->zone, "UTC") != 0 &&
	    !read_zone_file(arena, calendar->zone, zone) &&
	    zone_rule(arena, span_of(calendar->zone), zone) < 0)
		WRONG(&calendar->zone,
		    "\"%s\" is neither a zone of " ZONE_FOLDER
		    " (package tzdata) nor a rule as "
		    "\"CET-1CEST,M3.5.0,M10.5.0/3\"",
		    calendar->zone);
}

static void
check_calendars(struct checking *checking)
{
	struct conf *conf = checking->conf;

	ONCE(conf->calendars, conf->calendar_count, conf_calendar, name);
	for (size_t i = 0; i < conf->calendar_count; i++) {
		struct conf_calendar *calendar = &conf->calendars[i];
		const char *wrong;

		check_zone(checking, calendar);
		for (const char *const *h = calendar->hours; *h != NULL; h++) {
			wrong = worktime_add_hours(
			    &calendar->worktime, span_of(*h));
			if (wrong != NULL)
				WRONG(&calendar->hours, "\"%s\" %s", *h,
				    wrong);
		}
		for (const char *const *h = calendar->holidays; *h != NULL;
		     h++) {
			wrong = worktime_add_holiday(
			    &calendar->worktime, span_of(*h));
			if (wrong != NULL)
				WRONG(&calendar->holidays, "\"%s\" %s", *h,
				    wrong);
		}
		if (worktime_week(&calendar->worktime) < WORKTIME_LEAST)
			WRONG(&calendar->hours,
			    "are less than half an hour a week");
	}
}

/* ---- plans -------------------------------------------------------------- */

/* "minor 8h". */
static void
check_answer(
    struct checking *checking, struct plan *plan, const char *answer)
{
	size_t word = strcspn(answer, " ");
	enum severity severity =
	    severity_find((struct span){answer, word});
	int64_t target;

	if (severity == SEVERITY_NONE || answer[word] == '\0' ||
	    !conf_time(answer + word + 1, &target))
		WRONG(&plan->answers,
		    "\"%s\" is no severity with its time; write \"critical "
		    "1h\", \"major 4h\", \"minor 8h\" or \"question 3d\"",
		    answer);
	else if (target < WHEN_MINUTE || target > TARGET_MOST)
		WRONG(&plan->answers,
		    "\"%s\" is out of range; write 1m to 60d", answer);
	else if (plan->target[severity] != 0)
		WRONG(&plan->answers, "\"%s\" is said twice",
		    severity_word(severity));
	else
		plan->target[severity] = target;
}

static const struct worktime *
worktime_named(struct checking *checking, const char *const *name)
{
	struct conf *conf = checking->conf;
	const char **names = arena_take_many(checking->wrongs->arena,
	    conf->calendar_count + 1, sizeof *names);

	for (size_t i = 0; i < conf->calendar_count; i++) {
		if (strcmp(conf->calendars[i].name, *name) == 0)
			return &conf->calendars[i].worktime;
		names[i] = conf->calendars[i].name;
	}
	WRONG(name, "there is no calendar \"%s\"%s", *name,
	    conf_near(checking->wrongs->arena, *name, names));
	return NULL;
}

static void
check_plan(struct checking *checking, struct plan *plan)
{
	for (const char *const *answer = plan->answers; *answer != NULL;
	     answer++)
		check_answer(checking, plan, *answer);
	if (plan->target[plan->severity] == 0)
		WRONG(&plan->severity,
		    "\"%s\" is the severity of new tickets, and answers does "
		    "not name it",
		    severity_word(plan->severity));
	if (*plan->calendar != '\0')
		plan->worktime = worktime_named(checking, &plan->calendar);
}

/* An account's own quota, where it is said, is above its plan's. */
static void
check_account_plans(struct checking *checking)
{
	struct people *people = &checking->conf->people;
	struct account *accounts =
	    (struct account *)(uintptr_t)people->accounts;

	for (size_t i = 0; i < people->account_count; i++) {
		struct account *account = &accounts[i];
		const struct plan *plan = people_plan(people, account->name);

		if (plan != NULL &&
		    !conf_marked(checking->wrongs, &account->quota)->said)
			account->quota = plan->quota;
		if (*account->plan != '\0' && plan == NULL)
			WRONG(&account->plan, "there is no plan \"%s\"",
			    account->plan);
	}
}

void
conf_check_plans(struct checking *checking)
{
	struct people *people = &checking->conf->people;
	struct plan *plans = (struct plan *)(uintptr_t)people->plans;

	check_calendars(checking);
	ONCE(plans, people->plan_count, plan, name);
	for (size_t i = 0; i < people->plan_count; i++)
		check_plan(checking, &plans[i]);
	check_account_plans(checking);
}
