#include "request.h"

#include <string.h>

static void read_entry_field(struct json *json, struct text key, struct entry *entry) {
    if (text_is(key, "Id")) {
        json_string(json, &entry->id);
    } else if (text_is(key, "MessageBody")) {
        json_string(json, &entry->body);
    } else if (text_is(key, "ReceiptHandle")) {
        json_string(json, &entry->handle);
    } else if (text_is(key, "MessageAttributes")) {
        json_skip(json, &entry->attributes);
    } else if (text_is(key, "DelaySeconds") || text_is(key, "VisibilityTimeout")) {
        entry->has_seconds = json_integer(json, &entry->seconds);
    } else {
        json_skip(json, NULL);
    }
}

static void read_entries(struct json *json, struct request *request) {
    struct text key;
    request->entry_count = 0;
    json_enter(json, '[');
    while (json_next_item(json)) {
        if (request->entry_count == largest_batch) {
            request->too_many_entries = true;
            json_skip(json, NULL);
            continue;
        }
        struct entry *entry = &request->entries[request->entry_count++];
        json_enter(json, '{');
        while (json_next_key(json, &key)) read_entry_field(json, key, entry);
    }
}

bool request_read(struct text body, struct request *request) {
    struct json json = {body.data, body.data + body.length, false};
    struct text key;
    *request = (struct request){.maximum = 1, .visibility_timeout = unset, .wait = unset};
    if (!json_enter(&json, '{')) return false;
    while (json_next_key(&json, &key)) {
        if (text_is(key, "QueueUrl")) {
            json_string(&json, &request->queue_url);
        } else if (text_is(key, "Entries")) {
            read_entries(&json, request);
        } else if (text_is(key, "QueueName")) {
            json_string(&json, &request->queue_name);
        } else if (text_is(key, "Attributes")) {
            json_skip(&json, &request->attributes);
        } else if (text_is(key, "AttributeNames") || text_is(key, "MessageSystemAttributeNames")) {
            json_skip(&json, &request->attribute_names);
        } else if (text_is(key, "MessageAttributeNames")) {
            json_skip(&json, &request->message_attribute_names);
        } else if (text_is(key, "MaxNumberOfMessages")) {
            json_integer(&json, &request->maximum);
        } else if (text_is(key, "WaitTimeSeconds")) {
            json_integer(&json, &request->wait);
        } else if (text_is(key, "VisibilityTimeout")) {
            json_integer(&json, &request->visibility_timeout);
            request->entries[0].seconds = request->visibility_timeout;
        } else {
            read_entry_field(&json, key, &request->entries[0]);
        }
    }
    return !json.failed;
}

bool names_hold(struct text names, const char *name) {
    struct json json = {names.data, names.data + names.length, false};
    struct text item;
    if (!names.length || !json_enter(&json, '[')) return false;
    while (json_next_item(&json) && json_string(&json, &item)) {
        if (text_is(item, "All") || text_equals(item, name, strlen(name))) return true;
    }
    return false;
}
