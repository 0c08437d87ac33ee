#include "client.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t take_response(char *data, size_t size, size_t count, void *context) {
    struct call *call = context;
    size_t length = size * count;
    // One byte is kept for the zero at the end.
    if (length >= sizeof call->response - call->response_length) return 0;
    memcpy(call->response + call->response_length, data, length);
    call->response_length += length;
    call->response[call->response_length] = 0;
    return length;
}

void call_make(struct call *call, struct client *client) {
    call->client = client;
    call->headers = NULL;
    call->easy = curl_easy_init();
    curl_easy_setopt(call->easy, CURLOPT_URL, client->endpoint);
    curl_easy_setopt(call->easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(call->easy, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(call->easy, CURLOPT_POST, 1L);
    curl_easy_setopt(call->easy, CURLOPT_WRITEFUNCTION, take_response);
    curl_easy_setopt(call->easy, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(call->easy, CURLOPT_PRIVATE, call);
}

void call_free(struct call *call) {
    curl_easy_cleanup(call->easy);
    curl_slist_free_all(call->headers);
}

void call_begin(struct call *call) {
    call->request_length = 0;
    call_add(call, "{\"QueueUrl\":\"%s\"", call->client->queue_url);
}

void call_add(struct call *call, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    size_t room = sizeof call->request - call->request_length;
    int written = vsnprintf(call->request + call->request_length, room, format, arguments);
    va_end(arguments);
    if (written < 0 || (size_t)written >= room) {
        fputs("bench-limits: a request grew too large\n", stderr);
        exit(EXIT_FAILURE);
    }
    call->request_length += (size_t)written;
}

void call_sign(struct call *call, const char *action) {
    call_add(call, "}");
    call->response_length = 0;
    signer_sign(&call->client->signer, action, call->request, call->request_length, &call->signature);
    curl_slist_free_all(call->headers);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/x-amz-json-1.0");
    headers = curl_slist_append(headers, "Accept:");
    headers = curl_slist_append(headers, "Expect:");
    headers = curl_slist_append(headers, call->signature.date);
    headers = curl_slist_append(headers, call->signature.target);
    call->headers = curl_slist_append(headers, call->signature.authorization);
    curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->headers);
    curl_easy_setopt(call->easy, CURLOPT_POSTFIELDS, call->request);
    curl_easy_setopt(call->easy, CURLOPT_POSTFIELDSIZE, (long)call->request_length);
}

void call_check(struct call *call, CURLcode result) {
    long status = 0;
    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
    if (result == CURLE_OK && status == 200) return;
    fprintf(
        stderr, "bench-limits: a request failed: %s, HTTP %ld, %.*s\n", curl_easy_strerror(result), status,
        (int)call->response_length, call->response);
    exit(EXIT_FAILURE);
}

void call_perform(struct call *call, const char *action) {
    call_sign(call, action);
    call_check(call, curl_easy_perform(call->easy));
}

static const char *from_environment(const char *name, const char *otherwise) {
    const char *value = getenv(name);
    return value && *value ? value : otherwise;
}

void client_make(struct client *client, const char *endpoint, const char *queue) {
    const char *slashes = strstr(endpoint, "//");
    client->endpoint = endpoint;
    signer_make(
        &client->signer, slashes ? slashes + 2 : endpoint, from_environment("AWS_REGION", "us-east-1"),
        from_environment("AWS_ACCESS_KEY_ID", "benchmark"), from_environment("AWS_SECRET_ACCESS_KEY", "benchmark"));

    struct call *call = malloc(sizeof *call);
    call_make(call, client);
    call->request_length = 0;
    call_add(call, "{\"QueueName\":\"%s\"", queue);
    call_perform(call, "CreateQueue");
    const char *start = strstr(call->response, "\"http"), *end = start ? strchr(start + 1, '"') : NULL;
    if (!end || (size_t)(end - start) > sizeof client->queue_url) {
        fprintf(stderr, "bench-limits: no queue's URL in %s\n", call->response);
        exit(EXIT_FAILURE);
    }
    snprintf(client->queue_url, sizeof client->queue_url, "%.*s", (int)(end - start - 1), start + 1);
    call_begin(call);
    call_perform(call, "PurgeQueue");
    call_free(call);
    free(call);
}
