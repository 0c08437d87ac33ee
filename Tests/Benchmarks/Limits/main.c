// The loops that nothing which speaks SQS through libcurl can be faster than: encode, sign, post, and no more.
//
// Each prints a line of JSON: what it is, how many messages, in how many seconds, and how many that are a second.

#include "loops.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: bench-limits ENDPOINT QUEUE COUNT [LOOP...]\n"
    "\n"
    "Loops (all, unless some are named): send-one, send-batch-1, send-batch-8, receive-delete-1, receive-delete-16,\n"
    "long-poll. Makes the queue, and empties it. Signs with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY if they are set.\n";

enum { most_polls = 500 };

static void report(const char *name, long count, double seconds) {
    printf("{\"name\":\"%s\",\"count\":%ld,\"seconds\":%.6f,\"per_second\":%.1f}\n", name, count, seconds, (double)count / seconds);
    fflush(stdout);
}

static void measure_send_one(struct client *client, const char *name, long count, int in_flight) {
    (void)in_flight;
    double began = clock_seconds();
    send_one_by_one(client, count);
    report(name, count, clock_seconds() - began);
}

static void measure_send_batch(struct client *client, const char *name, long count, int in_flight) {
    double began = clock_seconds();
    send_in_batches(client, count, in_flight);
    report(name, count, clock_seconds() - began);
}

static void measure_receive(struct client *client, const char *name, long count, int in_flight) {
    send_in_batches(client, count, 8);
    double began = clock_seconds();
    long deleted = receive_and_delete(client, in_flight);
    double seconds = clock_seconds() - began;
    if (deleted != count) {
        fprintf(stderr, "bench-limits: %ld messages were sent, but %ld came\n", count, deleted);
        exit(EXIT_FAILURE);
    }
    report(name, count, seconds);
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void measure_long_poll(struct client *client, const char *name, long count, int in_flight) {
    (void)in_flight;
    static double latencies[most_polls];
    double seconds = 0;
    if (count > most_polls) count = most_polls;
    long_poll(client, count, latencies);
    qsort(latencies, (size_t)count, sizeof *latencies, ascending);
    for (long i = 0; i < count; i++) seconds += latencies[i];
    printf(
        "{\"name\":\"%s\",\"count\":%ld,\"seconds\":%.6f,\"per_second\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n", name, count,
        seconds, (double)count / seconds, latencies[count / 2] * 1e3, latencies[count * 99 / 100] * 1e3);
}

static const struct {
    const char *name;
    void (*measure)(struct client *client, const char *name, long count, int in_flight);
    int in_flight;
} loops[] = {
    {"send-one", measure_send_one, 1},          {"send-batch-1", measure_send_batch, 1},
    {"send-batch-8", measure_send_batch, 8},    {"receive-delete-1", measure_receive, 1},
    {"receive-delete-16", measure_receive, 16}, {"long-poll", measure_long_poll, 1},
};

int main(int argc, char **argv) {
    long count = argc > 3 ? strtol(argv[3], NULL, 10) : 0;
    if (count < 1) {
        fputs(usage, stderr);
        return 64;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    for (size_t i = 0; i < sizeof loops / sizeof *loops; i++) {
        bool wanted = argc == 4;
        for (int j = 4; j < argc; j++) wanted = wanted || !strcmp(argv[j], loops[i].name);
        if (!wanted) continue;
        static struct client client;
        client_make(&client, argv[1], argv[2]);
        loops[i].measure(&client, loops[i].name, count, loops[i].in_flight);
    }
    return 0;
}
