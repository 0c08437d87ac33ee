#define _GNU_SOURCE
#include "sqs_actions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct queue *find_queue(struct sqs *sqs, const char *name, size_t length) {
    for (size_t i = 0; i < sqs->queue_count; i++) {
        struct queue *queue = &sqs->queues[i];
        if (strlen(queue->name) == length && memcmp(queue->name, name, length) == 0) return queue;
    }
    return NULL;
}

/// The queue that a URL names with its last part, whatever its host.
struct queue *queue_of(struct sqs *sqs, const struct request *request) {
    struct text url = request->queue_url;
    if (!url.length) return NULL;
    const char *slash = memrchr(url.data, '/', url.length);
    const char *name = slash ? slash + 1 : url.data;
    return find_queue(sqs, name, (size_t)(url.data + url.length - name));
}

static void add_queue_url(struct sqs *sqs, struct response *response, const struct queue *queue) {
    char *out = buffer_reserve(&response->body, 160);
    response->body.length += (size_t)snprintf(
        out, 160, "{\"QueueUrl\":\"http://127.0.0.1:%d/000000000000/%s\"}", sqs->port, queue->name);
}

static char *copied(struct text text) { return strndup(text.data, text.length); }

static void read_queue_attributes(struct queue *queue, struct text attributes) {
    struct json json = {attributes.data, attributes.data + attributes.length, false};
    struct text name, value;
    if (!attributes.length || !json_enter(&json, '{')) return;
    while (json_next_key(&json, &name) && json_string(&json, &value) && queue->attribute_count < most_attributes) {
        size_t index = queue->attribute_count++;
        queue->attributes[index].name = copied(name);
        queue->attributes[index].value = copied(value);
        long long number = strtoll(queue->attributes[index].value, NULL, 10);
        if (text_is(name, "VisibilityTimeout")) queue->visibility_timeout = number;
        if (text_is(name, "DelaySeconds")) queue->delay = number;
        if (text_is(name, "ReceiveMessageWaitTimeSeconds")) queue->receive_wait = number;
    }
}

void create_queue(struct sqs *sqs, const struct request *request, struct response *response) {
    struct text name = request->queue_name;
    struct queue *queue = find_queue(sqs, name.data, name.length);
    if (!queue) {
        if (sqs->queue_count == most_queues || !name.length || name.length > longest_name) {
            return response_refuse(response, "InvalidParameterValue", NULL);
        }
        queue = &sqs->queues[sqs->queue_count++];
        *queue = (struct queue){.visibility_timeout = 30};
        memcpy(queue->name, name.data, name.length);
        message_queue_make(&queue->messages);
        read_queue_attributes(queue, request->attributes);
    }
    add_queue_url(sqs, response, queue);
}

void get_queue_url(struct sqs *sqs, const struct request *request, struct response *response) {
    struct queue *queue = find_queue(sqs, request->queue_name.data, request->queue_name.length);
    if (!queue) return refuse_missing_queue(response);
    add_queue_url(sqs, response, queue);
}

static void add_queue_attribute(struct buffer *out, struct text wanted, const char *name, const char *value) {
    if (!names_hold(wanted, name)) return;
    if (out->data[out->length - 1] != '{') buffer_add_literal(out, ",");
    add_quoted(out, name, strlen(name));
    buffer_add_literal(out, ":");
    add_quoted(out, value, strlen(value));
}

void get_queue_attributes(struct sqs *sqs, const struct request *request, struct response *response) {
    struct queue *queue = queue_of(sqs, request);
    if (!queue) return refuse_missing_queue(response);
    const struct message_queue *messages = &queue->messages;
    struct text wanted = request->attribute_names;
    struct buffer *out = &response->body;
    char arn[160];
    snprintf(arn, sizeof arn, "arn:aws:sqs:us-east-1:000000000000:%s", queue->name);

    buffer_add_literal(out, "{\"Attributes\":{");
    for (size_t i = 0; i < queue->attribute_count; i++) {
        add_queue_attribute(out, wanted, queue->attributes[i].name, queue->attributes[i].value);
    }
    const struct {
        const char *name;
        long long value;
        bool may_be_given;
    } numbers[] = {
        {"VisibilityTimeout", queue->visibility_timeout, true},
        {"DelaySeconds", queue->delay, true},
        {"ReceiveMessageWaitTimeSeconds", queue->receive_wait, true},
        {"MaximumMessageSize", 1048576, true},
        {"MessageRetentionPeriod", 345600, true},
        {"ApproximateNumberOfMessages", (long long)messages->ready_count, false},
        {"ApproximateNumberOfMessagesNotVisible", (long long)messages->in_flight_count, false},
        {"ApproximateNumberOfMessagesDelayed", (long long)(messages->hidden_count - messages->in_flight_count), false},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        bool given = false;
        for (size_t j = 0; numbers[i].may_be_given && j < queue->attribute_count; j++) {
            given = given || strcmp(queue->attributes[j].name, numbers[i].name) == 0;
        }
        char value[24];
        snprintf(value, sizeof value, "%lld", numbers[i].value);
        if (!given) add_queue_attribute(out, wanted, numbers[i].name, value);
    }
    add_queue_attribute(out, wanted, "QueueArn", arn);
    buffer_add_literal(out, "}}");
}

void purge_queue(struct sqs *sqs, const struct request *request, struct response *response) {
    struct queue *queue = queue_of(sqs, request);
    if (!queue) return refuse_missing_queue(response);
    message_queue_purge(&queue->messages);
    buffer_add_literal(&response->body, "{}");
}

void refuse_missing_queue(struct response *response) {
    response_refuse(response, "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue;Sender");
}
