/* scan: looks for what must be gone in the octets of files: as it is, in any
 * case of its letters, in UTF-16, hex, percent, quoted-printable and base64 at
 * each of its three offsets, forwards and backwards. */
#ifndef TESTS_LOOP_SCAN_H
#define TESTS_LOOP_SCAN_H

#include "folder.h"
#include "span.h"

/* The form in which the octets hold the canary; NULL: in none. */
const char *scan_octets(struct span octets, const char *canary);
/* Likewise for each file of a folder; its name in `file_r`. */
const char *scan_folder(const struct folder *folder, const char *canary,
    char file_r[256]);

#endif
