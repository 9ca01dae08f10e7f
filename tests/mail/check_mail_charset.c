/* check_mail_charset: texts whose charset nobody declared, or declared wrong,
 * by language. The sentences are ours. */
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "span.h"

#include "charset.h"
#include "charset_guess.h"
#include "flag.h"

#include "check_mail.h"

#define TEXT_MAX 1000

/* clang-format off */
static const struct {
	const char *language, *charset, *text;
} sentences[] = {
    {"Russian", "WINDOWS-1251",
	"Здравствуйте, принтер снова не печатает."},
    {"Russian", "KOI8-R",
	"Здравствуйте, принтер снова не печатает."},
    {"Russian", "IBM866",
	"Здравствуйте, принтер снова не печатает."},
    {"Russian", "ISO-8859-5",
	"Здравствуйте, принтер снова не печатает."},
    {"one Russian word", "WINDOWS-1251",
	"Привет"},
    {"one Russian word", "KOI8-R",
	"Привет"},
    {"Russian between English words", "KOI8-R",
	"Hello, ошибка при входе в систему, error 17"},
    {"Ukrainian", "WINDOWS-1251",
	"Доброго дня, у мене не працює пошта."},
    {"Bulgarian", "WINDOWS-1251",
	"Здравейте, не мога да вляза в системата."},
    {"simplified Chinese", "GB18030",
	"您好，打印机又坏了，请尽快帮我看看。"},
    {"a short Chinese one", "GB18030",
	"谢谢你们的帮助"},
    {"traditional Chinese", "BIG5",
	"您好，印表機又壞了，請盡快幫我看看。"},
    {"Korean", "EUC-KR",
	"안녕하세요, 프린터가 다시 고장났습니다."},
    {"Korean", "CP949",
	"안녕하세요, 로그인이 되지 않습니다. 도와주세요."},
    {"Japanese", "SHIFT_JIS",
	"こんにちは。プリンターがまた動きません。"},
    {"Japanese", "EUC-JP",
	"こんにちは。プリンターがまた動きません。"},
    {"Japanese with many kanji", "SHIFT_JIS",
	"昨日から会社の電子メールが受信できません。"},
    {"Greek", "WINDOWS-1253",
	"Καλημέρα, ο εκτυπωτής δεν λειτουργεί."},
    {"Greek", "ISO-8859-7",
	"Καλημέρα, ο εκτυπωτής δεν λειτουργεί."},
    {"Hebrew", "WINDOWS-1255",
	"שלום, המדפסת שוב לא עובדת. תודה רבה"},
    {"Arabic", "WINDOWS-1256",
	"السلام عليكم، الطابعة لا تعمل مرة أخرى"},
    {"Thai", "CP874",
	"สวัสดีครับ เครื่องพิมพ์ไม่ทำงานอีกแล้ว"},
    {"Turkish", "WINDOWS-1254",
	"Merhaba, yazıcı yine çalışmıyor, şifremi değiştiremiyorum."},
    {"Polish", "ISO-8859-2",
	"Dzień dobry, drukarka znów nie działa, proszę o szybką pomoc."},
    {"Polish", "WINDOWS-1250",
	"Dzień dobry, drukarka znów nie działa, proszę o szybką pomoc. Źle się dzieje."},
    {"Czech", "WINDOWS-1250",
	"Dobrý den, tiskárna zase nefunguje, můžete mi prosím říci, proč?"},
    {"Czech", "ISO-8859-2",
	"Dobrý den, tiskárna zase nefunguje, můžete mi prosím říci, proč? Děkuji předem."},
    {"Hungarian", "ISO-8859-2",
	"Jó napot, a nyomtató megint nem működik, kérem, küldjön erről hírt. Köszönöm, üdvözlettel: Győző, a fűtő hűtő."},
    {"German", "WINDOWS-1252",
	"Schöne Grüße aus München, der Drucker läuft nicht."},
    {"French", "WINDOWS-1252",
	"Bonjour, l’imprimante à côté ne marche plus, ça coûte cher où que ce soit."},
    {"Spanish", "WINDOWS-1252",
	"¿Cuándo funcionará la impresora? ¡Mañana será tarde!"},
    {"Portuguese", "WINDOWS-1252",
	"Olá, a impressora não está a funcionar, há três dias que não imprime. Atenção!"},
    {"Swedish", "WINDOWS-1252",
	"Hej, skrivaren är sönder igen, kan ni hjälpa till på fredag?"},
    {"Danish", "WINDOWS-1252",
	"Hej, printeren på første sal er gået i stykker, så jeg må være hjemme."},
    {"Icelandic", "WINDOWS-1252",
	"Góðan daginn, prentarinn er bilaður og ég þarf að fá hjálp í dag, það er áríðandi."},
    {"an English text with a single sign", "WINDOWS-1252",
	"It costs 20 £ and I’m not happy — really."},
};
/* clang-format on */

