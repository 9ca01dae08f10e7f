/* check_secret: what is set apart, and what only looks like it. The numbers
 * are those that issuers and standards publish as examples; the keys are made
 * up, and put together here so that no scanner takes them for lost ones. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "arena.h"
#include "buf.h"
#include "secret.h"

#define CARD(last)  "[card ending " last ": kept apart]"
#define IBAN(last)  "[IBAN ending " last ": kept apart]"
#define PRIVATE_KEY "[private key: kept apart]"
#define PASSWORD    "[password: kept apart]"
#define ACCESS_KEY  "[access key: kept apart]"
#define A16	    "Zq3vT8kLm2Xw9RbN"

static const struct {
	const char *sentence;
	const char *text;
	const char *masked;
} secret_rows[] = {
    {"a card as on the plastic", "My card 4242 4242 4242 4242 was charged.",
	"My card " CARD("4242") " was charged."},
    {"a card without gaps", "It is 5555555555554444, thanks",
	"It is " CARD("4444") ", thanks"},
    {"with hyphens", "4012-8888-8888-1881", CARD("1881")},
    {"with blanks of HTML",
	"4111\xc2\xa0" "1111\xc2\xa0" "1111\xc2\xa0" "1111",
	CARD("1111")},
    {"with its month and its back", "4111 1111 1111 1111 12/27 123",
	CARD("1111") " 12/27 123"},
    {"American Express", "378282246310005 and 3782 822463 10005",
	CARD("0005") " and " CARD("0005")},
    {"JCB", "3530111333300000", CARD("0000")},
    {"Diners Club, called a card", "Karte: 30569309025904",
	"Karte: " CARD("5904")},
    {"a number after an order's, on another line",
	"Order 17\n4242424242424242\n", "Order 17\n" CARD("4242") "\n"},
    {"an account in groups", "IBAN: DE89 3704 0044 0532 0130 00.",
	"IBAN: " IBAN("3000") "."},
    {"an account in small letters", "gb82west12345698765432",
	IBAN("5432")},
    {"an account with letters within", "NL91ABNA0417164300 ok",
	IBAN("4300") " ok"},
    {"a private key",
	"see\n-----BEGIN RSA PRIVATE " "KEY-----\nMIIEow==\nabcd\n"
	"-----END RSA PRIVATE KEY-----\nbye",
	"see\n" PRIVATE_KEY "\nbye"},
    {"a quoted one that was cut off",
	"> -----BEGIN OPENSSH PRIVATE " "KEY-----\n> b3BlbnNzaA\n> AAAA\n\n"
	"Hello there",
	"> " PRIVATE_KEY "\n\nHello there"},
    {"one of OpenPGP",
	"-----BEGIN PGP PRIVATE " "KEY BLOCK-----\nVersion: 2\n\nlQOYBF\n"
	"=aaaa\n-----END PGP PRIVATE KEY BLOCK-----\n",
	PRIVATE_KEY "\n"},
    {"one of PuTTY's",
	"PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 1\nAAAA\n"
	"Private-Lines: 1\nBBBB\nPrivate-MAC: 00\n\nRegards, Jan",
	PRIVATE_KEY "\n\nRegards, Jan"},
    {"one in a setting", "key=\"-----BEGIN PRIVATE " "KEY-----\\nMII\\n\"",
	"key=\"" PRIVATE_KEY "\""},
    {"a password", "User: jan\nPassword: hunter2\nBye",
	"User: jan\nPassword: " PASSWORD "\nBye"},
    {"a password of one plain word", "password: tulip\n",
	"password: " PASSWORD "\n"},
    {"one with words behind it", "my password: Tr0ub4dor&3 since May",
	"my password: " PASSWORD " since May"},
    {"one that is quoted", "password = \"correct horse battery\"",
	"password = \"" PASSWORD "\""},
    {"one in a setting", "DB_PASSWORD=s3cr3t\n",
	"DB_PASSWORD=" PASSWORD "\n"},
    {"one in an address of the web",
	"https://x.example/?user=a&password=abc1&x=1",
	"https://x.example/?user=a&password=" PASSWORD "&x=1"},
    {"marked up", "**Password:** hunter2", "**Password:** " PASSWORD},
    {"German", "Kennwort: geheim12", "Kennwort: " PASSWORD},
    {"French, with its blank", "Mot de passe : azerty99",
	"Mot de passe : " PASSWORD},
    {"Spanish", "Contrase\xc3\xb1" "a: perro77",
	"Contrase\xc3\xb1" "a: " PASSWORD},
    {"Russian",
	"\xd0\x9f\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c: qwe123",
	"\xd0\x9f\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c: " PASSWORD},
    {"Chinese, with the colon of East Asia",
	"\xe5\xaf\x86\xe7\xa0\x81\xef\xbc\x9a" "abc123",
	"\xe5\xaf\x86\xe7\xa0\x81\xef\xbc\x9a" PASSWORD},
    {"Japanese",
	"\xe3\x83\x91\xe3\x82\xb9\xe3\x83\xaf\xe3\x83\xbc\xe3\x83\x89: x9y8",
	"\xe3\x83\x91\xe3\x82\xb9\xe3\x83\xaf\xe3\x83\xbc\xe3\x83\x89: "
	PASSWORD},
    {"Hebrew", "\xd7\xa1\xd7\x99\xd7\xa1\xd7\x9e\xd7\x94: abcd1",
	"\xd7\xa1\xd7\x99\xd7\xa1\xd7\x9e\xd7\x94: " PASSWORD},
    {"a PIN", "PIN: 4711", "PIN: " PASSWORD},
    {"Amazon's", "id AKIA" "IOSFODNN7EXAMPLE here",
	"id " ACCESS_KEY " here"},
    {"Amazon's other half",
	"aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/" "bPxRfiCYEXAMPLEKEY",
	"aws_secret_access_key = " PASSWORD},
    {"GitHub's", "ghp" "_" A16 A16 "abcd", ACCESS_KEY},
    {"Slack's", "xoxb" "-123456789012-" A16, ACCESS_KEY},
    {"Google's", "AIza" A16 A16 "-_a", ACCESS_KEY},
    {"Stripe's", "sk" "_live_" A16, ACCESS_KEY},
    {"Azure's", "AccountKey=" A16 A16 "==;Endpoint",
	"AccountKey=" PASSWORD},
    {"a bearer's",
	"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w",
	ACCESS_KEY},
    {"two in one text", "4242424242424242 password: abc1\n",
	CARD("4242") " password: " PASSWORD "\n"},
};

/* None of these is a secret, though each looks like one. */
static const char *const plain_rows[] = {
    "Order number 4111111111111111 has not come.",
    "Order 4242 is late; order 4242424242424243 too.",
    "Sendungsnummer 5555555555554444",
    "Tracking: 9400 1000 0000 0000 0000 00",
    "UPS 1Z999AA10123456784 was left with the neighbour",
    "Call +49 4012 8888 8888 1881 please",
    "Tel. 0049 151 23456789, fax 030 1234567",
    "IMEI 490154203237518 of the phone",
    "the photo is 4012888888881881.jpg",
    "https://shop.example/item/4242424242424242",
    "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "at 1764000000000 ms, then at 1764000000417",
    "4.111111111111111 is not pi, nor is 3.14159265358979",
    "0000 0000 0000 0000 and 4444444444444444",
    "ISBN 978-3-16-148410-0, EAN 4006381333931",
    "1234 4242 4242 4242 4242 is our customer code of five groups",
    "GB82 WEST 1234 5698 7654 33 has a wrong check digit",
    "DE89 and DE 89370400440532013000 are nothing by themselves",
    "Password: required", "Password reset: please help",
    "I forgot my password: what do I do now?",
    "password: ********", "Password: <your password>",
    "The password is wrong: I tried it twice.",
    "Passwort vergessen: ich komme nicht hinein",
    "error: password incorrect", "bypass: activated", "compass: north",
    "token: 17", "PIN: on the back", "api key: see the manual",
    "secret: we do not know it", "access key: lost",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    "-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----",
    "the line -----BEGIN PRIVATE KEY----- must be there, it says",
    "AKIA is a prefix, AKIA1234 is too short",
    "The ghp_ prefix, sk_live_ and xoxb- are keys; eyJ begins a token",
    "e-mail: jan@acme.example; web: http://acme.example/?a=b:c",
};

