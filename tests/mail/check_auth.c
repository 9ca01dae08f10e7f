/* check_auth: whom a trusted server vouches for (RFC 8601, RFC 8617). */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "auth.h"
#include "mail_read.h"
#include "quote.h"
#include "record.h"

static const char *const servers[] = {"mx.desk.example", "mx2.desk.example",
    NULL};
static const char *const sealers[] = {"list.example", "fwd.example", NULL};

#define FROM	 "From: Jan <jan@acme.example>\n"
#define RECEIVED "Received: from x by mx.desk.example; today\n"
#define AR	 "Authentication-Results: mx.desk.example"
#define SEALED                                                               \
	AR "; dmarc=fail header.from=acme.example; arc=pass (i=1)\n"         \
	RECEIVED                                                             \
	"ARC-Seal: i=1; a=rsa-sha256; t=1; cv=none; d=list.example; s=x;"    \
	" b=abc\n"

static const struct {
	const char *sentence;
	enum auth auth;
	const char *header;
} rows[] = {
    {"dmarc", AUTH_PASS, AR "; dmarc=pass header.from=acme.example\n" FROM},
    {"nothing at all", AUTH_NONE, FROM},
    {"none", AUTH_NONE, AR "; none\n" FROM},
    {"a version behind the id", AUTH_PASS,
	AR " 1; dmarc=pass header.from=acme.example\n" FROM},
    {"the id in quotes", AUTH_PASS,
	"Authentication-Results: \"mx.desk.example\"; dmarc=pass"
	" header.from=acme.example\n" FROM},
    {"comments everywhere, one in another", AUTH_PASS,
	AR " (a (b) c) 1 (v); (x;y=z) dmarc (m) = (r) pass (p=none)"
	" header (h) . (d) from (f) = (e) acme.example (end\\))\n" FROM},
    {"folded", AUTH_PASS,
	"Authentication-Results:\n mx.desk.example;\n\tdmarc=pass\n"
	" header.from=acme.example\n" FROM},
    {"a version behind the method", AUTH_PASS,
	AR "; dkim/1=pass header.d=acme.example\n" FROM},
    {"a method in capitals", AUTH_PASS,
	AR "; DKIM=PASS Header.D=ACME.example\n" FROM},
    {"the identity where no domain is named", AUTH_PASS,
	AR "; dkim=pass header.i=@acme.example\n" FROM},
    {"a reason with a semicolon", AUTH_PASS,
	AR "; dkim=pass reason=\"good; dmarc=fail\" header.d=acme.example\n"
	FROM},
    {"a reason that claims", AUTH_NONE,
	AR "; dkim=fail reason=\"x; dmarc=pass header.from=acme.example\"\n"
	FROM},
    {"a comment that claims", AUTH_NONE,
	AR "; spf=none (dmarc=pass header.from=acme.example)\n" FROM},
    {"a comment that never ends", AUTH_NONE,
	AR "; spf=none ( ; dmarc=pass header.from=acme.example\n" FROM},
    {"several results", AUTH_PASS,
	AR "; spf=fail smtp.mailfrom=b.example; dkim=pass"
	" header.d=b.example; dkim=pass header.d=acme.example\n" FROM},
    {"spf in the same name", AUTH_PASS,
	AR "; spf=pass smtp.mailfrom=\"b@acme.example\"\n" FROM},
    {"spf of another domain", AUTH_NONE,
	AR "; spf=pass smtp.mailfrom=bulk.example\n" FROM},
    {"dmarc outweighs dkim", AUTH_FAIL,
	AR "; dkim=pass header.d=acme.example; dmarc=fail"
	" header.from=acme.example\n" FROM},
    {"dmarc of another domain", AUTH_NONE,
	AR "; dmarc=pass header.from=evil.example\n" FROM},
    {"dmarc of two domains", AUTH_NONE,
	AR "; dmarc=pass header.from=evil.example"
	" header.from=acme.example\n" FROM},
    {"dmarc twice, once failed", AUTH_FAIL,
	AR "; dmarc=pass header.from=acme.example; dmarc=fail"
	" header.from=acme.example\n" FROM},
    {"a server that is not ours", AUTH_NONE,
	"Authentication-Results: mx.evil.example; dmarc=pass"
	" header.from=acme.example\n" FROM},
    {"a server that leaves its name out", AUTH_NONE,
	"Authentication-Results: dmarc=pass header.from=acme.example\n" FROM},
    {"below a stranger's Received", AUTH_NONE,
	RECEIVED "Received: from y by x.example; today\n" AR
	"; dmarc=pass header.from=acme.example\n" FROM},
    {"two of ours that do not agree", AUTH_FAIL,
	AR "; dmarc=pass header.from=acme.example\n"
	"Authentication-Results: mx2.desk.example; dmarc=fail"
	" header.from=acme.example\n" FROM},
    {"a signature open at its end", AUTH_NONE,
	AR "; dkim=pass header.d=acme.example; dmarc=pass"
	" header.from=acme.example\n"
	"DKIM-Signature: v=1; d=acme.example; l = 200; b=x\n" FROM},
    {"such a signature, and spf", AUTH_PASS,
	AR "; spf=pass smtp.mailfrom=acme.example; dmarc=pass"
	" header.from=acme.example\n"
	"DKIM-Signature: v=1; d=acme.example; l=200; b=x\n" FROM},
    {"such a signature of the domain above", AUTH_NONE,
	AR "; dmarc=pass header.from=mail.acme.example\n"
	"DKIM-Signature: v=1; d=acme.example; l=200; b=x\n"
	"From: <jan@mail.acme.example>\n"},
    {"such a signature of somebody else's", AUTH_PASS,
	AR "; dmarc=pass header.from=acme.example\n"
	"DKIM-Signature: v=1; d=notacme.example; l=200; b=x\n" FROM},
    {"two authors", AUTH_NONE,
	AR "; dmarc=pass header.from=acme.example\n"
	"From: jan@acme.example, eve@acme.example\n"},
    {"two From fields", AUTH_NONE,
	AR "; dmarc=pass header.from=acme.example\n" FROM
	"From: eve@evil.example\n"},
    {"a line that is no field", AUTH_NONE,
	AR "; dmarc=pass header.from=acme.example\n" FROM
	"this is no field\nTo: a@b.example\n"},
    {"sealed by a list that we trust", AUTH_SEALED,
	SEALED "ARC-Authentication-Results: i=1; list.example; dmarc=pass"
	" header.from=acme.example\n" FROM},
    {"sealed, but not vouched for even there", AUTH_FAIL,
	SEALED "ARC-Authentication-Results: i=1; list.example; dmarc=fail"
	" header.from=acme.example\n" FROM},
    {"sealed by somebody else as well", AUTH_FAIL,
	SEALED "ARC-Seal: i=2; d=evil.example\n"
	"ARC-Authentication-Results: i=1; list.example; dmarc=pass"
	" header.from=acme.example\n" FROM},
    {"a seal that our server did not find whole", AUTH_FAIL,
	AR "; dmarc=fail header.from=acme.example; arc=fail\n"
	"ARC-Seal: i=1; d=list.example\n"
	"ARC-Authentication-Results: i=1; list.example; dmarc=pass"
	" header.from=acme.example\n" FROM},
    {"two first results of a seal", AUTH_FAIL,
	SEALED "ARC-Authentication-Results: i=1; list.example; dmarc=pass"
	" header.from=acme.example\n"
	"ARC-Authentication-Results: i=1; list.example; dmarc=pass"
	" header.from=acme.example\n" FROM},
};

