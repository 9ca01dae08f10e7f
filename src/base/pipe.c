#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "pipe.h"
#include "record.h"

/* What the system gives without privilege; the memory is taken by what is in
 * the pipe alone. Where this is not enough there is pipe_queue. */
#define PIPE_ROOM (1024 * 1024)

int
pipe_open(int ends_r[2])
{
	if (pipe2(ends_r, O_CLOEXEC) < 0)
		return -1;
	/* A writer who has something else to do need not wait (pipe_queue). */
	if (fcntl(ends_r[1], F_SETFL, O_NONBLOCK) < 0)
		return -1;
	/* A hint: an unprivileged user may be allowed less. */
	(void)fcntl(ends_r[1], F_SETPIPE_SZ, PIPE_ROOM);
	return 0;
}

static void
wait_for_room(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLOUT};

	poll(&p, 1, -1);
	errno = EAGAIN;
}

static enum pipe_result
write_all(int fd, const char *at, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EAGAIN)
			wait_for_room(fd);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < 0)
			return errno == EPIPE ? PIPE_END : PIPE_BROKEN;
		at += n;
		len -= (size_t)n;
	}
	return PIPE_OK;
}

static enum pipe_result
read_all(int fd, char *at, size_t len)
{
	while (len > 0) {
		ssize_t n = read(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return PIPE_BROKEN;
		if (n == 0)
			return PIPE_END;
		at += n;
		len -= (size_t)n;
	}
	return PIPE_OK;
}

void
pipe_write_head(unsigned char octets_r[PIPE_HEAD], size_t len)
{
	for (int i = 0; i < PIPE_HEAD; i++)
		octets_r[i] = (unsigned char)(len >> (8 * i));
}

enum pipe_result
pipe_write(int fd, struct arena *arena, const ProtobufCMessage *record)
{
	size_t len = protobuf_c_message_get_packed_size(record);
	unsigned char *octets;

	if (len > PIPE_RECORD_MAX)
		return PIPE_BROKEN;
	octets = arena_take_unset(arena, PIPE_HEAD + len);
	pipe_write_head(octets, len);
	protobuf_c_message_pack(record, octets + PIPE_HEAD);
	return write_all(fd, (char *)octets, PIPE_HEAD + len);
}

enum pipe_result
pipe_read(int fd, struct arena *arena, const ProtobufCMessageDescriptor *type,
    void **record_r)
{
	unsigned char head[PIPE_HEAD];
	enum pipe_result result = read_all(fd, (char *)head, sizeof head);
	size_t len = 0;
	char *octets;
	void *record;

	if (result != PIPE_OK)
		return result;
	for (int i = 0; i < PIPE_HEAD; i++)
		len |= (size_t)head[i] << (8 * i);
	if (len > PIPE_RECORD_MAX)
		return PIPE_BROKEN;
	octets = arena_take_unset(arena, len + 1);
	result = read_all(fd, octets, len);
	if (result != PIPE_OK)
		return result;
	record = record_unpack(arena, type, (struct span){octets, len});
	if (record == NULL)
		return PIPE_BROKEN;
	*record_r = record;
	return PIPE_OK;
}

bool
pipe_ready(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, 0) > 0;
}
