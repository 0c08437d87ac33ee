#ifndef BENCH_REQUEST_H
#define BENCH_REQUEST_H

#include "json.h"

enum { largest_batch = 10, unset = -1 };

/// One message of a send, delete or visibility batch; a single action is a batch of one without an id.
struct entry {
    struct text id, body, attributes, handle;
    long long seconds;
    bool has_seconds;
};

/// The parameters that an action may have; what it doesn't know is skipped.
struct request {
    struct text queue_url, queue_name, attributes, attribute_names, message_attribute_names;
    struct entry entries[largest_batch];
    size_t entry_count;
    bool too_many_entries;
    long long maximum, visibility_timeout, wait;
};

/// Reads a request's body. False when it isn't JSON of the expected shape.
bool request_read(struct text body, struct request *request);

/// Whether a JSON array of names holds one, or "All".
bool names_hold(struct text names, const char *name);

#endif
