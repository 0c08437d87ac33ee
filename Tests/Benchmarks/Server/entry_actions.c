#include "sqs_actions.h"

#include "md5.h"
#include "message_attributes.h"

#include <stdlib.h>
#include <string.h>

static void write_message_id(struct sqs *sqs, char id[36]) {
    // xorshift64*: ids need to differ, not to be secret.
    uint64_t halves[2];
    for (int i = 0; i < 2; i++) {
        sqs->random ^= sqs->random >> 12;
        sqs->random ^= sqs->random << 25;
        sqs->random ^= sqs->random >> 27;
        halves[i] = sqs->random * 0x2545f4914f6cdd1dULL;
    }
    int nibble = 0;
    for (int i = 0; i < 36; i++) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            id[i] = '-';
        } else {
            id[i] = "0123456789abcdef"[halves[nibble / 16] >> (nibble % 16 * 4) & 15];
            nibble++;
        }
    }
    id[14] = '4';
}

static bool make_message(struct sqs *sqs, const struct entry *entry, struct message **made) {
    struct message *message = message_make(entry->body.length + entry->attributes.length);
    message->body_length = (uint32_t)entry->body.length;
    memcpy(message->data, entry->body.data, entry->body.length);
    struct md5 md5;
    md5_begin(&md5);
    if (entry->body.escaped) {
        sqs->scratch.length = 0;
        char *bytes = buffer_reserve(&sqs->scratch, entry->body.length);
        md5_add(&md5, bytes, json_unescape(entry->body, bytes));
    } else {
        md5_add(&md5, entry->body.data, entry->body.length);
    }
    md5_end(&md5, message->body_md5);

    // An empty object of attributes is the same as none.
    if (entry->attributes.length > 2) {
        if (!attributes_md5(entry->attributes, &sqs->scratch, message->attributes_md5)) {
            free(message);
            return false;
        }
        message->attributes_length = (uint32_t)entry->attributes.length;
        memcpy(message->data + message->body_length, entry->attributes.data, entry->attributes.length);
    }
    write_message_id(sqs, message->id);
    *made = message;
    return true;
}

const char *send_entry(struct sqs *sqs, struct queue *queue, const struct entry *entry, struct buffer *out) {
    struct message *message;
    if (!entry->body.length) return "MissingParameter";
    if (!make_message(sqs, entry, &message)) return "InvalidParameterValue";
    if (out->data[out->length - 1] != '{') buffer_add_literal(out, ",");
    buffer_add_literal(out, "\"MessageId\":");
    add_quoted(out, message->id, sizeof message->id);
    buffer_add_literal(out, ",\"MD5OfMessageBody\":");
    add_quoted(out, message->body_md5, sizeof message->body_md5);
    if (message->attributes_length) {
        buffer_add_literal(out, ",\"MD5OfMessageAttributes\":");
        add_quoted(out, message->attributes_md5, sizeof message->attributes_md5);
    }
    long long delay = entry->has_seconds ? entry->seconds : queue->delay;
    message_queue_add(&queue->messages, message, sqs->now + delay * MICROSECONDS_PER_SECOND, sqs->now);
    sqs->sent++;
    return NULL;
}

const char *delete_entry(struct sqs *sqs, struct queue *queue, const struct entry *entry, struct buffer *unused) {
    (void)unused;
    struct message *message;
    switch (message_queue_find(&queue->messages, entry->handle.data, entry->handle.length, &message)) {
    case handle_malformed: return "ReceiptHandleIsInvalid";
    case handle_stale: return NULL;  // as SQS: success, and nothing is deleted
    case handle_valid:
        message_queue_delete(&queue->messages, message);
        sqs->deleted++;
        return NULL;
    }
    return NULL;
}

const char *change_entry(struct sqs *sqs, struct queue *queue, const struct entry *entry, struct buffer *unused) {
    (void)unused;
    struct message *message;
    switch (message_queue_find(&queue->messages, entry->handle.data, entry->handle.length, &message)) {
    case handle_malformed: return "ReceiptHandleIsInvalid";
    case handle_stale: return "MessageNotInflight";
    case handle_valid: break;
    }
    if (message->ready) return "MessageNotInflight";
    instant visible_at = sqs->now + entry->seconds * MICROSECONDS_PER_SECOND;
    message_queue_change_visibility(&queue->messages, message, visible_at, sqs->now);
    return NULL;
}

static void add_failure(struct buffer *out, struct text id, const char *code) {
    if (out->length) buffer_add_literal(out, ",");
    buffer_add_literal(out, "{\"Id\":");
    add_quoted(out, id.data, id.length);
    buffer_add_literal(out, ",\"SenderFault\":true,\"Code\":");
    add_quoted(out, code, strlen(code));
    buffer_add_literal(out, "}");
}

void perform_single(
    struct sqs *sqs, const struct request *request, struct response *response, entry_function *function) {
    struct queue *queue = queue_of(sqs, request);
    if (!queue) return refuse_missing_queue(response);
    buffer_add_literal(&response->body, "{");
    const char *code = function(sqs, queue, &request->entries[0], &response->body);
    if (code) return response_refuse(response, code, NULL);
    buffer_add_literal(&response->body, "}");
    answer_waiting(sqs, queue);
}

void perform_batch(
    struct sqs *sqs, const struct request *request, struct response *response, entry_function *function) {
    struct queue *queue = queue_of(sqs, request);
    if (!queue) return refuse_missing_queue(response);
    if (request->too_many_entries) return response_refuse(response, "TooManyEntriesInBatchRequest", NULL);
    if (!request->entry_count) return response_refuse(response, "EmptyBatchRequest", NULL);
    struct buffer *out = &response->body, failed = {0};
    buffer_add_literal(out, "{\"Successful\":[");
    size_t first = out->length;
    for (size_t i = 0; i < request->entry_count; i++) {
        const struct entry *entry = &request->entries[i];
        size_t before = out->length;
        if (before > first) buffer_add_literal(out, ",");
        buffer_add_literal(out, "{\"Id\":");
        add_quoted(out, entry->id.data, entry->id.length);
        const char *code = function(sqs, queue, entry, out);
        if (code) {
            out->length = before;
            add_failure(&failed, entry->id, code);
        } else {
            buffer_add_literal(out, "}");
        }
    }
    buffer_add_literal(out, "],\"Failed\":[");
    buffer_add(out, failed.data, failed.length);
    buffer_add_literal(out, "]}");
    buffer_free(&failed);
    answer_waiting(sqs, queue);
}
