#ifndef BENCH_HTTP_H
#define BENCH_HTTP_H

#include "json.h"
#include "response.h"

/// What a request's head says, as far as it matters here.
struct http_request {
    struct text method, path, action, body;
    bool closes;
    /// Head and body together.
    size_t length;
};

enum http_state { http_complete, http_incomplete, http_malformed };

/// Reads the request at the beginning of the data; what it holds points into the data.
enum http_state http_read(const char *data, size_t length, struct http_request *request);

/// Appends a response with its head.
void http_write(const struct response *response, struct buffer *out);

#endif
