#ifndef BENCH_IN_FLIGHT_H
#define BENCH_IN_FLIGHT_H

#include "client.h"

#include <stdbool.h>

/// Prepares the next request of a call, whose last response (if it had one) is there. False: the call is done.
typedef bool next_request(struct call *call, void *context);

/// Runs calls side by side through one curl_multi handle until all are done.
void run_in_flight(struct client *client, int count, next_request *next, void *context);

#endif
