#ifndef BENCH_SQS_H
#define BENCH_SQS_H

#include "message_queue.h"
#include "response.h"

enum { most_queues = 256, longest_name = 80, most_attributes = 16, action_count = 11 };

struct queue {
    char name[longest_name + 1];
    struct message_queue messages;
    /// As given when it was made: names and values in JSON, still escaped.
    struct {
        char *name, *value;
    } attributes[most_attributes];
    size_t attribute_count;
    long long visibility_timeout, delay, receive_wait;
    /// Long polls, the oldest first.
    struct receive *first_waiting, *last_waiting;
};

/// What a ReceiveMessage asks for; lives as long as its connection, so that a long poll can be answered later.
struct receive {
    struct queue *queue;
    int maximum;
    long long visibility_timeout;
    /// Bits of the system attributes that were asked for.
    unsigned system_attributes;
    bool all_attributes;
    /// The names of the message attributes that were asked for, a JSON array; empty when none were.
    char attribute_names[1024];
    size_t attribute_names_length;
    /// Whether it is a long poll that has no answer yet.
    bool waiting;
    instant deadline;
    struct receive *next, *previous;
};

/// All state of the service. `now` is set by the event loop before anything is called.
struct sqs {
    int port;
    instant now;
    /// What has to be added to `now` for a wall time.
    instant wall_offset;
    struct queue queues[most_queues];
    size_t queue_count;
    /// Requests by action, and what they moved.
    unsigned long long requests[action_count], refused, sent, received, deleted;
    uint64_t random;
    struct buffer scratch;
    /// No waiting receive has an earlier deadline.
    instant next_deadline;
    /// Called with the answer of a long poll, and with `context`.
    void (*answer_later)(struct receive *receive, struct response *response, void *context);
    void *context;
};

/// Carries out one request. False: it is a long poll that waits, and `answer_later` will be called.
bool sqs_perform(
    struct sqs *sqs, struct text action, struct text body, struct receive *waiter, struct response *response);

/// Ends a wait without an answer, because its connection is gone.
void sqs_forget(struct receive *receive);

/// Makes messages visible whose time has come, and answers long polls whose time is over.
void sqs_wake(struct sqs *sqs);

/// When sqs_wake has something to do next.
instant sqs_next_wake(const struct sqs *sqs);

void sqs_write_counts(const struct sqs *sqs, struct buffer *out);
void sqs_reset_counts(struct sqs *sqs);

#endif
