/* pipe_queue: records that wait for room in a pipe.
 *
 * What is in a pipe is less than its writer makes while its reader waits for
 * the disk once: an unprivileged process gets one megabyte. So the writer
 * keeps more of it in its own memory, and goes on. */
#ifndef BASE_PIPE_QUEUE_H
#define BASE_PIPE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

#include "pipe.h"

struct pipe_queue;

/* To the write end `fd` of pipe_open(). `most` octets make it full. */
struct pipe_queue *pipe_queue_new(int fd, size_t most);
/* What still waits is lost. pipe_queue_free(NULL) is fine. */
void pipe_queue_free(struct pipe_queue *queue);

/* Takes a copy, and writes what the pipe has room for. A full queue takes
 * records all the same: the caller asks before it makes any. */
enum pipe_result pipe_queue_add(
    struct pipe_queue *queue, const ProtobufCMessage *record);
/* Writes what the pipe has room for: when poll() says POLLOUT. */
enum pipe_result pipe_queue_write(struct pipe_queue *queue);
/* Writes all, waiting as long as that takes. */
enum pipe_result pipe_queue_end(struct pipe_queue *queue);

bool pipe_queue_is_empty(const struct pipe_queue *queue);
bool pipe_queue_is_full(const struct pipe_queue *queue);

#endif
