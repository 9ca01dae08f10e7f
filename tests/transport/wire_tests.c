#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "wire.h"
#include "wire_tests.h"

static const struct {
	const char *octets;
	enum wire_result result;
} wire_rows[] = {
    {"* OK [PERMANENTFLAGS (\\Seen $x \\*)] fine\r\n", WIRE_OK},
    {"* OK [permanentflags (\\Seen)]\r\n", WIRE_OK},
    {"* OK [PERMANENTFLAGS (\\)] x\r\n", WIRE_UNSAFE},
    {"* OK [PERMANENTFLAGS ((a))] x\r\n", WIRE_UNSAFE},
    {"* OK [PERMANENTFLAGS  (a)] x\r\n", WIRE_UNSAFE},
    {"* 1 FETCH (BODY[] {3}\r\n\001(\003)\r\n* OK x\r\n", WIRE_OK},
    {"* 1 FETCH (BODY[] {101}\r\n", WIRE_LARGE},
    {"* 1 FETCH (BODY[] {99999999999}\r\n", WIRE_STRAY},
    {"* 1 FETCH (BODY[] {3} \r\n", WIRE_STRAY},
    {"* 1 FETCH (BODY[] { 3}\r\n", WIRE_STRAY},
    {"* 1 FETCH (BODY[] {3+}\r\n", WIRE_STRAY},
    {"* 1 FETCH (BODY[] {0}\r\n FLAGS ())\r\n", WIRE_OK},
    {"* OK x {3}\r\n", WIRE_STRAY},
    {"* OK x {3}  \r\n", WIRE_STRAY},
    {"* LIST () \"/\" {3}\r\n", WIRE_STRAY},
    {"* OK x\r\r\n", WIRE_CONTROL},
    {"a1 OK \001\r\n", WIRE_CONTROL},
    {"* BYE for today\r\n", WIRE_BYE},
};

START_TEST(the_wire_is_judged_octet_by_octet)
{
	const char *octets = wire_rows[_i].octets;
	struct wire *whole = calloc(1, sizeof *whole);
	struct wire *single = calloc(1, sizeof *single);
	enum wire_result result = WIRE_OK;

	whole->literal_max = single->literal_max = 100;
	ck_assert_int_eq(wire_feed(whole, octets, strlen(octets)),
	    wire_rows[_i].result);
	for (const char *at = octets; *at != '\0' && result == WIRE_OK; at++)
		result = wire_feed(single, at, 1);
	ck_assert_int_eq(result, wire_rows[_i].result);
	free(whole);
	free(single);
}
END_TEST

TCase *
wire_case(void)
{
	TCase *wire = tcase_create("wire");

	tcase_add_loop_test(wire, the_wire_is_judged_octet_by_octet, 0,
	    (int)(sizeof wire_rows / sizeof *wire_rows));
	return wire;
}
