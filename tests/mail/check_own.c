/* check_own: the desk's own words, found in replies by comparison. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "arena.h"
#include "buf.h"
#include "quote_own.h"

/* What the desk sent: an engineer's message and a notice's frame; then what
 * the customer wrote before, which the notice quotes. */
static const char engineers[] =
    "Thank you for the log. The tunnel drops because both ends rekey in the "
    "same second.\nPlease set the lifetime on your side to 28800 seconds, "
    "restart the service, and tell us what the second line of the log says.";
static const char frame[] =
    "-- \nAda Lovelace, Example Support\nTicket 1042 - Waiting for you\n"
    "To go on, reply to this mail.\n"
    "To end it, reply with the one word: close\n";
static const char customers[] =
    "Hello, our tunnel to the second region drops each night at three and "
    "comes back an hour later. What can we do?";
static const char japanese[] =
    "お問い合わせありがとうございます。設定を確認したところ、証明書の期限が"
    "切れていました。新しい証明書を入れてからもう一度お試しください。";
static const char russian[] =
    "Здравствуйте! Мы проверили настройки вашего сервера и увидели, что "
    "сертификат истёк. Обновите его и напишите нам, что получилось.";

#define SENT                                                              \
	"Thank you for the log. The tunnel drops because both ends rekey in " \
	"the same second.\nPlease set the lifetime on your side to 28800 "     \
	"seconds, restart the service, and tell us what the second line of "  \
	"the log says.\n"
#define FRAME                                                             \
	"-- \nAda Lovelace, Example Support\nTicket 1042 - Waiting for you\n" \
	"To go on, reply to this mail.\n"                                     \
	"To end it, reply with the one word: close\n"

static const struct {
	const char *says, *text, *left;
} rows[] = {
    {"a reply without a word of ours", "It works now.\nThanks",
	"It works now.\nThanks"},
    {"unmarked, without any attribution",
	"It works now.\n\n" SENT "\n" FRAME, "It works now."},
    {"wrapped anew",
	"It works now.\n\nThank you for the log. The tunnel drops\nbecause "
	"both ends rekey in the same\nsecond. Please set the lifetime on "
	"your\nside to 28800 seconds, restart the\nservice, and tell us what "
	"the second\nline of the log says.",
	"It works now."},
    {"with other marks",
	"It works now.\n\n| Thank you for the log. The tunnel drops because\n"
	"| both ends rekey in the same second.\n» Please set the lifetime on "
	"your side to 28800 seconds,\n» restart the service, and tell us what "
	"the second\n» line of the log says.",
	"It works now."},
    {"in one long line",
	"It works now.\n\nThank you for the log. The tunnel drops because "
	"both ends rekey in the same second. Please set the lifetime on your "
	"side to 28800 seconds, restart the service, and tell us what the "
	"second line of the log says. -- Ada Lovelace, Example Support",
	"It works now."},
    {"below an attribution in a language nobody wrote down",
	"Funguje to.\n\nLa 2026-11-02 10:00, Example Support "
	"<s@x.example> gxosxi zzz:\n\n" SENT,
	"Funguje to."},
    {"below an attribution over two lines",
	"Yes.\n\nQuux 2 Nov 2026 10:00 Example Support\n"
	"<s@x.example> gxosxi:\n" SENT,
	"Yes."},
    {"below a header block with names nobody wrote down",
	"Yes.\n\nXa: Example Support <s@x.example>\nXb: 2 Nov 2026 10:00\n"
	"Xc: Anna\nXd: [#1042] Tunnel\n\n" SENT,
	"Yes."},
    {"a form that the person filled in stays",
	"Service: vpn\nMail: anna@x.example\nRegion: north\n\n" SENT,
	"Service: vpn\nMail: anna@x.example\nRegion: north"},
    {"a sentence that ends in a colon stays",
	"You wrote this to me and I do not understand it:\n" SENT,
	"You wrote this to me and I do not understand it:"},
    {"only a part is quoted",
	"Which file is that in?\n\nPlease set the lifetime on your side to "
	"28800 seconds, restart the service",
	"Which file is that in?"},
    {"the person's signature below the quote stays",
	"Yes.\n\n" SENT
	"Please set the lifetime on your side to 28800 seconds, restart the "
	"service\n\nAnna Miller\nExample Corp",
	"Yes.\n\nAnna Miller\nExample Corp"},
    {"an answer below the whole quote stays",
	SENT "\n" FRAME "\nIt says: rekey failed.", "It says: rekey failed."},
    {"an answer between two quotes stays",
	"Thank you for the log. The tunnel drops because\nboth ends rekey in "
	"the same second. Please set\nthe lifetime on your side to 28800 "
	"seconds, restart the service,\n\nDone.\n\nand tell us what the "
	"second line of the log says.\n" FRAME,
	"Done."},
    {"a line with one word of the person's stays whole",
	"Please set the lifetime on your side to 28800 seconds, restart the "
	"service: DONE",
	"Please set the lifetime on your side to 28800 seconds, restart the "
	"service: DONE"},
    {"a few words of ours are an answer in our words",
	"To go on, reply to this mail", "To go on, reply to this mail"},
    {"a command stays above the words that taught it",
	"close\n\n" SENT "\n" FRAME, "close"},
    {"the state in our footer has changed since",
	"Yes.\n\n" SENT
	"\n-- \nAda Lovelace, Example Support\nTicket 1042 - Submitted\n"
	"To go on, reply to this mail.\n"
	"To end it, reply with the one word: close",
	"Yes."},
    {"the person's own former words are a quote below ours",
	"Yes.\n\n" SENT "\n" FRAME
	"\nHello, our tunnel to the second region drops each night at three "
	"and\ncomes back an hour later. What can we do?",
	"Yes."},
    {"who repeats what they wrote is heard",
	"Hello, our tunnel to the second region drops each night at three "
	"and comes back an hour later. What can we do?",
	"Hello, our tunnel to the second region drops each night at three "
	"and comes back an hour later. What can we do?"},
    {"who repeats it above our words is heard",
	"Hello, our tunnel to the second region drops each night at three "
	"and comes back an hour later. What can we do?\n\n" SENT,
	"Hello, our tunnel to the second region drops each night at three "
	"and comes back an hour later. What can we do?"},
    {"a reply of our words alone adds nothing", SENT FRAME, ""},
    {"capital letters and typographic marks do not hide it",
	"Yes.\n\n“THANK YOU FOR THE LOG. The tunnel drops because both ends "
	"rekey in the same second.”\n• Please set the lifetime on your side "
	"to 28800 seconds",
	"Yes."},
    {"Japanese, wrapped inside words",
	"できました。\n\nお問い合わせありがとうござ\nいます。設定を確認した"
	"ところ、証明\n書の期限が切れていました。新しい証明書を入\nれてから"
	"もう一度お試しください。",
	"できました。"},
    {"Russian, marked otherwise",
	"Спасибо, работает.\n\n› Здравствуйте! Мы проверили настройки вашего\n"
	"› сервера и увидели, что сертификат истёк. Обновите его и\n"
	"› напишите нам, что получилось.",
	"Спасибо, работает."},
    {"a short run of ours among the person's lines stays",
	"You said:\nPlease set the lifetime on your side to 28800 seconds\n"
	"but there is no such field.",
	"You said:\nPlease set the lifetime on your side to 28800 seconds\n"
	"but there is no such field."},
};

