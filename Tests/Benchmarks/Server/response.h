#ifndef BENCH_RESPONSE_H
#define BENCH_RESPONSE_H

#include "buffer.h"
#include "json.h"

struct response {
    int status;
    struct buffer body;
    /// The value of the header `x-amzn-query-error`; NULL when there is none.
    const char *query_error;
};

/// Makes the response an error of the service. `query_error` may be NULL.
void response_refuse(struct response *response, const char *type, const char *query_error);

/// Appends a JSON string whose escapes are there already.
void add_quoted(struct buffer *out, const char *data, size_t length);

#endif
