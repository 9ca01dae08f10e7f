/* check_language: which language a mail is in, and the desk's words in it. */
#include <stdlib.h>
#include <string.h>

#include "decide.h"
#include "language.h"
#include "notice_words.h"

#include "check_write.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
	const char *language, *subject, *text;
} rows[] = {
    {"en", "Login", "My printer is broken, can you help?"},
    {"en", "Order 4711", "Hi, the invoice that you sent is not right."},
    {"en", "VPN", "Could not connect to the office since Monday."},
    {"nl", "Printer stuk", "De printer doet het niet meer."},
    {"nl", "", "Beste helpdesk, graag een nieuw wachtwoord. Groet, Jan"},
    {"nl", "Vraag", "Ik kan sinds vanochtend niet inloggen, wat nu?"},
    {"nl", "Storing",
	"Hallo, de server geeft een fout:\n\nERROR connection refused at "
	"10.0.0.1:443 in module auth\nKunt u kijken wat er mis is?"},
    {"de", "Zugang", "Guten Tag, mein Zugang ist seit heute gesperrt."},
    {"de", "Frage", "Ich kann mich nicht anmelden, bitte um Hilfe."},
    {"fr", "Panne", "Bonjour, je ne peux pas me connecter, merci."},
    {"es", "Ayuda", "Hola, no puedo entrar desde ayer, gracias."},
    {"zh", "", "打印机坏了。"},
    {"zh", "LX-300", "您好，LX-300 打印机无法连接 VPN，请帮忙看看。"},
    {"zh", "請問", "印表機壞了"},
    {"ar", "", "الطابعة لا تعمل"},
    {"ar", "VPN", "مرحبا، لا أستطيع الاتصال عبر VPN منذ الصباح."},
    {"ja", "", "プリンターが動きません。確認してください。"},
    {"ko", "", "프린터가 작동하지 않습니다."},
    /* When it is not sure it says nothing. */
    {"", "", ""},
    {"", "Hello", ""},
    {"", "printer", "ok"},
    {"", "", "ERROR 0x8004010f 192.168.1.1"},
    {"", "", "Hej, min printer virker ikke, og jeg kan ikke logge ind."},
    {"", "", "Hej, jag kan inte logga in på min dator och det är viktigt."},
    {"", "", "Ciao, la stampante non funziona, grazie per un aiuto."},
    {"", "", "Proszę o pomoc, drukarka nie działa i nie wiem, co jest."},
    {"", "", "چاپگر کار نمی‌کند، لطفاً کمک کنید"},
    {"", "", "Is it in? Hij is in de map."},
    {"", "\xff\xfe", "\xc3\x28 \xf0\x9f"},
    {"", "", "thequickbrownfoxjumpsoverthelazydogandtheveryslowcat"},
};

START_TEST(a_language_is_seen_or_left_open)
{
	ck_assert_msg(strcmp(language_of(rows[_i].subject, rows[_i].text),
			  rows[_i].language) == 0,
	    "\"%s\" and not \"%s\": %s",
	    language_of(rows[_i].subject, rows[_i].text), rows[_i].language,
	    rows[_i].text);
}
END_TEST

/* A pasted log of another language changes nothing, and costs nothing. */
START_TEST(what_is_pasted_below_does_not_count)
{
	static const char top[] = "Ik krijg deze fout niet weg, wat nu?\n\n";
	size_t size = 1 << 20;
	char *text = malloc(size + 1);

	for (size_t i = 0; i < size; i++)
		text[i] = "the and is "[i % 11];
	text[size] = '\0';
	memset(text, '\n', LANGUAGE_LOOK);
	memcpy(text, top, strlen(top));
	ck_assert_str_eq(language_of("", text), "nl");
	free(text);
}
END_TEST

START_TEST(the_desks_words_are_english_where_a_language_has_none)
{
	struct arena *arena = arena_new(0);
	const char *error = NULL;
	struct notice_words *words = notice_words_read(arena,
	    span_of("# x\n\n state.closed = Gesloten \r\n"
		    "customer.closed=Klaar\nreason.rated = a = b"),
	    &error);

	ck_assert_ptr_nonnull(words);
	ck_assert_str_eq(notice_words_state(words, STATE_CLOSED), "Gesloten");
	ck_assert_str_eq(
	    notice_words_customer_state(words, STATE_CLOSED), "Klaar");
	ck_assert_str_eq(notice_words_reason(arena, words, "rated"), "a = b");
	ck_assert_str_eq(
	    notice_words_customer_state(words, STATE_PENDING), "Submitted");
	ck_assert_str_eq(notice_words_state(NULL, STATE_CLOSED), "Closed");
	ck_assert_str_eq(
	    notice_words_reason(arena, words, "over"),
	    decide_reason(arena, "over"));
	ck_assert_str_eq(notice_words_reason(arena, NULL, "A sentence."),
	    "A sentence.");
	ck_assert_str_eq(notice_words_missing(arena, words), "state.none");
	ck_assert_str_eq(
	    notice_words_reason(arena, NULL, "stands-alone:close"),
	    "`/close` stands alone on its line; write your text below it.");
	words = notice_words_read(arena,
	    span_of("reason.near-command = Bedoelde u `/%`?"), &error);
	ck_assert_str_eq(
	    notice_words_reason(arena, words, "near-command:close"),
	    "Bedoelde u `/close`?");
	ck_assert_ptr_null(notice_words_read(arena,
	    span_of("reason.near-command = Bedoelde u?"), &error));
	ck_assert_str_eq(error, "line 1: no % in reason.near-command");
	arena_free(arena);
}
END_TEST

void
language_tests(TCase *all)
{
	tcase_add_loop_test(
	    all, a_language_is_seen_or_left_open, 0, COUNT(rows));
	tcase_add_test(all, what_is_pasted_below_does_not_count);
	tcase_add_test(
	    all, the_desks_words_are_english_where_a_language_has_none);
}
