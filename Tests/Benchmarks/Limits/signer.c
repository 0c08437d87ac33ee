#include "signer.h"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { digest_length = 32, hex_length = 2 * digest_length + 1 };

static void write_hex(const unsigned char digest[digest_length], char hex[hex_length]) {
    for (int i = 0; i < digest_length; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    hex[hex_length - 1] = 0;
}

static void hmac(EVP_MAC_CTX *context, const void *key, size_t key_length, const char *text, unsigned char *digest) {
    size_t written;
    // Without a key the context keeps the one that it has.
    EVP_MAC_init(context, key, key_length, NULL);
    EVP_MAC_update(context, (const unsigned char *)text, strlen(text));
    EVP_MAC_final(context, digest, &written, digest_length);
}

void signer_make(struct signer *signer, const char *host, const char *region, const char *access_key, const char *secret_key) {
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    signer->host = host;
    strftime(signer->day, sizeof signer->day, "%Y%m%d", &utc);
    snprintf(signer->credential, sizeof signer->credential, "%s/%s/%s/sqs/aws4_request", access_key, signer->day, region);
    signer->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    signer->hmac = EVP_MAC_CTX_new(EVP_MAC_fetch(NULL, "HMAC", NULL));
    OSSL_PARAM digest[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0), OSSL_PARAM_END};
    if (!signer->sha256 || !signer->hmac || !EVP_MAC_CTX_set_params(signer->hmac, digest)) {
        fputs("bench-limits: libcrypto has no SHA-256\n", stderr);
        exit(EXIT_FAILURE);
    }

    char secret[256];
    unsigned char key[digest_length];
    snprintf(secret, sizeof secret, "AWS4%s", secret_key);
    hmac(signer->hmac, secret, strlen(secret), signer->day, key);
    hmac(signer->hmac, key, sizeof key, region, key);
    hmac(signer->hmac, key, sizeof key, "sqs", key);
    hmac(signer->hmac, key, sizeof key, "aws4_request", key);
    EVP_MAC_init(signer->hmac, key, sizeof key, NULL);
}

void signer_sign(
    struct signer *signer, const char *action, const char *body, size_t length, struct signed_headers *headers) {
    static const char names[] = "content-type;host;x-amz-date;x-amz-target";
    time_t now = time(NULL);
    struct tm utc;
    char date[17], text[1024], hex[hex_length];
    unsigned char digest[digest_length];

    gmtime_r(&now, &utc);
    strftime(date, sizeof date, "%Y%m%dT%H%M%SZ", &utc);
    EVP_Digest(body, length, digest, NULL, signer->sha256, NULL);
    write_hex(digest, hex);
    int written = snprintf(
        text, sizeof text,
        "POST\n/\n\ncontent-type:application/x-amz-json-1.0\nhost:%s\nx-amz-date:%s\nx-amz-target:AmazonSQS.%s\n\n%s\n%s",
        signer->host, date, action, names, hex);
    EVP_Digest(text, (size_t)written, digest, NULL, signer->sha256, NULL);
    write_hex(digest, hex);
    snprintf(text, sizeof text, "AWS4-HMAC-SHA256\n%s\n%s\n%s", date, strchr(signer->credential, '/') + 1, hex);
    hmac(signer->hmac, NULL, 0, text, digest);
    write_hex(digest, hex);

    snprintf(headers->date, sizeof headers->date, "X-Amz-Date: %s", date);
    snprintf(headers->target, sizeof headers->target, "X-Amz-Target: AmazonSQS.%s", action);
    snprintf(
        headers->authorization, sizeof headers->authorization,
        "Authorization: AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=%s, Signature=%s", signer->credential, names, hex);
}
