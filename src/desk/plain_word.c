#include <string.h>

#include "utf8.h"

#include "plain_word.h"

#define BIT(state) (1u << STATE_##state)
#define OVER	   (BIT(CANCELED) | BIT(CLOSED))
#define ALIVE                                                                  \
	(BIT(PENDING) | BIT(PROCESSING) | BIT(PENDING_FEEDBACK) |              \
	    BIT(PENDING_REPLY) | BIT(PENDING_CONFIRMATION))
#define ASKED (BIT(PENDING_CONFIRMATION) | OVER)

/* "no" is none of them in any language: whoever answers "no" to "is it
 * solved?" writes a message, and the state table does the rest. In a state
 * that is over they are read too, so that a link tapped twice is answered and
 * opens no ticket. */
static const struct plain_word words[] = {
    /* English */
    {"yes", OPERATION_CONFIRM, ASKED},
    {"ok", OPERATION_CONFIRM, ASKED},
    {"solved", OPERATION_CONFIRM, ASKED},
    {"confirm", OPERATION_CONFIRM, ALIVE | OVER},
    {"rate", OPERATION_RATE, ASKED},
    {"cancel", OPERATION_CANCEL, ALIVE | OVER},
    {"close", OPERATION_CLOSE, ALIVE | OVER},
    {"remind", OPERATION_REMIND, ALIVE | OVER},
    {"status", OPERATION_STATUS, ALIVE | OVER},
    {"leave", OPERATION_UNCC, ALIVE | OVER},
    {"sms", OPERATION_SMS, ALIVE},
    {"verify", OPERATION_VERIFY, ALIVE},
    /* Dutch */
    {"ja", OPERATION_CONFIRM, ASKED},
    {"oké", OPERATION_CONFIRM, ASKED},
    {"opgelost", OPERATION_CONFIRM, ASKED},
    {"bevestig", OPERATION_CONFIRM, ALIVE | OVER},
    {"bevestigen", OPERATION_CONFIRM, ALIVE | OVER},
    {"beoordeel", OPERATION_RATE, ASKED},
    {"annuleer", OPERATION_CANCEL, ALIVE | OVER},
    {"annuleren", OPERATION_CANCEL, ALIVE | OVER},
    {"sluit", OPERATION_CLOSE, ALIVE | OVER},
    {"sluiten", OPERATION_CLOSE, ALIVE | OVER},
    {"herinner", OPERATION_REMIND, ALIVE | OVER},
    {"herinneren", OPERATION_REMIND, ALIVE | OVER},
    {"afmelden", OPERATION_UNCC, ALIVE | OVER},
    {"verlaat", OPERATION_UNCC, ALIVE | OVER},
    {"verlaten", OPERATION_UNCC, ALIVE | OVER},
    {"verifieer", OPERATION_VERIFY, ALIVE},
    /* Chinese, also in the characters of Taiwan where they differ */
    {"是", OPERATION_CONFIRM, ASKED},
    {"是的", OPERATION_CONFIRM, ASKED},
    {"好的", OPERATION_CONFIRM, ASKED},
    {"已解决", OPERATION_CONFIRM, ASKED},
    {"已解決", OPERATION_CONFIRM, ASKED},
    {"解决了", OPERATION_CONFIRM, ASKED},
    {"解決了", OPERATION_CONFIRM, ASKED},
    {"确认", OPERATION_CONFIRM, ALIVE | OVER},
    {"確認", OPERATION_CONFIRM, ALIVE | OVER},
    {"评分", OPERATION_RATE, ASKED},
    {"評分", OPERATION_RATE, ASKED},
    {"取消", OPERATION_CANCEL, ALIVE | OVER},
    {"关闭", OPERATION_CLOSE, ALIVE | OVER},
    {"關閉", OPERATION_CLOSE, ALIVE | OVER},
    {"催办", OPERATION_REMIND, ALIVE | OVER},
    {"催辦", OPERATION_REMIND, ALIVE | OVER},
    {"状态", OPERATION_STATUS, ALIVE | OVER},
    {"狀態", OPERATION_STATUS, ALIVE | OVER},
    {"退出", OPERATION_UNCC, ALIVE | OVER},
    {"短信", OPERATION_SMS, ALIVE},
    {"验证", OPERATION_VERIFY, ALIVE},
    {"驗證", OPERATION_VERIFY, ALIVE},
    /* Arabic, also without the hamza and the dots that few people type */
    {"نعم", OPERATION_CONFIRM, ASKED},
    {"موافق", OPERATION_CONFIRM, ASKED},
    {"تم الحل", OPERATION_CONFIRM, ASKED},
    {"تأكيد", OPERATION_CONFIRM, ALIVE | OVER},
    {"تاكيد", OPERATION_CONFIRM, ALIVE | OVER},
    {"تقييم", OPERATION_RATE, ASKED},
    {"إلغاء", OPERATION_CANCEL, ALIVE | OVER},
    {"الغاء", OPERATION_CANCEL, ALIVE | OVER},
    {"إغلاق", OPERATION_CLOSE, ALIVE | OVER},
    {"اغلاق", OPERATION_CLOSE, ALIVE | OVER},
    {"تذكير", OPERATION_REMIND, ALIVE | OVER},
    {"حالة", OPERATION_STATUS, ALIVE | OVER},
    {"الحالة", OPERATION_STATUS, ALIVE | OVER},
    {"مغادرة", OPERATION_UNCC, ALIVE | OVER},
    {"مغادره", OPERATION_UNCC, ALIVE | OVER},
    {"تحقق", OPERATION_VERIFY, ALIVE},
};

/* Whether the word is over where `behind` begins. Chinese has no blanks: a
 * score may follow at once. */
static bool
ends_here(struct span behind, bool latin)
{
	if (behind.len == 0 || behind.at[0] == ' ' || behind.at[0] == ',' ||
	    behind.at[0] == ':' ||
	    span_begins(behind, "，") || span_begins(behind, "،"))
		return true;
	return !latin && ascii_digit((unsigned char)behind.at[0]);
}

const struct plain_word *
plain_word_find(struct span line, enum state state)
{
	const struct plain_word *best = NULL;

	if ((unsigned)state >= STATES)
		return NULL;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const struct plain_word *word = &words[i];
		size_t len = strlen(word->word);
		bool latin = ascii_alpha((unsigned char)word->word[0]);

		if (!(word->states & 1u << state) ||
		    !span_begins(line, word->word) ||
		    (best != NULL && strlen(best->word) >= len))
			continue;
		if (ends_here((struct span){line.at + len, line.len - len},
			latin))
			best = word;
	}
	return best;
}
