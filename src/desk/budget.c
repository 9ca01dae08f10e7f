#include "budget.h"

/* In the order of the enum; budget_row() counts on it. */
static const struct budget_row rows[BUDGETS] = {
    {BUDGET_NONE, "none", WHEN_HOUR, false},
    {BUDGET_TICKETS_ADDRESS, "tickets_address", WHEN_HOUR, true},
    {BUDGET_TICKETS_DOMAIN, "tickets_domain", WHEN_HOUR, true},
    {BUDGET_TICKETS_ALL, "tickets_all", WHEN_HOUR, true},
    {BUDGET_RECEIPTS_STRANGER, "receipts_stranger", WHEN_DAY, true},
    {BUDGET_RECEIPTS_STRANGERS, "receipts_strangers", WHEN_HOUR, true},
    {BUDGET_MAILS, "ticket_mails", WHEN_HOUR, true},
    {BUDGET_NOTICES, "ticket_notices", WHEN_HOUR, true},
    {BUDGET_NOTICES_DAY, "ticket_notices_day", WHEN_DAY, true},
    {BUDGET_AUTOMATIC, "automatic_answers", WHEN_HOUR, true},
    {BUDGET_SAME_TEXT, "same_text", WHEN_DAY, true},
    {BUDGET_LATELY, "lately", 10 * WHEN_MINUTE, false},
    {BUDGET_HELD, "held", WHEN_HOUR, false},
    {BUDGET_OPENED, "opened", WHEN_HOUR, false},
    {BUDGET_UNTOLD, "untold", WHEN_HOUR, false},
    {BUDGET_DIGEST, "digest", WHEN_HOUR, false},
    {BUDGET_SWEEP, "sweep", WHEN_HOUR, false},
    {BUDGET_ANSWERS, "command_answers", WHEN_HOUR, true},
    {BUDGET_CODES_NUMBER, "codes_number", WHEN_DAY, true},
    {BUDGET_CODES_ALL, "codes_all", WHEN_HOUR, true},
    {BUDGET_COPIES_ADDRESS, "copies_address", WHEN_DAY, true},
    {BUDGET_COPIES_ALL, "copies_all", WHEN_HOUR, true},
};

const struct budget_row *
budget_row(enum budget budget)
{
	return &rows[(unsigned)budget < BUDGETS ? budget : BUDGET_NONE];
}

unsigned
budget_used(uint32_t before, uint32_t now, when span, when passed)
{
	uint64_t left;

	if (passed < 0)
		passed = 0;
	if (passed > span)
		passed = span;
	left = ((uint64_t)before * (uint64_t)(span - passed) +
		   (uint64_t)span - 1) /
	    (uint64_t)span;
	left += now;
	return left > UINT32_MAX ? UINT32_MAX : (unsigned)left;
}
