// An SQS-speaking server for benchmarks: one thread, everything in memory, AWS JSON 1.0 on 127.0.0.1.
//
// It knows standard queues and the actions of a worker and a producer; it checks no signatures and keeps nothing.

#include "server.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const char usage[] =
    "usage: bench-sqs-server [--port N] [--latency-ms N]\n"
    "\n"
    "  --port N        the port on 127.0.0.1; 0 (the default) takes a free one\n"
    "  --latency-ms N  holds every response back for so long, without limiting how many are under way\n"
    "\n"
    "Prints \"ready http://127.0.0.1:PORT\" once it listens, and ends on SIGTERM or SIGINT.\n"
    "GET /stats tells how many requests came by action, POST /stats/reset begins to count anew.\n";

static int listen_on(int port, int *taken) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 1024) ||
        getsockname(listener, (struct sockaddr *)&address, &length)) {
        perror("bench-sqs-server: listen");
        exit(EXIT_FAILURE);
    }
    *taken = ntohs(address.sin_port);
    return listener;
}

int main(int argc, char **argv) {
    long port = 0, latency = 0;
    for (int i = 1; i < argc; i += 2) {
        char *end = "";
        long value = i + 1 < argc ? strtol(argv[i + 1], &end, 10) : -1;
        bool known = !strcmp(argv[i], "--port") || !strcmp(argv[i], "--latency-ms");
        if (!known || value < 0 || *end) {
            fputs(usage, stderr);
            return 64;
        }
        *(!strcmp(argv[i], "--port") ? &port : &latency) = value;
    }

    int taken;
    int listener = listen_on((int)port, &taken);
    printf("ready http://127.0.0.1:%d\n", taken);
    fflush(stdout);

    static struct server server;
    server_run(&server, listener, taken, latency * 1000);
    return 0;
}
