#include "in_flight.h"
#include "loops.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

double clock_seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/// Writes a batch that deletes what the response holds, and returns how many that are.
static int add_deletes(struct call *call) {
    static const char key[] = "\"ReceiptHandle\"";
    int count = 0;
    call_begin(call);
    call_add(call, ",\"Entries\":[");
    for (const char *at = call->response; (at = strstr(at, key)); count++) {
        at = strchr(at + sizeof key - 1, '"') + 1;
        int length = (int)strcspn(at, "\"");
        call_add(call, "%s{\"Id\":\"%d\",\"ReceiptHandle\":\"%.*s\"}", count ? "," : "", count, length, at);
        at += length;
    }
    call_add(call, "]");
    return count;
}

static bool next_receive_or_delete(struct call *call, void *context) {
    long *deleted = context;
    if (call->response_length && strstr(call->response, "\"ReceiptHandle\"")) {
        *deleted += add_deletes(call);
        call_sign(call, "DeleteMessageBatch");
        return true;
    }
    // A delete's answer leads to the next receive; a receive's answer without messages ends the loop.
    if (call->response_length && !strstr(call->response, "\"Successful\"")) return false;
    call_begin(call);
    call_add(call, ",\"MaxNumberOfMessages\":%d", batch);
    call_sign(call, "ReceiveMessage");
    return true;
}

long receive_and_delete(struct client *client, int in_flight) {
    long deleted = 0;
    run_in_flight(client, in_flight, next_receive_or_delete, &deleted);
    return deleted;
}

struct poller {
    struct client client;
    struct call call;
    pthread_barrier_t start, end;
    long count;
    double returned;
};

static void *poll_again_and_again(void *context) {
    struct poller *poller = context;
    struct call *call = &poller->call;
    for (long i = 0; i < poller->count; i++) {
        call_begin(call);
        call_add(call, ",\"MaxNumberOfMessages\":%d,\"WaitTimeSeconds\":20", batch);
        pthread_barrier_wait(&poller->start);
        call_perform(call, "ReceiveMessage");
        poller->returned = clock_seconds();
        if (!add_deletes(call)) {
            fputs("bench-limits: a long poll came back empty\n", stderr);
            exit(EXIT_FAILURE);
        }
        call_perform(call, "DeleteMessageBatch");
        pthread_barrier_wait(&poller->end);
    }
    return NULL;
}

void long_poll(struct client *client, long count, double *seconds) {
    static struct call sender;
    static struct poller poller;
    pthread_t thread;
    // The poller's own client: a signer isn't made for two threads.
    poller.client = *client;
    poller.client.signer.hmac = EVP_MAC_CTX_dup(client->signer.hmac);
    poller.count = count;
    call_make(&sender, client);
    call_make(&poller.call, &poller.client);
    pthread_barrier_init(&poller.start, NULL, 2);
    pthread_barrier_init(&poller.end, NULL, 2);
    pthread_create(&thread, NULL, poll_again_and_again, &poller);
    for (long i = 0; i < count; i++) {
        pthread_barrier_wait(&poller.start);
        usleep(5000);  // until the long poll is surely waiting at the server
        call_begin(&sender);
        call_add(&sender, ",\"MessageBody\":\"e30=\"");
        double began = clock_seconds();
        call_perform(&sender, "SendMessage");
        pthread_barrier_wait(&poller.end);
        seconds[i] = poller.returned - began;
    }
    pthread_join(thread, NULL);
    EVP_MAC_CTX_free(poller.client.signer.hmac);
    call_free(&poller.call);
    call_free(&sender);
}
