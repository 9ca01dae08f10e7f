/* pipe: records between processes, one kind a pipe.
 *
 * On the wire: four octets of length, least significant first, then the
 * packed record. Reading takes exactly one record and never one octet more,
 * so that a process which ends between two records leaves the pipe whole for
 * its successor. */
#ifndef BASE_PIPE_H
#define BASE_PIPE_H

#include <stdbool.h>

#include "arena.h"
#include "record.h"

#define PIPE_RECORD_MAX (96u * 1024 * 1024)
#define PIPE_HEAD	4 /* octets of length */

enum pipe_result {
	PIPE_OK = 0,
	PIPE_END = -1,	  /* the other side is gone */
	PIPE_BROKEN = -2, /* an error, a record too large or not of its kind */
};

/* A pipe with as much room as the system gives; both ends close on exec.
 * Negative with errno set when there is none. */
int pipe_open(int ends_r[2]);
/* The length as it stands before a record, for pipe_queue. */
void pipe_write_head(unsigned char octets_r[PIPE_HEAD], size_t len);
/* Writes all of it, waiting as long as that takes. */
enum pipe_result pipe_write(
    int fd, struct arena *arena, const ProtobufCMessage *record);
/* Waits for one record, unpacked into the arena. */
enum pipe_result pipe_read(int fd, struct arena *arena,
    const ProtobufCMessageDescriptor *type, void **record_r);
/* Whether pipe_read() would find something (or the end) without waiting. */
bool pipe_ready(int fd);

#endif
