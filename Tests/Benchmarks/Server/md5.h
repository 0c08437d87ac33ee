#ifndef BENCH_MD5_H
#define BENCH_MD5_H

#include <stddef.h>
#include <stdint.h>

/// MD5 (RFC 1321), which SQS uses as a checksum of bodies and attributes.
struct md5 {
    uint32_t state[4];
    uint64_t length;
    unsigned char block[64];
};

void md5_begin(struct md5 *md5);
void md5_add(struct md5 *md5, const void *data, size_t length);

/// Writes the digest as 32 lower-case hexadecimal digits, without a terminating zero.
void md5_end(struct md5 *md5, char hex[32]);

#endif
