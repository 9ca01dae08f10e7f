/* stop: the flag that a signal sets. The second global of the house. */
#ifndef STAGE_STOP_H
#define STAGE_STOP_H

#include <stdbool.h>

/* SIGTERM and SIGINT set it; SIGPIPE is ignored. */
void stop_on_signals(void);
bool stop_asked(void);

#endif
