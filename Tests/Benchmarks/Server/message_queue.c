#include "message_queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint32_t no_slot = UINT32_MAX;

static void *grown(void *memory, size_t size) {
    memory = realloc(memory, size);
    if (!memory) {
        perror("bench-sqs-server: out of memory");
        exit(EXIT_FAILURE);
    }
    return memory;
}

// The ready messages: a list, so that one can be deleted from its middle.

static void append(struct message_queue *queue, struct message *message) {
    message->ready = true;
    message->next = NULL;
    message->previous = queue->last;
    *(queue->last ? &queue->last->next : &queue->first) = message;
    queue->last = message;
    queue->ready_count++;
}

static void unlink_ready(struct message_queue *queue, struct message *message) {
    *(message->previous ? &message->previous->next : &queue->first) = message->next;
    *(message->next ? &message->next->previous : &queue->last) = message->previous;
    message->ready = false;
    queue->ready_count--;
}

// The hidden messages: a binary heap by time, in which every message knows its position.

static void place(struct message_queue *queue, struct message *message, size_t position) {
    queue->heap[position] = message;
    message->heap_position = (uint32_t)position;
}

static void sift(struct message_queue *queue, struct message *message, size_t position) {
    while (position > 0 && queue->heap[(position - 1) / 2]->visible_at > message->visible_at) {
        place(queue, queue->heap[(position - 1) / 2], position);
        position = (position - 1) / 2;
    }
    for (;;) {
        size_t child = 2 * position + 1;
        if (child >= queue->hidden_count) break;
        if (child + 1 < queue->hidden_count && queue->heap[child + 1]->visible_at < queue->heap[child]->visible_at) child++;
        if (queue->heap[child]->visible_at >= message->visible_at) break;
        place(queue, queue->heap[child], position);
        position = child;
    }
    place(queue, message, position);
}

static void hide(struct message_queue *queue, struct message *message, instant visible_at) {
    if (queue->hidden_count == queue->heap_capacity) {
        queue->heap_capacity = queue->heap_capacity ? 2 * queue->heap_capacity : 1024;
        queue->heap = grown(queue->heap, queue->heap_capacity * sizeof *queue->heap);
    }
    message->visible_at = visible_at;
    if (message->receive_count) queue->in_flight_count++;
    sift(queue, message, queue->hidden_count++);
}

static void unhide(struct message_queue *queue, struct message *message) {
    if (message->receive_count) queue->in_flight_count--;
    struct message *last = queue->heap[--queue->hidden_count];
    if (last != message) sift(queue, last, message->heap_position);
}

// Slots.

static void take_slot(struct message_queue *queue, struct message *message) {
    uint32_t index = queue->first_free;
    if (index != no_slot) {
        queue->first_free = queue->slots[index].next_free;
    } else {
        if (queue->slot_count == queue->slot_capacity) {
            queue->slot_capacity = queue->slot_capacity ? 2 * queue->slot_capacity : 1024;
            queue->slots = grown(queue->slots, queue->slot_capacity * sizeof *queue->slots);
        }
        index = queue->slot_count++;
        queue->slots[index].generation = 0;
    }
    queue->slots[index].message = message;
    message->slot = index;
}

static void give_slot_back(struct message_queue *queue, uint32_t index) {
    queue->slots[index].message = NULL;
    queue->slots[index].generation++;
    queue->slots[index].next_free = queue->first_free;
    queue->first_free = index;
}

static void write_hex(char *out, uint32_t value) {
    for (int i = 7; i >= 0; i--, value >>= 4) out[i] = "0123456789abcdef"[value & 15];
}

static bool read_hex(const char *in, uint32_t *value) {
    *value = 0;
    for (int i = 0; i < 8; i++) {
        char digit = in[i];
        bool is_number = digit >= '0' && digit <= '9';
        if (!is_number && !(digit >= 'a' && digit <= 'f')) return false;
        *value = *value << 4 | (uint32_t)(is_number ? digit - '0' : digit - 'a' + 10);
    }
    return true;
}

// The queue.

void message_queue_make(struct message_queue *queue) { *queue = (struct message_queue){.first_free = no_slot}; }

struct message *message_make(size_t data_length) {
    struct message *message = grown(NULL, sizeof *message + data_length);
    memset(message, 0, sizeof *message);
    return message;
}

void message_queue_add(struct message_queue *queue, struct message *message, instant visible_at, instant now) {
    take_slot(queue, message);
    message->sent_at = now;
    if (visible_at > now) {
        hide(queue, message, visible_at);
    } else {
        append(queue, message);
    }
}

struct message *message_queue_receive(struct message_queue *queue, instant visible_at, instant now) {
    struct message *message = queue->first;
    if (!message) return NULL;
    unlink_ready(queue, message);
    if (message->receive_count++ == 0) message->first_received_at = now;
    hide(queue, message, visible_at);
    return message;
}

void message_queue_handle(const struct message_queue *queue, const struct message *message, char handle[HANDLE_LENGTH]) {
    write_hex(handle, message->slot);
    write_hex(handle + 8, queue->slots[message->slot].generation);
    write_hex(handle + 16, message->receive_count);
}

enum handle_state message_queue_find(
    const struct message_queue *queue, const char *handle, size_t length, struct message **message) {
    uint32_t index, generation, receive_count;
    if (length != HANDLE_LENGTH || !read_hex(handle, &index) || !read_hex(handle + 8, &generation) ||
        !read_hex(handle + 16, &receive_count) || index >= queue->slot_count) {
        return handle_malformed;
    }
    const struct slot *slot = &queue->slots[index];
    if (!slot->message || slot->generation != generation || slot->message->receive_count != receive_count) {
        return handle_stale;
    }
    *message = slot->message;
    return handle_valid;
}

void message_queue_change_visibility(
    struct message_queue *queue, struct message *message, instant visible_at, instant now) {
    unhide(queue, message);
    if (visible_at > now) {
        hide(queue, message, visible_at);
    } else {
        append(queue, message);
    }
}

void message_queue_delete(struct message_queue *queue, struct message *message) {
    if (message->ready) {
        unlink_ready(queue, message);
    } else {
        unhide(queue, message);
    }
    give_slot_back(queue, message->slot);
    free(message);
}

void message_queue_purge(struct message_queue *queue) {
    while (queue->first) message_queue_delete(queue, queue->first);
    while (queue->hidden_count) message_queue_delete(queue, queue->heap[queue->hidden_count - 1]);
}

void message_queue_wake(struct message_queue *queue, instant now) {
    while (queue->hidden_count && queue->heap[0]->visible_at <= now) {
        struct message *message = queue->heap[0];
        unhide(queue, message);
        append(queue, message);
    }
}

instant message_queue_next_wake(const struct message_queue *queue) {
    return queue->hidden_count ? queue->heap[0]->visible_at : INT64_MAX;
}
