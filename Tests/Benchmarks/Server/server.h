#ifndef BENCH_SERVER_H
#define BENCH_SERVER_H

#include "sqs.h"

struct connection {
    int socket;
    /// Tells this connection from others that had the same socket number.
    unsigned long long serial;
    struct buffer in, out;
    /// How much of `out` may be sent by now; the rest waits for its latency to pass.
    size_t released;
    /// No further request is read, and the connection ends when `out` is sent.
    bool closing;
    /// The socket took no more; epoll will tell when it does.
    bool blocked;
    struct receive receive;
};

/// Bytes of a connection's `out` that may be sent from an instant on. All have the same latency, so they come in order.
struct release {
    instant at;
    int socket;
    unsigned long long serial;
    size_t length;
};

struct server {
    struct sqs sqs;
    int epoll, listener, signals;
    instant latency;
    struct connection **connections;
    size_t connection_capacity;
    unsigned long long last_serial;
    /// A ring.
    struct release *releases;
    size_t first_release, release_count, release_capacity;
    /// The sockets of connections whose long poll was answered just now.
    int *resumed;
    size_t resumed_count, resumed_capacity;
    /// The body of the response that is being made.
    struct buffer body;
};

/// Serves until a signal asks to stop. Every response is held back for `latency`.
void server_run(struct server *server, int listener, int port, instant latency);

#endif
