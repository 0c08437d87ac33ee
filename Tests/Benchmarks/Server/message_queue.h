#ifndef BENCH_MESSAGE_QUEUE_H
#define BENCH_MESSAGE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Microseconds of a monotonic clock.
typedef int64_t instant;

#define MICROSECONDS_PER_SECOND 1000000LL

/// A message: either ready (in the queue's list) or hidden (in its heap), because it is delayed or was received.
struct message {
    struct message *next, *previous;
    instant visible_at;
    instant sent_at;
    instant first_received_at;
    uint32_t heap_position;
    uint32_t slot;
    uint32_t receive_count;
    bool ready;
    char id[36];
    char body_md5[32];
    char attributes_md5[32];
    /// Both as they came, in JSON: the body's string without its quotes, then the attributes' object (empty: none).
    uint32_t body_length;
    uint32_t attributes_length;
    char data[];
};

#define HANDLE_LENGTH 24

/// Where a message is found by its receipt handle. The generation tells it from those that had the slot before.
struct slot {
    struct message *message;
    uint32_t generation;
    uint32_t next_free;
};

/// The messages of one queue in memory.
struct message_queue {
    struct message *first, *last;
    size_t ready_count;
    struct message **heap;
    size_t hidden_count, heap_capacity;
    struct slot *slots;
    uint32_t slot_count, slot_capacity, first_free;
    /// How many of the hidden messages were received (the others are delayed).
    size_t in_flight_count;
};

void message_queue_make(struct message_queue *queue);

/// A message without its place in the queue, with room for the data; its fields are the caller's to fill.
struct message *message_make(size_t data_length);

/// Puts a new message in: ready at once, or hidden until `visible_at` when that is in the future.
void message_queue_add(struct message_queue *queue, struct message *message, instant visible_at, instant now);

/// Takes the oldest ready message and hides it until `visible_at`; NULL when there is none.
struct message *message_queue_receive(struct message_queue *queue, instant visible_at, instant now);

/// The receipt handle of the message's latest receive.
void message_queue_handle(const struct message_queue *queue, const struct message *message, char handle[HANDLE_LENGTH]);

enum handle_state { handle_valid, handle_stale, handle_malformed };

/// Finds the message of a receipt handle. A handle is stale when its message is gone or was received again since.
enum handle_state message_queue_find(
    const struct message_queue *queue, const char *handle, size_t length, struct message **message);

/// Hides a message that was received until another time, or makes it ready when that is not in the future.
void message_queue_change_visibility(
    struct message_queue *queue, struct message *message, instant visible_at, instant now);

void message_queue_delete(struct message_queue *queue, struct message *message);
void message_queue_purge(struct message_queue *queue);

/// Makes messages ready whose time has come.
void message_queue_wake(struct message_queue *queue, instant now);

/// When the next hidden message becomes ready; INT64_MAX when none will.
instant message_queue_next_wake(const struct message_queue *queue);

#endif