START_TEST(a_sender_is_vouched_for_or_not)
{
	struct quote_rules *quotes = quote_rules_new();
	struct auth_trust trust = {servers, 1, sealers};
	struct arena *arena = arena_new(0);
	struct RawMail *raw = record_new(arena, &raw_mail__descriptor);
	const char *reason = "";
	enum auth auth;

	raw->octets = record_bytes(span_of(
	    arena_print(arena, "%s\nHello.\n", rows[_i].header)));
	auth = auth_of(arena,
	    mail_read(arena, raw, &mail_limits_default, quotes), &trust,
	    &reason);
	ck_assert_msg(auth == rows[_i].auth, "%s: %s, %s", rows[_i].sentence,
	    auth_word(auth), reason);
	quote_rules_free(quotes);
	arena_free(arena);
}
END_TEST

/* Every beginning of a field, and every one with an octet changed. */
/* What an admin reads who wonders why nobody is vouched for. */
static const struct {
	const char *header;
	const char *says;
} silences[] = {
    {FROM, "no Authentication-Results in the mail"},
    {RECEIVED RECEIVED AR "; dmarc=pass header.from=acme.example\n" FROM,
	"that of a trusted server stands below 2 Received fields, and "
	"trusted_hops is 1"},
    {"Authentication-Results: mail.desk.example; none\n" RECEIVED FROM,
	"the server calls itself mail.desk.example, which authserv_ids does "
	"not name"},
    {RECEIVED "Authentication-Results: evil.example; none\n" FROM,
	"no Authentication-Results in the mail"},
};

