extension SQLiteMigration {
    /// Schedules, the outbox and unique keys. Times are microseconds since 1970.
    ///
    /// What a beat looks for is in one index: schedules that fire, by their next times. A row's number never comes again,
    /// for it tells in which order entries were put in.
    static let v02 = SQLiteMigration(
        2, "schedules and the outbox",
        """
        CREATE TABLE sqjobs_schedules (
            name TEXT NOT NULL PRIMARY KEY,
            origin TEXT NOT NULL CHECK (origin IN ('JOB', 'APP')),
            state TEXT NOT NULL CHECK (state IN ('ENABLED', 'DISABLED', 'GONE')),
            job TEXT NOT NULL,
            queue TEXT NOT NULL,
            args BLOB NOT NULL,
            kwargs BLOB NOT NULL,
            expression TEXT NOT NULL,
            time_zone TEXT NOT NULL,
            missed_firings TEXT NOT NULL,
            lateness INTEGER,
            next_at INTEGER,
            last_firing_at INTEGER
        );
        CREATE INDEX sqjobs_schedules_next ON sqjobs_schedules (next_at)
            WHERE state = 'ENABLED' AND next_at IS NOT NULL;
        CREATE TABLE sqjobs_outbox (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            job_id TEXT NOT NULL,
            name TEXT NOT NULL,
            queue TEXT NOT NULL,
            args BLOB NOT NULL,
            kwargs BLOB NOT NULL,
            due_at INTEGER NOT NULL,
            message_group TEXT,
            deduplication_id TEXT,
            attributes TEXT,
            ordering_key TEXT,
            once_key TEXT UNIQUE,
            is_prepared INTEGER NOT NULL,
            token INTEGER NOT NULL DEFAULT 0,
            free_at INTEGER NOT NULL DEFAULT 0,
            refusals INTEGER NOT NULL DEFAULT 0,
            error TEXT
        );
        CREATE INDEX sqjobs_outbox_due ON sqjobs_outbox (due_at, number);
        CREATE INDEX sqjobs_outbox_order ON sqjobs_outbox (ordering_key, number) WHERE ordering_key IS NOT NULL;
        CREATE TABLE sqjobs_unique_keys (
            key TEXT NOT NULL PRIMARY KEY,
            job_id TEXT NOT NULL,
            ends_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX sqjobs_unique_keys_end ON sqjobs_unique_keys (ends_at);
        """)
}
