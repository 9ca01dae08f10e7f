/* supervisor: starts the pipeline, starts it anew when a process dies, stops
 * it when asked to, and changes to a new conf that is right.
 *
 * A pipeline lives and dies as one: when a process dies, all others are ended
 * and all are started again. What was on its way is on the server or in the
 * store; nothing else has to be known. Only a parse process that ends by
 * itself between two mails is replaced alone. */
#ifndef APP_SUPERVISOR_H
#define APP_SUPERVISOR_H

/* Until SIGTERM or SIGINT: an exit code. */
int supervisor_run(const char *conf_path);

#endif
