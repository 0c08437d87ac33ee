#ifndef BENCH_MESSAGE_ATTRIBUTES_H
#define BENCH_MESSAGE_ATTRIBUTES_H

#include "buffer.h"
#include "json.h"

/// The checksum of message attributes, as AWS defines it ("Calculating the MD5 message digest for message
/// attributes" in the developer's guide of SQS). False when the object isn't one of attributes.
bool attributes_md5(struct text object, struct buffer *scratch, char hex[32]);

/// Appends the attributes whose names a receive asked for (a JSON array; "All", ".*" and "prefix.*" count).
/// Returns how many there were.
int attributes_select(struct text object, struct text names, struct buffer *out);

/// Whether the names ask for every attribute.
bool attributes_all_wanted(struct text names);

#endif
