#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "pipe_queue.h"

/* A packed record with its length before it. */
struct waiting {
	struct waiting *next;
	size_t len, written;
	unsigned char octets[];
};

struct pipe_queue {
	int fd;
	size_t most;
	size_t octets; /* of all that wait */
	struct waiting *first, *last;
};

struct pipe_queue *
pipe_queue_new(int fd, size_t most)
{
	struct pipe_queue *queue = calloc(1, sizeof *queue);

	if (queue == NULL)
		abort();
	queue->fd = fd;
	queue->most = most;
	return queue;
}

static void
drop_first(struct pipe_queue *queue)
{
	struct waiting *first = queue->first;

	queue->first = first->next;
	if (queue->first == NULL)
		queue->last = NULL;
	queue->octets -= first->len;
	free(first);
}

void
pipe_queue_free(struct pipe_queue *queue)
{
	if (queue == NULL)
		return;
	while (queue->first != NULL)
		drop_first(queue);
	free(queue);
}

enum pipe_result
pipe_queue_write(struct pipe_queue *queue)
{
	while (queue->first != NULL) {
		struct waiting *first = queue->first;
		ssize_t n = write(queue->fd, first->octets + first->written,
		    first->len - first->written);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return PIPE_OK;
		if (n < 0)
			return errno == EPIPE ? PIPE_END : PIPE_BROKEN;
		first->written += (size_t)n;
		if (first->written == first->len)
			drop_first(queue);
	}
	return PIPE_OK;
}

enum pipe_result
pipe_queue_add(struct pipe_queue *queue, const ProtobufCMessage *record)
{
	size_t len = protobuf_c_message_get_packed_size(record);
	struct waiting *one;

	if (len > PIPE_RECORD_MAX)
		return PIPE_BROKEN;
	one = malloc(sizeof *one + PIPE_HEAD + len);
	if (one == NULL)
		return PIPE_BROKEN;
	pipe_write_head(one->octets, len);
	protobuf_c_message_pack(record, one->octets + PIPE_HEAD);
	one->len = PIPE_HEAD + len;
	one->written = 0;
	one->next = NULL;
	if (queue->last != NULL)
		queue->last->next = one;
	else
		queue->first = one;
	queue->last = one;
	queue->octets += one->len;
	return pipe_queue_write(queue);
}

enum pipe_result
pipe_queue_end(struct pipe_queue *queue)
{
	struct pollfd p = {.fd = queue->fd, .events = POLLOUT};
	enum pipe_result result = pipe_queue_write(queue);

	while (result == PIPE_OK && queue->first != NULL) {
		poll(&p, 1, -1);
		result = pipe_queue_write(queue);
	}
	return result;
}

bool
pipe_queue_is_empty(const struct pipe_queue *queue)
{
	return queue->first == NULL;
}

bool
pipe_queue_is_full(const struct pipe_queue *queue)
{
	return queue->octets >= queue->most;
}
