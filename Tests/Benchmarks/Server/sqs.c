#include "sqs_actions.h"

#include <string.h>

enum kind { whole, single, batch, receive };

static const struct {
    const char *name;
    size_t length;
    enum kind kind;
    void (*perform)(struct sqs *, const struct request *, struct response *);
    entry_function *entry;
} actions[action_count] = {
#define NAMED(name) name, sizeof(name) - 1
    {NAMED("ReceiveMessage"), receive, .entry = NULL},
    {NAMED("DeleteMessageBatch"), batch, .entry = delete_entry},
    {NAMED("SendMessageBatch"), batch, .entry = send_entry},
    {NAMED("SendMessage"), single, .entry = send_entry},
    {NAMED("DeleteMessage"), single, .entry = delete_entry},
    {NAMED("ChangeMessageVisibility"), single, .entry = change_entry},
    {NAMED("ChangeMessageVisibilityBatch"), batch, .entry = change_entry},
    {NAMED("CreateQueue"), whole, .perform = create_queue},
    {NAMED("GetQueueUrl"), whole, .perform = get_queue_url},
    {NAMED("GetQueueAttributes"), whole, .perform = get_queue_attributes},
    {NAMED("PurgeQueue"), whole, .perform = purge_queue},
#undef NAMED
};

static bool perform(
    struct sqs *sqs, int index, const struct request *request, struct receive *waiter, struct response *response) {
    switch (actions[index].kind) {
    case receive: return receive_message(sqs, request, waiter, response);
    case single: perform_single(sqs, request, response, actions[index].entry); return true;
    case batch: perform_batch(sqs, request, response, actions[index].entry); return true;
    case whole: actions[index].perform(sqs, request, response); return true;
    }
    return true;
}

bool sqs_perform(
    struct sqs *sqs, struct text action, struct text body, struct receive *waiter, struct response *response) {
    struct request request;
    bool answered = true;
    int index = 0;
    while (index < action_count && !text_equals(action, actions[index].name, actions[index].length)) index++;
    if (index == action_count) {
        response_refuse(response, "UnsupportedOperation", NULL);
    } else {
        sqs->requests[index]++;
        if (request_read(body, &request)) {
            answered = perform(sqs, index, &request, waiter, response);
        } else {
            response_refuse(response, "SerializationException", NULL);
        }
    }
    if (answered && response->status != 200) sqs->refused++;
    return answered;
}

void sqs_wake(struct sqs *sqs) {
    for (size_t i = 0; i < sqs->queue_count; i++) {
        struct queue *queue = &sqs->queues[i];
        message_queue_wake(&queue->messages, sqs->now);
        answer_waiting(sqs, queue);
    }
    if (sqs->now < sqs->next_deadline) return;
    sqs->next_deadline = INT64_MAX;
    for (size_t i = 0; i < sqs->queue_count; i++) {
        for (struct receive *receive = sqs->queues[i].first_waiting, *next; receive; receive = next) {
            next = receive->next;
            if (receive->deadline <= sqs->now) {
                end_wait(sqs, receive);
            } else if (receive->deadline < sqs->next_deadline) {
                sqs->next_deadline = receive->deadline;
            }
        }
    }
}

instant sqs_next_wake(const struct sqs *sqs) {
    instant next = sqs->next_deadline;
    for (size_t i = 0; i < sqs->queue_count; i++) {
        instant wake = message_queue_next_wake(&sqs->queues[i].messages);
        if (wake < next) next = wake;
    }
    return next;
}

void sqs_write_counts(const struct sqs *sqs, struct buffer *out) {
    unsigned long long total = 0;
    buffer_add_literal(out, "{\"requests\":{");
    for (int i = 0; i < action_count; i++) {
        if (i) buffer_add_literal(out, ",");
        add_quoted(out, actions[i].name, actions[i].length);
        buffer_add_literal(out, ":");
        buffer_add_number(out, (long long)sqs->requests[i]);
        total += sqs->requests[i];
    }
    const struct {
        const char *name;
        unsigned long long count;
    } counts[] = {
        {"},\"total\":", total},
        {",\"refused\":", sqs->refused},
        {",\"messages_sent\":", sqs->sent},
        {",\"messages_received\":", sqs->received},
        {",\"messages_deleted\":", sqs->deleted},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        buffer_add(out, counts[i].name, strlen(counts[i].name));
        buffer_add_number(out, (long long)counts[i].count);
    }
    buffer_add_literal(out, "}");
}

void sqs_reset_counts(struct sqs *sqs) {
    memset(sqs->requests, 0, sizeof sqs->requests);
    sqs->refused = sqs->sent = sqs->received = sqs->deleted = 0;
}
