// What no broker on PostgreSQL can be faster than: its statements through libpq, prepared, in one loop.
//
//     bench-broker-limit URL enqueue-one|enqueue-bulk|execute COUNT
//
// The tables and the queue `bench` must be there, in the schema `sqjobs`. Prints a line of JSON.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

enum { bulk = 1000, claimed = 100, body_size = 120, longest_list = 1 << 20 };

static const char insert[] =
    "INSERT INTO sqjobs.messages (queue, state, priority, sent_at, body)"
    " SELECT queue.id, 0, 0, clock_timestamp(), message.body"
    " FROM sqjobs.queues AS queue, unnest($1::text[]) AS message (body) WHERE queue.name = 'bench' RETURNING id";

static const char claim[] =
    "WITH taken AS MATERIALIZED ("
    " SELECT id FROM sqjobs.messages WHERE queue = (SELECT id FROM sqjobs.queues WHERE name = 'bench') AND state = 0"
    " ORDER BY priority DESC, id LIMIT $1::int FOR UPDATE SKIP LOCKED)"
    " UPDATE sqjobs.messages AS message SET state = 2, visible_at = clock_timestamp() + interval '30 s',"
    " token = token + 1, receives = receives + 1"
    " FROM taken WHERE message.id = taken.id"
    " RETURNING message.id, token, receives, sent_at, group_key, attributes, body";

static const char erase[] =
    "DELETE FROM sqjobs.messages AS message USING unnest($1::bigint[], $2::bigint[]) AS given (id, token)"
    " WHERE message.id = given.id AND message.token = given.token RETURNING message.id";

static PGconn *connection;

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void prepare(const char *name, const char *sql) {
    PGresult *result = PQprepare(connection, name, sql, 0, NULL);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        fprintf(stderr, "bench-broker-limit: %s\n", PQerrorMessage(connection));
        exit(EXIT_FAILURE);
    }
    PQclear(result);
}

static PGresult *run(const char *name, int count, const char *const *values) {
    PGresult *result = PQexecPrepared(connection, name, count, values, NULL, NULL, 0);
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0) return result;
    fprintf(stderr, "bench-broker-limit: nothing done. %s\n", PQerrorMessage(connection));
    exit(EXIT_FAILURE);
}

static long enqueue(long count, long batch) {
    static char bodies[longest_list];
    char body[body_size + 1];
    memset(body, 'a', body_size);
    body[body_size] = 0;
    char *at = bodies;
    for (long n = 0; n < batch; n++) at += sprintf(at, "%c%s", n ? ',' : '{', body);
    strcpy(at, "}");
    const char *values[] = {bodies};
    for (long n = 0; n < count / batch; n++) PQclear(run("insert", 1, values));
    return count / batch * batch;
}

static long execute(long count) {
    static char ids[longest_list], tokens[longest_list];
    char number[16];
    sprintf(number, "%d", claimed);
    const char *limit[] = {number};
    long done = 0;
    while (done < count) {
        PGresult *result = run("claim", 1, limit);
        char *id = ids, *token = tokens;
        for (int row = 0; row < PQntuples(result); row++) {
            id += sprintf(id, "%c%s", row ? ',' : '{', PQgetvalue(result, row, 0));
            token += sprintf(token, "%c%s", row ? ',' : '{', PQgetvalue(result, row, 1));
        }
        strcpy(id, "}");
        strcpy(token, "}");
        done += PQntuples(result);
        PQclear(result);
        const char *values[] = {ids, tokens};
        PQclear(run("erase", 2, values));
    }
    return done;
}

int main(int argc, char **argv) {
    long count = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
    if (count < bulk) {
        fputs("usage: bench-broker-limit URL enqueue-one|enqueue-bulk|execute COUNT\n", stderr);
        return 64;
    }
    connection = PQconnectdb(argv[1]);
    if (PQstatus(connection) != CONNECTION_OK) {
        fputs(PQerrorMessage(connection), stderr);
        return EXIT_FAILURE;
    }
    prepare("insert", insert);
    prepare("claim", claim);
    prepare("erase", erase);
    if (strcmp(argv[2], "execute") == 0) count = enqueue(count, bulk);
    double began = seconds();
    if (strcmp(argv[2], "execute") == 0) {
        count = execute(count);
    } else {
        count = enqueue(count, strcmp(argv[2], "enqueue-one") == 0 ? 1 : bulk);
    }
    double took = seconds() - began;
    printf("{\"count\":%ld,\"seconds\":%.6f,\"per_second\":%.1f}\n", count, took, (double)count / took);
    PQfinish(connection);
    return 0;
}
