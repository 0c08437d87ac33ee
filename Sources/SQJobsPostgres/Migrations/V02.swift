extension PostgresMigration {
    /// Schedules, the outbox and unique keys.
    ///
    /// What a beat looks for is in one index: schedules that fire, by their next times. The outbox is short and changes
    /// often, so it is vacuumed early, and its pages have room for rows that are claimed.
    static func v02(_ schema: PostgresSchema) -> PostgresMigration {
        let (schedules, outbox) = (schema.qualified("schedules"), schema.qualified("outbox"))
        let keys = schema.qualified("unique_keys")
        return PostgresMigration(
            2, "schedules and the outbox",
            [
                """
                CREATE TABLE \(schedules) (
                    name text COLLATE "C" PRIMARY KEY,
                    origin text NOT NULL CHECK (origin IN ('JOB', 'APP')),
                    state text NOT NULL CHECK (state IN ('ENABLED', 'DISABLED', 'GONE')),
                    job text NOT NULL,
                    queue text NOT NULL,
                    args bytea NOT NULL,
                    kwargs bytea NOT NULL,
                    expression text NOT NULL,
                    time_zone text NOT NULL,
                    missed_firings text NOT NULL,
                    lateness interval,
                    next_at timestamptz,
                    last_firing_at timestamptz
                ) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)
                """,
                """
                CREATE INDEX schedules_next ON \(schedules) (next_at) WHERE state = 'ENABLED' AND next_at IS NOT NULL
                """,
                """
                CREATE TABLE \(outbox) (
                    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    job_id text NOT NULL,
                    name text NOT NULL,
                    queue text NOT NULL,
                    args bytea NOT NULL,
                    kwargs bytea NOT NULL,
                    due_at timestamptz NOT NULL,
                    message_group text,
                    deduplication_id text,
                    attributes text,
                    ordering_key text COLLATE "C",
                    once_key text COLLATE "C" UNIQUE,
                    is_prepared boolean NOT NULL,
                    token bigint NOT NULL DEFAULT 0,
                    free_at timestamptz NOT NULL DEFAULT '-infinity',
                    refusals bigint NOT NULL DEFAULT 0,
                    error text
                ) WITH (
                    fillfactor = 70,
                    autovacuum_vacuum_scale_factor = 0.01,
                    autovacuum_analyze_scale_factor = 0.05
                )
                """,
                "CREATE INDEX outbox_due ON \(outbox) (due_at, number)",
                "CREATE INDEX outbox_order ON \(outbox) (ordering_key, number) WHERE ordering_key IS NOT NULL",
                """
                CREATE TABLE \(keys) (
                    key text COLLATE "C" PRIMARY KEY,
                    job_id text NOT NULL,
                    ends_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX unique_keys_end ON \(keys) (ends_at)",
                EnqueueFunction.definition(in: schema),
            ])
    }
}
