#ifndef BENCH_LOOPS_H
#define BENCH_LOOPS_H

#include "client.h"

/// SendMessage, one after the other on one handle.
void send_one_by_one(struct client *client, long count);

/// SendMessageBatch of ten, with so many under way at once.
void send_in_batches(struct client *client, long count, int in_flight);

/// ReceiveMessage of ten and DeleteMessageBatch of them until the queue is empty, with so many loops at once.
/// Returns how many messages were deleted.
long receive_and_delete(struct client *client, int in_flight);

/// From the beginning of a SendMessage on one connection to the return of a long poll on another, in seconds,
/// `count` times.
void long_poll(struct client *client, long count, double *seconds);

/// Seconds of a monotonic clock.
double clock_seconds(void);

#endif
