extension SQLiteMigration {
    /// States and outputs of jobs. Times are microseconds since 1970.
    ///
    /// A job's way through the table costs few changes of indexes: one when it is inserted, one when it finishes, none
    /// when it is claimed. That is why there is no index over the state; failures, which are few, have one of their own.
    static let v01 = SQLiteMigration(
        1, "results of jobs",
        """
        CREATE TABLE sqjobs_results (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            queue TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('PENDING', 'RUNNING', 'SUCCESS', 'FAILURE')),
            attempt INTEGER NOT NULL DEFAULT 0,
            token INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL,
            started_at INTEGER,
            updated_at INTEGER NOT NULL,
            finished_at INTEGER,
            next_attempt_at INTEGER,
            lease_ends_at INTEGER,
            progress TEXT,
            error TEXT,
            args BLOB,
            kwargs BLOB,
            output BLOB
        );
        CREATE INDEX sqjobs_results_created ON sqjobs_results (created_at, id);
        CREATE INDEX sqjobs_results_unfinished ON sqjobs_results (created_at, id) WHERE finished_at IS NULL;
        CREATE INDEX sqjobs_results_finished ON sqjobs_results (finished_at) WHERE finished_at IS NOT NULL;
        CREATE INDEX sqjobs_results_failed ON sqjobs_results (created_at, id) WHERE state = 'FAILURE';
        """)
}
