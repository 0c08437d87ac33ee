#include "response.h"

#include <string.h>

void add_quoted(struct buffer *out, const char *data, size_t length) {
    buffer_add_literal(out, "\"");
    buffer_add(out, data, length);
    buffer_add_literal(out, "\"");
}

void response_refuse(struct response *response, const char *type, const char *query_error) {
    response->status = 400;
    response->query_error = query_error;
    response->body.length = 0;
    buffer_add_literal(&response->body, "{\"__type\":\"com.amazonaws.sqs#");
    buffer_add(&response->body, type, strlen(type));
    buffer_add_literal(&response->body, "\",\"message\":\"The request was refused: ");
    buffer_add(&response->body, type, strlen(type));
    buffer_add_literal(&response->body, "\"}");
}