/* The sentence as a program of that charset writes it. */
static struct span
written(struct arena *arena, int row)
{
	iconv_t converter = iconv_open(sentences[row].charset, "UTF-8");
	char *in = (char *)(uintptr_t)sentences[row].text;
	char *text = arena_take(arena, TEXT_MAX), *out = text;
	size_t left = strlen(in), room = TEXT_MAX;

	ck_assert(converter != (iconv_t)-1);
	ck_assert(iconv(converter, &in, &left, &out, &room) != (size_t)-1);
	iconv_close(converter);
	return span_from(text, out);
}

START_TEST(a_language_is_known_by_its_letters)
{
	struct arena *arena = arena_new(0);
	struct flags flags = {0};
	struct span octets = written(arena, _i);
	struct span got =
	    charset_to_utf8(arena, octets, (struct span){"", 0}, &flags);

	ck_assert_msg(got.len == strlen(sentences[_i].text) &&
			  memcmp(got.at, sentences[_i].text, got.len) == 0,
	    "%s in %s: got \"%.*s\"", sentences[_i].language,
	    sentences[_i].charset, (int)got.len, got.at);
	ck_assert(flag_raised(&flags, FLAG_UNDECLARED_8BIT));
	arena_free(arena);
}
END_TEST

/* A label is believed as long as it can be right: the Western texts stay what
 * they are, whatever else their letters could be; the others are told only
 * beyond doubt, and never turn into a third thing. */
START_TEST(a_western_label_is_believed_within_reason)
{
	struct arena *arena = arena_new(0);
	struct flags flags = {0};
	struct span octets = written(arena, _i);
	struct span got = charset_to_utf8(
	    arena, octets, span_of("iso-8859-1"), &flags);
	bool right = got.len == strlen(sentences[_i].text) &&
		     memcmp(got.at, sentences[_i].text, got.len) == 0;

	if (strcmp(sentences[_i].charset, "WINDOWS-1252") == 0)
		ck_assert_msg(right && flags.seen == 0, "%s: got \"%.*s\"",
		    sentences[_i].language, (int)got.len, got.at);
	else
		ck_assert_msg(right || !flag_raised(&flags, FLAG_BAD_CHARSET),
		    "%s: got \"%.*s\"", sentences[_i].language, (int)got.len,
		    got.at);
	arena_free(arena);
}
END_TEST

START_TEST(noise_is_read_in_linear_time_whatever_it_looks_like)
{
	struct arena *arena = arena_new(0);
	char noise[3000];
	unsigned long state = 1;

	for (int round = 0; round < 200; round++) {
		struct flags flags = {0};

		for (size_t i = 0; i < sizeof noise; i++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			noise[i] = (char)(state >> 40 | 0x80);
		}
		charset_to_utf8(arena, (struct span){noise, sizeof noise},
		    (struct span){"", 0}, &flags);
		ck_assert(flags.seen != 0);
	}
	arena_free(arena);
}
END_TEST

Suite *
suite_charset(void)
{
	int count = (int)(sizeof sentences / sizeof sentences[0]);
	Suite *suite = suite_create("mail charset");
	TCase *rows = tcase_create("languages");

	tcase_set_timeout(rows, 60); /* the sanitizers on a busy machine */
	tcase_add_loop_test(
	    rows, a_language_is_known_by_its_letters, 0, count);
	tcase_add_loop_test(
	    rows, a_western_label_is_believed_within_reason, 0, count);
	tcase_add_test(
	    rows, noise_is_read_in_linear_time_whatever_it_looks_like);
	suite_add_tcase(suite, rows);
	return suite;
}
