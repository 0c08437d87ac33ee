// What no store on PostgreSQL can be faster than: the statements of a claim and of a completion through libpq, so many
// rows in a statement, in one loop.
//
//     bench-postgres-limit URL COUNT BATCH
//
// The tables must be there, in the schema `sqjobs`. Prints a line of JSON.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

enum { longest_list = 1 << 20 };

static const char insert[] =
    "INSERT INTO sqjobs.results (id, name, queue, state, created_at, updated_at)"
    " SELECT 'limit-' || n, 'noop', 'bench', 'PENDING', clock_timestamp(), clock_timestamp()"
    " FROM generate_series(0, $1::int - 1) AS n";

static const char claim[] =
    "WITH now AS MATERIALIZED (SELECT clock_timestamp() AS time)"
    " INSERT INTO sqjobs.results AS result"
    " (id, name, queue, state, attempt, token, created_at, started_at, updated_at, lease_ends_at)"
    " SELECT job.id, 'noop', 'bench', 'RUNNING', 1, 1, now.time, now.time, now.time, now.time + interval '30 s'"
    " FROM now, unnest($1::text[]) AS job (id) ORDER BY job.id COLLATE \"C\""
    " ON CONFLICT (id) DO UPDATE SET state = 'RUNNING', attempt = result.attempt + 1, token = result.token + 1,"
    " started_at = excluded.started_at, updated_at = excluded.updated_at, finished_at = NULL, next_attempt_at = NULL,"
    " lease_ends_at = excluded.lease_ends_at, progress = NULL"
    " WHERE result.state IN ('PENDING', 'FAILURE')"
    " OR (result.state = 'RUNNING' AND result.lease_ends_at <= excluded.started_at)"
    " RETURNING id, token, attempt";

static const char complete[] =
    "WITH now AS MATERIALIZED (SELECT clock_timestamp() AS time),"
    " held AS MATERIALIZED ("
    " SELECT result.id FROM sqjobs.results AS result"
    " JOIN unnest($1::text[], $2::bigint[]) AS ending (id, token) USING (id, token)"
    " ORDER BY result.id FOR NO KEY UPDATE OF result)"
    " UPDATE sqjobs.results AS result SET state = 'SUCCESS', output = 'null', updated_at = now.time,"
    " finished_at = now.time, lease_ends_at = NULL"
    " FROM held, now WHERE result.id = held.id RETURNING result.id";

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void require(PGconn *connection, PGresult *result, ExecStatusType status, int rows) {
    if (PQresultStatus(result) == status && (rows < 0 || PQntuples(result) == rows)) return;
    fprintf(stderr, "bench-postgres-limit: %s\n", PQerrorMessage(connection));
    exit(EXIT_FAILURE);
}

int main(int argc, char **argv) {
    long count = argc == 4 ? strtol(argv[2], NULL, 10) : 0;
    long batch = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
    if (count < 1 || batch < 1 || batch > 10000) {
        fputs("usage: bench-postgres-limit URL COUNT BATCH\n", stderr);
        return 64;
    }
    PGconn *connection = PQconnectdb(argv[1]);
    if (PQstatus(connection) != CONNECTION_OK) {
        fputs(PQerrorMessage(connection), stderr);
        return EXIT_FAILURE;
    }
    const char *total[] = {argv[2]};
    PQclear(PQexec(connection, "TRUNCATE sqjobs.results"));
    PGresult *result = PQexecParams(connection, insert, 1, NULL, total, NULL, NULL, 0);
    require(connection, result, PGRES_COMMAND_OK, -1);
    PQclear(result);
    PQclear(PQprepare(connection, "claim", claim, 0, NULL));

    static char ids[longest_list], tokens[longest_list];
    double began = seconds();
    for (long first = 0; first < count; first += batch) {
        long end = first + batch < count ? first + batch : count;
        char *at = ids;
        for (long n = first; n < end; n++) at += sprintf(at, "%climit-%ld", n == first ? '{' : ',', n);
        strcpy(at, "}");
        const char *claimed[] = {ids};
        result = PQexecPrepared(connection, "claim", 1, claimed, NULL, NULL, 0);
        require(connection, result, PGRES_TUPLES_OK, (int)(end - first));
        char *id = ids, *token = tokens;
        for (int row = 0; row < PQntuples(result); row++) {
            id += sprintf(id, "%c%s", row ? ',' : '{', PQgetvalue(result, row, 0));
            token += sprintf(token, "%c%s", row ? ',' : '{', PQgetvalue(result, row, 1));
        }
        strcpy(id, "}");
        strcpy(token, "}");
        PQclear(result);
        const char *completed[] = {ids, tokens};
        result = PQexecParams(connection, complete, 2, NULL, completed, NULL, NULL, 0);
        require(connection, result, PGRES_TUPLES_OK, (int)(end - first));
        PQclear(result);
    }
    double took = seconds() - began;
    printf("{\"count\":%ld,\"seconds\":%.6f,\"per_second\":%.1f}\n", count, took, (double)count / took);
    PQfinish(connection);
    return 0;
}
