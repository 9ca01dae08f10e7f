/* read_mails: the mails of a folder in memory, and a clock, for those who
 * compare readers. Everything is read before the clock starts. */
#ifndef BENCH_READ_MAILS_H
#define BENCH_READ_MAILS_H

#include <stddef.h>

struct raw {
	char *octets;
	size_t len;
};

/* All files of the folder; ends the process when there is none. */
struct raw *raw_load(const char *folder, size_t *count_r);
/* Of processor time: what else the machine does stays out of it. */
double raw_seconds(void);

#endif
