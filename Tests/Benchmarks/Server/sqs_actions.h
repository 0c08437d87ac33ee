#ifndef BENCH_SQS_ACTIONS_H
#define BENCH_SQS_ACTIONS_H

#include "request.h"
#include "sqs.h"

/// The queue that the request's URL names with its last part, whatever its host; NULL when there is none.
struct queue *queue_of(struct sqs *sqs, const struct request *request);

void refuse_missing_queue(struct response *response);

void create_queue(struct sqs *sqs, const struct request *request, struct response *response);
void get_queue_url(struct sqs *sqs, const struct request *request, struct response *response);
void get_queue_attributes(struct sqs *sqs, const struct request *request, struct response *response);
void purge_queue(struct sqs *sqs, const struct request *request, struct response *response);

/// False: it is a long poll that waits.
bool receive_message(
    struct sqs *sqs, const struct request *request, struct receive *receive, struct response *response);

/// Ends a long poll's wait with what there is.
void end_wait(struct sqs *sqs, struct receive *receive);

/// Answers long polls of the queue for as long as it has messages for them.
void answer_waiting(struct sqs *sqs, struct queue *queue);

/// What is done to one message of a request. Adds members to the JSON object that describes the result.
/// Returns NULL, or an error's code.
typedef const char *entry_function(struct sqs *sqs, struct queue *queue, const struct entry *entry, struct buffer *out);

entry_function send_entry, delete_entry, change_entry;

/// Carries a function out for the one entry of a single action, or for those of a batch.
void perform_single(
    struct sqs *sqs, const struct request *request, struct response *response, entry_function *function);
void perform_batch(
    struct sqs *sqs, const struct request *request, struct response *response, entry_function *function);

#endif
