#include "message_attributes.h"

#include "md5.h"

#include <stdint.h>
#include <stdlib.h>

enum { most_attributes_of_a_message = 10, string_value = 1, binary_value = 2 };

struct attribute {
    struct text name, type, value;
    unsigned char transport;
};

static int by_name(const void *left, const void *right) {
    const struct text *a = &((const struct attribute *)left)->name, *b = &((const struct attribute *)right)->name;
    int order = memcmp(a->data, b->data, a->length < b->length ? a->length : b->length);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static bool read_attribute(struct json *json, struct attribute *attribute) {
    struct text key;
    if (!json_enter(json, '{')) return false;
    while (json_next_key(json, &key)) {
        if (text_is(key, "DataType")) {
            json_string(json, &attribute->type);
        } else if (text_is(key, "StringValue")) {
            attribute->transport = string_value;
            json_string(json, &attribute->value);
        } else if (text_is(key, "BinaryValue")) {
            attribute->transport = binary_value;
            json_string(json, &attribute->value);
        } else {
            json_skip(json, NULL);
        }
    }
    return !json->failed && attribute->transport && attribute->type.length;
}

static int base64_digit(char digit) {
    if (digit >= 'A' && digit <= 'Z') return digit - 'A';
    if (digit >= 'a' && digit <= 'z') return digit - 'a' + 26;
    if (digit >= '0' && digit <= '9') return digit - '0' + 52;
    return digit == '+' ? 62 : digit == '/' ? 63 : -1;
}

/// Decodes in place and returns the length.
static size_t decode_base64(char *data, size_t length) {
    size_t written = 0;
    uint32_t bits = 0;
    int count = 0;
    for (size_t i = 0; i < length; i++) {
        int digit = base64_digit(data[i]);
        if (digit < 0) continue;
        bits = bits << 6 | (uint32_t)digit;
        if ((count += 6) >= 8) data[written++] = (char)(bits >> (count -= 8));
    }
    return written;
}

static void add_measured(struct md5 *md5, struct text text, bool is_base64, struct buffer *scratch) {
    scratch->length = 0;
    char *bytes = buffer_reserve(scratch, text.length + 1);
    size_t length = json_unescape(text, bytes);
    if (is_base64) length = decode_base64(bytes, length);
    unsigned char size[4] = {
        (unsigned char)(length >> 24), (unsigned char)(length >> 16), (unsigned char)(length >> 8), (unsigned char)length};
    md5_add(md5, size, sizeof size);
    md5_add(md5, bytes, length);
}

bool attributes_md5(struct text object, struct buffer *scratch, char hex[32]) {
    struct attribute attributes[most_attributes_of_a_message] = {0};
    size_t count = 0;
    struct json json = {object.data, object.data + object.length, false};
    struct text name;
    json_enter(&json, '{');
    while (json_next_key(&json, &name)) {
        if (count == most_attributes_of_a_message) return false;
        attributes[count].name = name;
        if (!read_attribute(&json, &attributes[count++])) return false;
    }
    if (json.failed || count == 0) return false;

    qsort(attributes, count, sizeof *attributes, by_name);
    struct md5 md5;
    md5_begin(&md5);
    for (size_t i = 0; i < count; i++) {
        add_measured(&md5, attributes[i].name, false, scratch);
        add_measured(&md5, attributes[i].type, false, scratch);
        md5_add(&md5, &attributes[i].transport, 1);
        add_measured(&md5, attributes[i].value, attributes[i].transport == binary_value, scratch);
    }
    md5_end(&md5, hex);
    return true;
}

static bool asks_for_all(struct text pattern) { return text_is(pattern, "All") || text_is(pattern, ".*"); }

static bool is_wanted(struct text name, struct text names) {
    struct json json = {names.data, names.data + names.length, false};
    struct text pattern;
    json_enter(&json, '[');
    while (json_next_item(&json) && json_string(&json, &pattern)) {
        if (asks_for_all(pattern) || text_equals(name, pattern.data, pattern.length)) return true;
        bool is_prefix = pattern.length > 2 && memcmp(pattern.data + pattern.length - 2, ".*", 2) == 0;
        size_t prefix = pattern.length - 2;
        if (is_prefix && name.length >= prefix && memcmp(name.data, pattern.data, prefix) == 0) return true;
    }
    return false;
}

bool attributes_all_wanted(struct text names) {
    struct json json = {names.data, names.data + names.length, false};
    struct text pattern;
    json_enter(&json, '[');
    while (json_next_item(&json) && json_string(&json, &pattern)) {
        if (asks_for_all(pattern)) return true;
    }
    return false;
}

int attributes_select(struct text object, struct text names, struct buffer *out) {
    struct json json = {object.data, object.data + object.length, false};
    struct text name, value;
    int count = 0;
    json_enter(&json, '{');
    buffer_add_literal(out, "{");
    while (json_next_key(&json, &name) && json_skip(&json, &value)) {
        if (!is_wanted(name, names)) continue;
        if (count++) buffer_add_literal(out, ",");
        buffer_add_literal(out, "\"");
        buffer_add(out, name.data, name.length);
        buffer_add_literal(out, "\":");
        buffer_add(out, value.data, value.length);
    }
    buffer_add_literal(out, "}");
    return count;
}
