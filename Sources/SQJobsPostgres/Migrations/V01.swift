extension PostgresMigration {
    /// States and outputs of jobs.
    ///
    /// A claim changes no column of an index, those of conditions included, so that it costs no change of one: "Heap-Only
    /// Tuples" in PostgreSQL's manual. That is why there is no index over the state: those who failed are found among
    /// those that have an error. Pages are not filled up, so that the new versions of rows find room beside the old.
    ///
    /// Errors and progress are JSON as text, for `jsonb` holds no NUL.
    static func v01(_ schema: PostgresSchema) -> PostgresMigration {
        let results = schema.qualified("results")
        return PostgresMigration(
            1, "results of jobs",
            [
                """
                CREATE TABLE \(results) (
                    id text COLLATE "C" PRIMARY KEY,
                    name text NOT NULL,
                    queue text NOT NULL,
                    state text NOT NULL CHECK (state IN ('PENDING', 'RUNNING', 'SUCCESS', 'FAILURE')),
                    attempt bigint NOT NULL DEFAULT 0,
                    token bigint NOT NULL DEFAULT 0,
                    created_at timestamptz NOT NULL,
                    started_at timestamptz,
                    updated_at timestamptz NOT NULL,
                    finished_at timestamptz,
                    next_attempt_at timestamptz,
                    lease_ends_at timestamptz,
                    progress text,
                    error text,
                    args bytea,
                    kwargs bytea,
                    output bytea
                ) WITH (
                    fillfactor = 70,
                    autovacuum_vacuum_scale_factor = 0.05,
                    autovacuum_analyze_scale_factor = 0.05
                )
                """,
                "CREATE INDEX results_created ON \(results) (created_at, id)",
                "CREATE INDEX results_unfinished ON \(results) (created_at, id) WHERE finished_at IS NULL",
                "CREATE INDEX results_finished ON \(results) (finished_at) WHERE finished_at IS NOT NULL",
                "CREATE INDEX results_failed ON \(results) (created_at, id) WHERE error IS NOT NULL",
            ])
    }
}
