#include "sqs_actions.h"

#include "message_attributes.h"

#include <string.h>

static const struct {
    unsigned bit;
    const char *name;
} system_attributes[] = {
    {1, "ApproximateReceiveCount"},
    {2, "SentTimestamp"},
    {4, "ApproximateFirstReceiveTimestamp"},
    {8, "SenderId"},
};

static void add_system_attributes(struct sqs *sqs, unsigned wanted, const struct message *message, struct buffer *out) {
    const long long values[] = {
        message->receive_count,
        (message->sent_at + sqs->wall_offset) / 1000,
        (message->first_received_at + sqs->wall_offset) / 1000,
        0,
    };
    buffer_add_literal(out, ",\"Attributes\":{");
    bool first = true;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (!(wanted & system_attributes[i].bit)) continue;
        if (!first) buffer_add_literal(out, ",");
        first = false;
        add_quoted(out, system_attributes[i].name, strlen(system_attributes[i].name));
        buffer_add_literal(out, ":\"");
        buffer_add_number(out, values[i]);
        buffer_add_literal(out, "\"");
    }
    buffer_add_literal(out, "}");
}

static void add_message_attributes(
    struct sqs *sqs, const struct receive *receive, const struct message *message, struct buffer *out) {
    struct text all = {message->data + message->body_length, message->attributes_length, false};
    if (receive->all_attributes) {
        buffer_add_literal(out, ",\"MD5OfMessageAttributes\":");
        add_quoted(out, message->attributes_md5, sizeof message->attributes_md5);
        buffer_add_literal(out, ",\"MessageAttributes\":");
        buffer_add(out, all.data, all.length);
        return;
    }
    struct text names = {receive->attribute_names, receive->attribute_names_length, false};
    struct buffer selected = {0};
    char md5[32];
    if (attributes_select(all, names, &selected) &&
        attributes_md5((struct text){selected.data, selected.length, false}, &sqs->scratch, md5)) {
        buffer_add_literal(out, ",\"MD5OfMessageAttributes\":");
        add_quoted(out, md5, sizeof md5);
        buffer_add_literal(out, ",\"MessageAttributes\":");
        buffer_add(out, selected.data, selected.length);
    }
    buffer_free(&selected);
}

static void answer_receive(struct sqs *sqs, struct receive *receive, struct buffer *out) {
    struct message_queue *messages = &receive->queue->messages;
    instant visible_at = sqs->now + receive->visibility_timeout * MICROSECONDS_PER_SECOND;
    struct message *message;
    int count = 0;
    buffer_add_literal(out, "{");
    while (count < receive->maximum && (message = message_queue_receive(messages, visible_at, sqs->now))) {
        if (count++) {
            buffer_add_literal(out, ",");
        } else {
            buffer_add_literal(out, "\"Messages\":[");
        }
        char handle[HANDLE_LENGTH];
        message_queue_handle(messages, message, handle);
        buffer_add_literal(out, "{\"MessageId\":");
        add_quoted(out, message->id, sizeof message->id);
        buffer_add_literal(out, ",\"ReceiptHandle\":");
        add_quoted(out, handle, sizeof handle);
        buffer_add_literal(out, ",\"MD5OfBody\":");
        add_quoted(out, message->body_md5, sizeof message->body_md5);
        buffer_add_literal(out, ",\"Body\":");
        add_quoted(out, message->data, message->body_length);
        if (receive->system_attributes) add_system_attributes(sqs, receive->system_attributes, message, out);
        if (message->attributes_length && receive->attribute_names_length) {
            add_message_attributes(sqs, receive, message, out);
        }
        buffer_add_literal(out, "}");
        sqs->received++;
    }
    if (count) buffer_add_literal(out, "]");
    buffer_add_literal(out, "}");
}

static void begin_wait(struct sqs *sqs, struct receive *receive, instant deadline) {
    struct queue *queue = receive->queue;
    receive->waiting = true;
    receive->deadline = deadline;
    receive->next = NULL;
    receive->previous = queue->last_waiting;
    *(queue->last_waiting ? &queue->last_waiting->next : &queue->first_waiting) = receive;
    queue->last_waiting = receive;
    if (deadline < sqs->next_deadline) sqs->next_deadline = deadline;
}

void sqs_forget(struct receive *receive) {
    if (!receive->waiting) return;
    struct queue *queue = receive->queue;
    receive->waiting = false;
    *(receive->previous ? &receive->previous->next : &queue->first_waiting) = receive->next;
    *(receive->next ? &receive->next->previous : &queue->last_waiting) = receive->previous;
}

void end_wait(struct sqs *sqs, struct receive *receive) {
    struct response response = {.status = 200};
    sqs_forget(receive);
    answer_receive(sqs, receive, &response.body);
    sqs->answer_later(receive, &response, sqs->context);
    buffer_free(&response.body);
}

void answer_waiting(struct sqs *sqs, struct queue *queue) {
    while (queue->messages.ready_count && queue->first_waiting) end_wait(sqs, queue->first_waiting);
}

bool receive_message(
    struct sqs *sqs, const struct request *request, struct receive *receive, struct response *response) {
    struct queue *queue = queue_of(sqs, request);
    if (!queue) {
        refuse_missing_queue(response);
        return true;
    }
    struct text names = request->message_attribute_names;
    if (request->maximum < 1 || request->maximum > largest_batch || names.length > sizeof receive->attribute_names) {
        response_refuse(response, "InvalidParameterValue", NULL);
        return true;
    }
    *receive = (struct receive){.queue = queue, .maximum = (int)request->maximum};
    receive->visibility_timeout =
        request->visibility_timeout == unset ? queue->visibility_timeout : request->visibility_timeout;
    for (size_t i = 0; i < sizeof system_attributes / sizeof *system_attributes; i++) {
        if (names_hold(request->attribute_names, system_attributes[i].name)) {
            receive->system_attributes |= system_attributes[i].bit;
        }
    }
    if (names.length) {
        memcpy(receive->attribute_names, names.data, names.length);
        receive->attribute_names_length = names.length;
        receive->all_attributes = attributes_all_wanted(names);
    }
    long long wait = request->wait == unset ? queue->receive_wait : request->wait;
    if (!queue->messages.ready_count && wait > 0) {
        begin_wait(sqs, receive, sqs->now + wait * MICROSECONDS_PER_SECOND);
        return false;
    }
    answer_receive(sqs, receive, &response->body);
    return true;
}
