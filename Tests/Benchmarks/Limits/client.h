#ifndef BENCH_CLIENT_H
#define BENCH_CLIENT_H

#include "signer.h"

#include <curl/curl.h>

enum { batch = 10 };

/// The queue that is measured, and how to reach it.
struct client {
    const char *endpoint;
    char queue_url[512];
    struct signer signer;
};

/// One easy handle with room for its request and response.
struct call {
    struct client *client;
    CURL *easy;
    struct curl_slist *headers;
    struct signed_headers signature;
    char request[16 * 1024];
    size_t request_length;
    char response[256 * 1024];
    size_t response_length;
};

/// Finds or makes the queue, and empties it.
void client_make(struct client *client, const char *endpoint, const char *queue);

void call_make(struct call *call, struct client *client);
void call_free(struct call *call);

/// Begins a request's body with the queue's URL; members that follow start with a comma.
void call_begin(struct call *call);
void call_add(struct call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// Ends the body, signs it, and makes the handle ready to be performed.
void call_sign(struct call *call, const char *action);

/// Ends the program unless the request went well.
void call_check(struct call *call, CURLcode result);

/// call_sign, then waits for the response on the handle alone.
void call_perform(struct call *call, const char *action);

#endif
