#ifndef BENCH_JSON_H
#define BENCH_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/// A piece of the request, as it stands there. A string's quotes are not part of it, its escapes are.
struct text {
    const char *data;
    size_t length;
    bool escaped;
};

/// Reads JSON from left to right without building anything. After an error `failed` is set and every call returns false.
struct json {
    const char *at;
    const char *end;
    bool failed;
};

/// Enters an object or an array; `open` is its bracket.
bool json_enter(struct json *json, char open);

/// Goes to the next key of an object that was entered; false at its end.
bool json_next_key(struct json *json, struct text *key);

/// Goes to the next item of an array that was entered; false at its end.
bool json_next_item(struct json *json);

bool json_string(struct json *json, struct text *string);
bool json_integer(struct json *json, long long *number);

/// Goes past one value of any kind, and tells where it stood unless `value` is NULL.
bool json_skip(struct json *json, struct text *value);

/// Writes what a string stands for, in UTF-8; never longer than the string. Returns the length.
size_t json_unescape(struct text string, char *out);

static inline bool text_equals(struct text text, const char *data, size_t length) {
    return text.length == length && memcmp(text.data, data, length) == 0;
}

/// Whether a text is a string literal.
#define text_is(text, literal) text_equals(text, literal, sizeof(literal) - 1)

#endif
