#include "in_flight.h"
#include "loops.h"

#include <openssl/evp.h>
#include <stdio.h>

/// The body of a job's message as a producer makes it: JSON in base64.
static void encode_job(long number, char *encoded) {
    char json[256];
    int length = snprintf(
        json, sizeof json,
        "{\"id\":\"01900000-0000-7000-8000-%012lx\",\"name\":\"adder\",\"args\":[%ld,1],\"kwargs\":{}}", number, number);
    EVP_EncodeBlock((unsigned char *)encoded, (const unsigned char *)json, length);
}

void send_one_by_one(struct client *client, long count) {
    static struct call call;
    char body[512];
    call_make(&call, client);
    for (long number = 0; number < count; number++) {
        encode_job(number, body);
        call_begin(&call);
        call_add(&call, ",\"MessageBody\":\"%s\"", body);
        call_perform(&call, "SendMessage");
    }
    call_free(&call);
}

struct sending {
    long sent, count;
};

static bool next_batch(struct call *call, void *context) {
    struct sending *sending = context;
    char body[512];
    if (sending->sent == sending->count) return false;
    call_begin(call);
    call_add(call, ",\"Entries\":[");
    for (int i = 0; i < batch && sending->sent < sending->count; i++) {
        encode_job(sending->sent++, body);
        call_add(call, "%s{\"Id\":\"%d\",\"MessageBody\":\"%s\"}", i ? "," : "", i, body);
    }
    call_add(call, "]");
    call_sign(call, "SendMessageBatch");
    return true;
}

void send_in_batches(struct client *client, long count, int in_flight) {
    struct sending sending = {.count = count};
    run_in_flight(client, in_flight, next_batch, &sending);
}
