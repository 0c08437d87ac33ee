#define _GNU_SOURCE
#include "server.h"

#include "http.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const size_t read_size = 64 * 1024;

static instant clock_now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * MICROSECONDS_PER_SECOND + time.tv_nsec / 1000;
}

static void require(bool condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "bench-sqs-server: ");
    perror(what);
    exit(EXIT_FAILURE);
}

// Connections.

static void watch(struct server *server, struct connection *connection, int operation) {
    struct epoll_event event = {.events = EPOLLIN | (connection->blocked ? EPOLLOUT : 0), .data.fd = connection->socket};
    epoll_ctl(server->epoll, operation, connection->socket, &event);
}

static void accept_connections(struct server *server) {
    int socket;
    while ((socket = accept4(server->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        int yes = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if ((size_t)socket >= server->connection_capacity) {
            size_t capacity = 2 * (size_t)socket + 64;
            server->connections = realloc(server->connections, capacity * sizeof *server->connections);
            require(server->connections != NULL, "memory");
            for (size_t i = server->connection_capacity; i < capacity; i++) server->connections[i] = NULL;
            server->connection_capacity = capacity;
        }
        struct connection *connection = calloc(1, sizeof *connection);
        require(connection != NULL, "memory");
        connection->socket = socket;
        connection->serial = ++server->last_serial;
        server->connections[socket] = connection;
        watch(server, connection, EPOLL_CTL_ADD);
    }
}

static void close_connection(struct server *server, struct connection *connection) {
    sqs_forget(&connection->receive);
    server->connections[connection->socket] = NULL;
    close(connection->socket);
    buffer_free(&connection->in);
    buffer_free(&connection->out);
    free(connection);
}

/// Sends what may be sent. False when the connection is gone.
static bool flush(struct server *server, struct connection *connection) {
    size_t sent = 0;
    bool was_blocked = connection->blocked;
    connection->blocked = false;
    while (sent < connection->released) {
        ssize_t count = send(connection->socket, connection->out.data + sent, connection->released - sent, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno != EAGAIN) {
            close_connection(server, connection);
            return false;
        }
        if (count < 0) {
            connection->blocked = true;
            break;
        }
        sent += (size_t)count;
    }
    buffer_consume(&connection->out, sent);
    connection->released -= sent;
    if (connection->closing && !connection->out.length) {
        close_connection(server, connection);
        return false;
    }
    if (connection->blocked != was_blocked) watch(server, connection, EPOLL_CTL_MOD);
    return true;
}

// Latency.

static void release_later(struct server *server, struct connection *connection, size_t length) {
    if (server->release_count == server->release_capacity) {
        size_t capacity = server->release_capacity ? 2 * server->release_capacity : 1024;
        struct release *releases = malloc(capacity * sizeof *releases);
        require(releases != NULL, "memory");
        for (size_t i = 0; i < server->release_count; i++) {
            releases[i] = server->releases[(server->first_release + i) % server->release_capacity];
        }
        free(server->releases);
        server->releases = releases;
        server->release_capacity = capacity;
        server->first_release = 0;
    }
    size_t index = (server->first_release + server->release_count++) % server->release_capacity;
    server->releases[index] =
        (struct release){server->sqs.now + server->latency, connection->socket, connection->serial, length};
}

static void release_due(struct server *server) {
    while (server->release_count && server->releases[server->first_release].at <= server->sqs.now) {
        struct release release = server->releases[server->first_release];
        server->first_release = (server->first_release + 1) % server->release_capacity;
        server->release_count--;
        struct connection *connection = server->connections[release.socket];
        if (!connection || connection->serial != release.serial) continue;
        connection->released += release.length;
        flush(server, connection);
    }
}

// Requests.

static void respond(struct server *server, struct connection *connection, const struct response *response) {
    size_t before = connection->out.length;
    http_write(response, &connection->out);
    size_t length = connection->out.length - before;
    if (server->latency) {
        release_later(server, connection, length);
    } else {
        connection->released += length;
    }
}

/// The requests about the server itself: they aren't counted.
static bool perform_own(struct server *server, const struct http_request *request, struct response *response) {
    if (text_is(request->method, "GET") && text_is(request->path, "/stats")) {
        sqs_write_counts(&server->sqs, &response->body);
        return true;
    }
    if (text_is(request->method, "POST") && text_is(request->path, "/stats/reset")) {
        sqs_reset_counts(&server->sqs);
        buffer_add_literal(&response->body, "{}");
        return true;
    }
    return false;
}

/// Carries out the requests that have come whole, in their order; one behind a long poll waits for its answer.
static void handle_requests(struct server *server, struct connection *connection) {
    size_t handled = 0;
    while (!connection->receive.waiting && !connection->closing && handled < connection->in.length) {
        struct http_request request;
        enum http_state state = http_read(connection->in.data + handled, connection->in.length - handled, &request);
        if (state == http_incomplete) break;
        server->body.length = 0;
        struct response response = {.status = 200, .body = server->body};
        bool answered = true;
        if (state == http_malformed) {
            response.status = 400;
            connection->closing = true;
        } else {
            handled += request.length;
            connection->closing = request.closes;
            if (!perform_own(server, &request, &response)) {
                answered = sqs_perform(&server->sqs, request.action, request.body, &connection->receive, &response);
            }
        }
        if (answered) respond(server, connection, &response);
        server->body = response.body;
    }
    buffer_consume(&connection->in, handled);
}

static void answer_later(struct receive *receive, struct response *response, void *context) {
    struct server *server = context;
    struct connection *connection = (struct connection *)((char *)receive - offsetof(struct connection, receive));
    respond(server, connection, response);
    // Requests may have come behind the long poll; the one that is being carried out must end first.
    if (server->resumed_count == server->resumed_capacity) {
        server->resumed_capacity = 2 * server->resumed_capacity + 64;
        server->resumed = realloc(server->resumed, server->resumed_capacity * sizeof *server->resumed);
        require(server->resumed != NULL, "memory");
    }
    server->resumed[server->resumed_count++] = connection->socket;
}

/// Goes on with connections whose long poll has been answered.
static void resume(struct server *server) {
    // Their requests may answer further long polls, which are appended meanwhile.
    for (size_t i = 0; i < server->resumed_count; i++) {
        struct connection *connection = server->connections[server->resumed[i]];
        if (!connection) continue;
        handle_requests(server, connection);
        flush(server, connection);
    }
    server->resumed_count = 0;
}

static void read_connection(struct server *server, struct connection *connection) {
    for (;;) {
        char *room = buffer_reserve(&connection->in, read_size);
        ssize_t count = recv(connection->socket, room, read_size, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) break;
        if (count <= 0) return close_connection(server, connection);
        connection->in.length += (size_t)count;
        if ((size_t)count < read_size) break;
    }
    handle_requests(server, connection);
    flush(server, connection);
}

// The loop.

static void wait_for_events(struct server *server, struct epoll_event *events, int capacity, int *count) {
    instant next = sqs_next_wake(&server->sqs);
    if (server->release_count && server->releases[server->first_release].at < next) {
        next = server->releases[server->first_release].at;
    }
    instant wait = next - clock_now(CLOCK_MONOTONIC);
    if (wait < 0) wait = 0;
    struct timespec timeout = {wait / MICROSECONDS_PER_SECOND, wait % MICROSECONDS_PER_SECOND * 1000};
    *count = epoll_pwait2(server->epoll, events, capacity, next == INT64_MAX ? NULL : &timeout, NULL);
    server->sqs.now = clock_now(CLOCK_MONOTONIC);
}

void server_run(struct server *server, int listener, int port, instant latency) {
    *server = (struct server){.listener = listener, .latency = latency};
    struct sqs *sqs = &server->sqs;
    sqs->port = port;
    sqs->now = clock_now(CLOCK_MONOTONIC);
    sqs->wall_offset = clock_now(CLOCK_REALTIME) - sqs->now;
    sqs->random = (uint64_t)(sqs->now + sqs->wall_offset) | 1;
    sqs->next_deadline = INT64_MAX;
    sqs->answer_later = answer_later;
    sqs->context = server;

    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    server->signals = signalfd(-1, &ending, SFD_CLOEXEC);
    server->epoll = epoll_create1(EPOLL_CLOEXEC);
    require(server->signals >= 0 && server->epoll >= 0, "start");
    int sources[] = {server->signals, listener};
    for (int i = 0; i < 2; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = sources[i]};
        epoll_ctl(server->epoll, EPOLL_CTL_ADD, sources[i], &event);
    }

    struct epoll_event events[256];
    for (;;) {
        int count;
        wait_for_events(server, events, 256, &count);
        release_due(server);
        sqs_wake(sqs);
        resume(server);
        for (int i = 0; i < count; i++) {
            int socket = events[i].data.fd;
            if (socket == server->signals) return;
            if (socket == listener) {
                accept_connections(server);
                continue;
            }
            struct connection *connection = server->connections[socket];
            // An earlier event of this round may have ended the connection.
            if (!connection) continue;
            if (events[i].events & EPOLLOUT && !flush(server, connection)) continue;
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_connection(server, connection);
            resume(server);
        }
    }
}