START_TEST(a_silence_is_explained)
{
	const struct auth_trust trust = {servers, 1, NULL};
	const struct auth_trust nobody = {NULL, 1, NULL};
	struct arena *arena = arena_new(0);
	const char *why = NULL;
	struct quote_rules *quotes = quote_rules_new();
	struct RawMail *raw = record_new(arena, &raw_mail__descriptor);
	const struct Mail *mail;

	raw->octets = record_bytes(span_of(
	    arena_print(arena, "%s\nHello.\n", silences[_i].header)));
	mail = mail_read(arena, raw, &mail_limits_default, quotes);
	ck_assert_int_eq(auth_of(arena, mail, &trust, &why), AUTH_NONE);
	ck_assert_str_eq(why, silences[_i].says);
	ck_assert_int_eq(auth_of(arena, mail, &nobody, &why), AUTH_NONE);
	ck_assert_str_eq(why, "authserv_ids of the conf names no server");
	quote_rules_free(quotes);
	arena_free(arena);
}
END_TEST

START_TEST(a_field_may_be_anything)
{
	static const char field[] =
	    "i=1; \"mx\" 1 (c(d)); dkim/1=pass reason=\"a\\\"b\" header . d "
	    "= \"@acme.example\"; dmarc=pass header.from=acme.example";
	struct arena *arena = arena_new(0);
	struct auth_trust trust = {servers, 9, sealers};
	const char *reason;

	for (size_t i = 0; i < sizeof field; i++) {
		for (int c = 0; c < 256; c += 3) {
			struct Mail *mail =
			    record_new(arena, &mail__descriptor);
			struct Address *from =
			    record_new(arena, &address__descriptor);
			struct Field *one =
			    record_new(arena, &field__descriptor);

			one->name = arena_copy_text(arena,
			    i % 2 ? "Authentication-Results"
				  : "ARC-Authentication-Results");
			one->body = arena_copy_text(arena, field);
			one->body[i] = (char)c;
			from->address =
			    arena_copy_text(arena, "jan@acme.example");
			record_append(arena, (void ***)&mail->from,
			    &mail->n_from, from);
			record_append(arena, (void ***)&mail->fields,
			    &mail->n_fields, one);
			auth_of(arena, mail, &trust, &reason);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("auth");
	TCase *all = tcase_create("all");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(all, a_sender_is_vouched_for_or_not, 0,
	    (int)(sizeof rows / sizeof *rows));
	tcase_add_loop_test(all, a_silence_is_explained, 0,
	    sizeof silences / sizeof *silences);
	tcase_add_test(all, a_field_may_be_anything);
	suite_add_tcase(suite, all);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
