#include "in_flight.h"

#include <stdlib.h>

void run_in_flight(struct client *client, int count, next_request *next, void *context) {
    CURLM *multi = curl_multi_init();
    struct call *calls = malloc((size_t)count * sizeof *calls);
    int running = 0;
    for (int i = 0; i < count; i++) {
        call_make(&calls[i], client);
        calls[i].response_length = 0;
        if (next(&calls[i], context)) {
            curl_multi_add_handle(multi, calls[i].easy);
            running++;
        }
    }
    while (running) {
        int active, left;
        CURLMsg *message;
        curl_multi_perform(multi, &active);
        while ((message = curl_multi_info_read(multi, &left))) {
            CURL *easy = message->easy_handle;
            struct call *call;
            curl_easy_getinfo(easy, CURLINFO_PRIVATE, &call);
            call_check(call, message->data.result);
            curl_multi_remove_handle(multi, easy);
            if (next(call, context)) {
                curl_multi_add_handle(multi, easy);
            } else {
                running--;
            }
        }
        if (running) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    for (int i = 0; i < count; i++) call_free(&calls[i]);
    free(calls);
    curl_multi_cleanup(multi);
}
