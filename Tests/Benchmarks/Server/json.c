#include "json.h"

#include <stdint.h>

static const int deepest = 64;

static bool fail(struct json *json) {
    json->failed = true;
    return false;
}

/// The next character that isn't white space, or 0 at the end.
static char peek(struct json *json) {
    while (json->at < json->end && (*json->at == ' ' || *json->at == '\n' || *json->at == '\r' || *json->at == '\t')) {
        json->at++;
    }
    return json->at < json->end ? *json->at : 0;
}

static bool take(struct json *json, char expected) {
    if (json->failed || peek(json) != expected) return fail(json);
    json->at++;
    return true;
}

bool json_enter(struct json *json, char open) { return take(json, open); }

/// Whether another element follows in the object or array; goes past the comma or the closing bracket.
static bool next_element(struct json *json, char open, char close) {
    if (json->failed) return false;
    // The first element follows the opening bracket, with nothing but white space between.
    const char *before = json->at;
    while (before[-1] == ' ' || before[-1] == '\n' || before[-1] == '\r' || before[-1] == '\t') before--;
    bool first = before[-1] == open;
    if (peek(json) == close) {
        json->at++;
        return false;
    }
    return first || take(json, ',');
}

bool json_next_key(struct json *json, struct text *key) {
    return next_element(json, '{', '}') && json_string(json, key) && take(json, ':');
}

bool json_next_item(struct json *json) { return next_element(json, '[', ']'); }

bool json_string(struct json *json, struct text *string) {
    if (!take(json, '"')) return false;
    const char *start = json->at, *at = start;
    bool escaped = false;
    for (;;) {
        const char *quote = memchr(at, '"', (size_t)(json->end - at));
        if (!quote) return fail(json);
        const char *backslash = memchr(at, '\\', (size_t)(quote - at));
        if (!backslash) {
            *string = (struct text){start, (size_t)(quote - start), escaped};
            json->at = quote + 1;
            return true;
        }
        escaped = true;
        at = backslash + 2;
        if (at > json->end) return fail(json);
    }
}

bool json_integer(struct json *json, long long *number) {
    peek(json);
    const char *start = json->at;
    bool negative = start < json->end && *start == '-';
    const char *at = start + negative;
    long long value = 0;
    while (at < json->end && *at >= '0' && *at <= '9' && at - start < 18) value = value * 10 + (*at++ - '0');
    if (json->failed || at == start + negative) return fail(json);
    json->at = at;
    *number = negative ? -value : value;
    return true;
}

static bool skip(struct json *json, int depth) {
    struct text ignored;
    if (json->failed || depth > deepest) return fail(json);
    switch (peek(json)) {
    case '"':
        return json_string(json, &ignored);
    case '{':
        json->at++;
        while (json_next_key(json, &ignored)) skip(json, depth + 1);
        return !json->failed;
    case '[':
        json->at++;
        while (json_next_item(json)) skip(json, depth + 1);
        return !json->failed;
    default: {
        const char *start = json->at;
        while (json->at < json->end && strchr("+-.0123456789abcdefghijklmnopqrstuvwxyzE", *json->at) && *json->at) {
            json->at++;
        }
        return json->at > start || fail(json);
    }
    }
}

bool json_skip(struct json *json, struct text *value) {
    peek(json);
    const char *start = json->at;
    if (!skip(json, 0)) return false;
    if (value) *value = (struct text){start, (size_t)(json->at - start), false};
    return true;
}

static uint32_t four_digits(const char *at, const char *end) {
    uint32_t value = 0;
    for (int i = 0; i < 4 && at + i < end; i++) {
        char digit = at[i];
        value = value * 16 + (uint32_t)(digit <= '9' ? digit - '0' : (digit | 32) - 'a' + 10);
    }
    return value;
}

static char *add_utf8(char *out, uint32_t code) {
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xc0 | code >> 6);
        *out++ = (char)(0x80 | (code & 63));
    } else if (code < 0x10000) {
        *out++ = (char)(0xe0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 63));
        *out++ = (char)(0x80 | (code & 63));
    } else {
        *out++ = (char)(0xf0 | code >> 18);
        *out++ = (char)(0x80 | (code >> 12 & 63));
        *out++ = (char)(0x80 | (code >> 6 & 63));
        *out++ = (char)(0x80 | (code & 63));
    }
    return out;
}

size_t json_unescape(struct text string, char *out) {
    const char *at = string.data, *end = at + string.length;
    char *start = out;
    while (at < end) {
        if (*at != '\\') {
            *out++ = *at++;
            continue;
        }
        char escape = at[1];
        at += 2;
        switch (escape) {
        case 'b': *out++ = '\b'; break;
        case 'f': *out++ = '\f'; break;
        case 'n': *out++ = '\n'; break;
        case 'r': *out++ = '\r'; break;
        case 't': *out++ = '\t'; break;
        case 'u': {
            uint32_t code = four_digits(at, end);
            at += 4;
            if (code >= 0xd800 && code < 0xdc00 && at + 6 <= end && at[0] == '\\' && at[1] == 'u') {
                code = 0x10000 + ((code - 0xd800) << 10) + (four_digits(at + 2, end) - 0xdc00);
                at += 6;
            }
            out = add_utf8(out, code);
            break;
        }
        default: *out++ = escape;
        }
    }
    return (size_t)(out - start);
}