START_TEST(a_secret_is_masked)
{
	struct arena *arena = arena_new(0);
	struct span text = span_of(secret_rows[_i].text);
	struct secrets secrets = secret_find(arena, text);
	char *masked = secret_mask(arena, text, &secrets);

	ck_assert_msg(strcmp(masked, secret_rows[_i].masked) == 0, "%s: %s",
	    secret_rows[_i].sentence, masked);
	/* The mask itself is no secret. */
	secrets = secret_find(arena, span_of(masked));
	ck_assert_msg(secrets.count == 0, "found again: %s", masked);
	arena_free(arena);
}
END_TEST

START_TEST(what_only_looks_like_one_is_left_alone)
{
	struct arena *arena = arena_new(0);
	struct span text = span_of(plain_rows[_i]);
	struct secrets secrets = secret_find(arena, text);

	ck_assert_msg(secrets.count == 0, "%s: %s", plain_rows[_i],
	    secrets.count ? secret_mask(arena, text, &secrets) : "");
	arena_free(arena);
}
END_TEST

/* Every beginning of every text, in memory that ends where it does. */
START_TEST(a_text_may_end_anywhere)
{
	struct arena *arena = arena_new(0);

	for (size_t i = 0; i < sizeof secret_rows / sizeof *secret_rows; i++) {
		const char *text = secret_rows[i].text;

		for (size_t len = 0; len <= strlen(text); len++) {
			char *copy = malloc(len + 1);
			struct secrets secrets;

			ck_assert_ptr_nonnull(copy);
			memcpy(copy, text, len);
			copy = realloc(copy, len > 0 ? len : 1);
			secrets = secret_find(arena, (struct span){copy, len});
			for (size_t s = 0; s < secrets.count; s++)
				ck_assert_uint_le(secrets.list[s].at +
					secrets.list[s].len,
				    len);
			free(copy);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

static double
seconds_for(const char *piece, size_t octets)
{
	struct arena *arena = arena_new(0);
	struct buf text = buf_in(arena);
	struct timespec from, to;

	while (text.len < octets)
		buf_add_text(&text, piece);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	secret_find(arena, buf_span(&text));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	arena_free(arena);
	return (double)(to.tv_sec - from.tv_sec) +
	    (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static const char *const slow_rows[] = {"password:", "1", "1 ", "4242 ",
    "-----BEGIN PRIVATE " "KEY-----\n", "-----BEGIN PRIVATE " "KEY-----\n\n",
    "PuTTY-User-Key-File-2:\n", "eyJaaaaaaaaaaaaa.", "xoxb-", "DE89", "a:",
    "=", "-----", "password: \"", "pass = = = = "};

/* The time for four times the octets is compared with that for one, which is
 * made long enough to be measured. */
START_TEST(time_grows_with_the_octets)
{
	double one = seconds_for(slow_rows[_i], 1u << 18);
	double four = seconds_for(slow_rows[_i], 1u << 20);

	ck_assert_msg(four < 8 * one + 0.02, "%s: %f %f", slow_rows[_i], one,
	    four);
	ck_assert_msg(four < 2, "%s: %f", slow_rows[_i], four);
}
END_TEST

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

int
main(void)
{
	Suite *suite = suite_create("secret");
	TCase *all = tcase_create("all");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(all, a_secret_is_masked, 0, COUNT(secret_rows));
	tcase_add_loop_test(all, what_only_looks_like_one_is_left_alone, 0,
	    COUNT(plain_rows));
	tcase_add_test(all, a_text_may_end_anywhere);
	tcase_add_loop_test(
	    all, time_grows_with_the_octets, 0, COUNT(slow_rows));
	tcase_set_timeout(all, 60);
	suite_add_tcase(suite, all);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