static const struct own_text *
sent(size_t *count_r)
{
	static struct own_text own[5];

	own[0] = (struct own_text){span_of(engineers), false};
	own[1] = (struct own_text){span_of(frame), false};
	own[2] = (struct own_text){span_of(customers), true};
	own[3] = (struct own_text){span_of(japanese), false};
	own[4] = (struct own_text){span_of(russian), false};
	*count_r = 5;
	return own;
}

START_TEST(own_words_are_taken_out)
{
	struct arena *arena = arena_new(0);
	size_t count;
	const struct own_text *own = sent(&count);
	const char *left = arena_copy(arena,
	    quote_without_own(arena, span_of(rows[_i].text), own, count));

	ck_assert_msg(strcmp(left, rows[_i].left) == 0, "%s: \"%s\"",
	    rows[_i].says, left);
	arena_free(arena);
}
END_TEST

static double
seconds_for(size_t repeated)
{
	struct arena *arena = arena_new(0);
	struct buf text = buf_in(arena);
	size_t count;
	const struct own_text *own = sent(&count);
	clock_t began;

	/* The speaker's own lines, which may go and never do, and ours that
	 * are too few: what would be looked at again and again. */
	for (size_t i = 0; i < repeated; i++)
		buf_add_text(&text,
		    "Hello, our tunnel to the second region drops\n"
		    "to this mail to end\nTicket 1042\n");
	began = clock();
	quote_without_own(arena, buf_span(&text), own, count);
	arena_free(arena);
	return (double)(clock() - began) / CLOCKS_PER_SEC;
}

START_TEST(a_hostile_reply_ends_in_time)
{
	ck_assert_double_lt(seconds_for(100000), 2.0);
}
END_TEST

START_TEST(every_beginning_of_a_reply_is_read)
{
	struct arena *arena = arena_new(0);
	size_t count;
	const struct own_text *own = sent(&count);
	struct span text = span_of(rows[_i].text);

	for (size_t len = 0; len <= text.len; len++) {
		struct span part = {
		    arena_copy(arena, (struct span){text.at, len}), len};

		ck_assert_uint_le(
		    quote_without_own(arena, part, own, count).len, len + 1);
	}
	arena_free(arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("own");
	TCase *tcase = tcase_create("own");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(tcase, own_words_are_taken_out, 0,
	    sizeof rows / sizeof *rows);
	tcase_add_loop_test(tcase, every_beginning_of_a_reply_is_read, 0,
	    sizeof rows / sizeof *rows);
	tcase_add_test(tcase, a_hostile_reply_ends_in_time);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
