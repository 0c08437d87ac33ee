#include "buffer.h"

#include <stdio.h>
#include <stdlib.h>

char *buffer_reserve(struct buffer *buffer, size_t extra) {
    size_t needed = buffer->length + extra;
    if (needed > buffer->capacity) {
        size_t capacity = buffer->capacity ? buffer->capacity : 4096;
        while (capacity < needed) capacity *= 2;
        char *data = realloc(buffer->data, capacity);
        if (!data) {
            perror("bench-sqs-server: out of memory");
            exit(EXIT_FAILURE);
        }
        buffer->data = data;
        buffer->capacity = capacity;
    }
    return buffer->data + buffer->length;
}

void buffer_consume(struct buffer *buffer, size_t count) {
    buffer->length -= count;
    if (buffer->length) memmove(buffer->data, buffer->data + count, buffer->length);
}

void buffer_free(struct buffer *buffer) {
    free(buffer->data);
    *buffer = (struct buffer){0};
}

void buffer_add_number(struct buffer *buffer, long long number) {
    char digits[24];
    buffer_add(buffer, digits, (size_t)snprintf(digits, sizeof digits, "%lld", number));
}
