#ifndef BENCH_SIGNER_H
#define BENCH_SIGNER_H

#include <openssl/evp.h>
#include <stddef.h>

/// Signs requests as AWS Signature Version 4 wants it, with the signing key of the day computed once.
struct signer {
    const char *host;
    char credential[256];
    EVP_MD *sha256;
    EVP_MAC_CTX *hmac;
    char day[9];
};

/// The signing headers of one request, each a whole line without its end.
struct signed_headers {
    char date[40], target[80], authorization[512];
};

/// The strings must outlive the signer; `host` is the endpoint's, with its port.
void signer_make(struct signer *signer, const char *host, const char *region, const char *access_key, const char *secret_key);

/// Signs a POST of an AWS JSON action to the root path.
void signer_sign(
    struct signer *signer, const char *action, const char *body, size_t length, struct signed_headers *headers);

#endif
