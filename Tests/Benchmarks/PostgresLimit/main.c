/*
 * What no store on PostgreSQL can be faster than: the statements of a claim and of a completion through libpq in one loop,
 * so many rows in each.
 *
 *     bench-postgres-limit URL COUNT BATCH
 *
 * The schema “sqjobs” must be there, migrated and empty. Prints a line of JSON. The statements do no more than they must:
 * no row is locked in an order, no plan is made anew, and nobody is notified.
 */
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LONGEST_VALUE = 48 };

static PGconn *connection;

static void fail(const char *what) {
    fprintf(stderr, "bench-postgres-limit: %s: %s\n", what, PQerrorMessage(connection));
    exit(1);
}

static void expect(PGresult *result, int rows) {
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail("a statement failed");
    if (rows >= 0 && PQntuples(result) != rows) fail("a statement met too few rows");
    PQclear(result);
}

/* An array of as many values as a batch has, made with a format that may have a place for the row's number. */
static char *list(const char *format, int first, int count) {
    char *text = malloc((size_t)count * LONGEST_VALUE + 3);
    if (!text) fail("memory is out");
    char *end = text;
    *end++ = '{';
    for (int number = first; number < first + count; number++) {
        if (number > first) *end++ = ',';
        end += snprintf(end, LONGEST_VALUE, format, number);
    }
    *end++ = '}';
    *end = 0;
    return text;
}

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static const char *INSERT =
    "INSERT INTO sqjobs.results (id, name, queue, state, created_at, updated_at)"
    " SELECT id, 'noop', 'bench', 'PENDING', now(), now() FROM unnest($1::text[]) AS id";

static const char *CLAIM =
    "INSERT INTO sqjobs.results AS result"
    " (id, name, queue, state, attempt, token, created_at, started_at, updated_at, lease_ends_at)"
    " SELECT id, 'noop', 'bench', 'RUNNING', 1, 1, now(), now(), now(), now() + interval '30 s'"
    " FROM unnest($1::text[]) AS id"
    " ON CONFLICT (id) DO UPDATE SET state = 'RUNNING', attempt = result.attempt + 1, token = result.token + 1,"
    " started_at = excluded.started_at, updated_at = excluded.updated_at, lease_ends_at = excluded.lease_ends_at"
    " WHERE result.state = 'PENDING' RETURNING id, token, attempt";

static const char *COMPLETE =
    "UPDATE sqjobs.results AS result SET state = 'SUCCESS', output = ending.output, updated_at = now(),"
    " finished_at = now(), lease_ends_at = NULL"
    " FROM unnest($1::text[], $2::bigint[], $3::bytea[]) AS ending (id, token, output)"
    " WHERE result.id = ending.id AND result.token = ending.token RETURNING result.id";

static void execute(const char *name, int values, char *const *texts, int rows) {
    expect(PQexecPrepared(connection, name, values, (const char *const *)texts, NULL, NULL, 1), rows);
}

int main(int count_of_arguments, char **arguments) {
    if (count_of_arguments != 4) {
        fprintf(stderr, "usage: bench-postgres-limit URL COUNT BATCH\n");
        return 64;
    }
    int count = atoi(arguments[2]), batch = atoi(arguments[3]);
    if (count < 1 || batch < 1) return 64;
    connection = PQconnectdb(arguments[1]);
    if (PQstatus(connection) != CONNECTION_OK) fail("no connection");
    expect(PQprepare(connection, "insert", INSERT, 0, NULL), -1);
    expect(PQprepare(connection, "claim", CLAIM, 0, NULL), -1);
    expect(PQprepare(connection, "complete", COMPLETE, 0, NULL), -1);
    count -= count % batch;
    for (int first = 0; first < count; first += batch) {
        char *ids = list("limit-%d", first, batch);
        execute("insert", 1, &ids, -1);
        free(ids);
    }
    double start = seconds();
    for (int first = 0; first < count; first += batch) {
        char *ids = list("limit-%d", first, batch), *tokens = list("1", 0, batch);
        char *outputs = list("\"\\\\x6e756c6c\"", 0, batch);
        execute("claim", 1, &ids, batch);
        execute("complete", 3, (char *[]){ids, tokens, outputs}, batch);
        free(ids);
        free(tokens);
        free(outputs);
    }
    double taken = seconds() - start;
    printf("{\"count\":%d,\"seconds\":%.6f,\"per_second\":%.1f}\n", count, taken, count / taken);
    PQfinish(connection);
    return 0;
}
