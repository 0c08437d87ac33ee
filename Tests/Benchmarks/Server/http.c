#define _GNU_SOURCE
#include "http.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const size_t longest_head = 64 * 1024, longest_body = 16 * 1024 * 1024;

static bool take_word(const char **at, const char *end, struct text *word) {
    const char *space = memchr(*at, ' ', (size_t)(end - *at));
    if (!space) return false;
    *word = (struct text){*at, (size_t)(space - *at), false};
    *at = space + 1;
    return true;
}

#define is_header(line, length, literal) (length >= sizeof(literal) - 1 && !strncasecmp(line, literal, sizeof(literal) - 1))

static bool read_header(const char *line, size_t length, struct http_request *request, size_t *body_length) {
    if (is_header(line, length, "content-length:")) {
        const char *at = line + sizeof("content-length:") - 1, *end = line + length;
        while (at < end && *at == ' ') at++;
        for (*body_length = 0; at < end && *at >= '0' && *at <= '9' && *body_length <= longest_body; at++) {
            *body_length = *body_length * 10 + (size_t)(*at - '0');
        }
        return *body_length <= longest_body;
    }
    if (is_header(line, length, "x-amz-target:")) {
        const char *dot = memrchr(line, '.', length);
        if (dot) request->action = (struct text){dot + 1, (size_t)(line + length - dot - 1), false};
    } else if (is_header(line, length, "connection:")) {
        request->closes = memmem(line, length, "close", 5) != NULL;
    } else if (is_header(line, length, "transfer-encoding:")) {
        return false;  // no client of SQS needs it
    }
    return true;
}

enum http_state http_read(const char *data, size_t length, struct http_request *request) {
    const char *head_end = memmem(data, length < longest_head ? length : longest_head, "\r\n\r\n", 4);
    if (!head_end) return length < longest_head ? http_incomplete : http_malformed;
    size_t body_length = 0;
    *request = (struct http_request){0};
    const char *at = data, *line_end = memmem(data, length, "\r\n", 2);
    if (!take_word(&at, line_end, &request->method) || !take_word(&at, line_end, &request->path)) return http_malformed;
    while (line_end < head_end) {
        const char *line = line_end + 2;
        line_end = memchr(line, '\r', (size_t)(head_end + 2 - line));
        if (!read_header(line, (size_t)(line_end - line), request, &body_length)) return http_malformed;
    }
    const char *body = head_end + 4;
    if ((size_t)(data + length - body) < body_length) return http_incomplete;
    request->body = (struct text){body, body_length, false};
    request->length = (size_t)(body - data) + body_length;
    return http_complete;
}

void http_write(const struct response *response, struct buffer *out) {
    const char *reason = response->status == 200 ? "OK" : response->status == 404 ? "Not Found" : "Bad Request";
    char *head = buffer_reserve(out, 512);
    int length = snprintf(
        head, 512, "HTTP/1.1 %d %s\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: %zu\r\n",
        response->status, reason, response->body.length);
    out->length += (size_t)length;
    if (response->query_error) {
        buffer_add_literal(out, "x-amzn-query-error: ");
        buffer_add(out, response->query_error, strlen(response->query_error));
        buffer_add_literal(out, "\r\n");
    }
    buffer_add_literal(out, "\r\n");
    buffer_add(out, response->body.data, response->body.length);
}
