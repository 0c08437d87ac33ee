#ifndef BENCH_BUFFER_H
#define BENCH_BUFFER_H

#include <stddef.h>
#include <string.h>

/// Bytes that grow at their end and are taken away at their beginning.
struct buffer {
    char *data;
    size_t length;
    size_t capacity;
};

/// Makes room for `extra` more bytes and returns where they go.
char *buffer_reserve(struct buffer *buffer, size_t extra);

/// Takes away the first `count` bytes.
void buffer_consume(struct buffer *buffer, size_t count);

void buffer_free(struct buffer *buffer);

/// Appends a decimal number.
void buffer_add_number(struct buffer *buffer, long long number);

static inline void buffer_add(struct buffer *buffer, const char *data, size_t length) {
    if (!length) return;
    memcpy(buffer_reserve(buffer, length), data, length);
    buffer->length += length;
}

/// Appends a string literal; its length is known to the compiler.
#define buffer_add_literal(buffer, literal) buffer_add(buffer, literal, sizeof(literal) - 1)

#endif
