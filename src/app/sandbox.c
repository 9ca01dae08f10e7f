#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sysexits.h>

#include <seccomp.h>

#include "log.h"

#include "charset.h"
#include "config.h"

#include "sandbox.h"

#define MEMORY_MOST (1024u * 1024 * 1024)

/* Everything that parse_run() needs once its converters are loaded. mmap and
 * mprotect stay for malloc() and for PCRE2's stack. */
static const char *const calls[] = {
    "read", "write", "poll", "ppoll", "restart_syscall", "mmap", "munmap",
    "mremap", "mprotect", "madvise", "brk", "futex", "setitimer",
    "rt_sigreturn", "rt_sigprocmask", "clock_gettime", "gettimeofday",
    "exit", "exit_group", "getpid", "gettid", "tgkill", "close", "sigaltstack",
    "getrandom", "rseq", "fstat", "lseek"};

static int
limit_memory(void)
{
	struct rlimit memory = {MEMORY_MOST, MEMORY_MOST};
	struct rlimit none = {0, 0};

#ifdef SANITIZED
	/* The sanitizer's shadow memory is larger than any limit. */
	memory.rlim_cur = memory.rlim_max = RLIM_INFINITY;
#endif
	if (setrlimit(RLIMIT_AS, &memory) < 0 ||
	    setrlimit(RLIMIT_FSIZE, &none) < 0 ||
	    setrlimit(RLIMIT_NPROC, &none) < 0) {
		log_error("sandbox: limits: %s", strerror(errno));
		return EX_OSERR;
	}
	return EX_OK;
}

int
sandbox_parse(void)
{
	static struct charset_hold hold; /* as long as the process lives */
	scmp_filter_ctx filter;
	int failed = 0;

	charset_hold(&hold);
	if (limit_memory() != EX_OK)
		return EX_OSERR;
#ifdef SANITIZED
	return EX_OK; /* the sanitizers make calls of their own */
#endif
	filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	if (filter == NULL)
		return EX_OSERR;
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		int call = seccomp_syscall_resolve_name(calls[i]);

		if (call != __NR_SCMP_ERROR)
			failed |= seccomp_rule_add(
			    filter, SCMP_ACT_ALLOW, call, 0);
	}
	failed |= seccomp_load(filter);
	seccomp_release(filter);
	if (failed != 0) {
		log_error("sandbox: the kernel does not take the filter");
		return EX_OSERR;
	}
	return EX_OK;
}
