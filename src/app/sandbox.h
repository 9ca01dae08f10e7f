/* sandbox: what a process gives up before it reads what strangers write. */
#ifndef APP_SANDBOX_H
#define APP_SANDBOX_H

/* The parse stage: no network, no files, no other program; it may read, write
 * and take memory, up to a limit. A call that is not on the list fails as if
 * the kernel did not know it. EX_OK; an exit code after saying why not. */
int sandbox_parse(void);

#endif
