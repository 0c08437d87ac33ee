extension SQLiteMigration {
    /// Queues and their messages. Times are microseconds since 1970.
    ///
    /// A message's `state` is 0 while it waits, 1 while it is held back until `visible_at`, 2 while it is held until then, and
    /// 3 while it is behind others of its ordered group. What waits and what is held are in indexes of their own, so that a
    /// claim finds its messages at the index's beginning, however many others there are. `token` grows whenever a message
    /// is received or released: a receipt with an older one is stale. An id is never used again, for it is in receipts too.
    static let v03 = SQLiteMigration(
        3, "queues of the broker",
        """
        CREATE TABLE sqjobs_queues (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            visibility INTEGER NOT NULL,
            is_ordered INTEGER NOT NULL,
            maximum_receives INTEGER,
            is_paused INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE sqjobs_messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            queue INTEGER NOT NULL,
            state INTEGER NOT NULL,
            priority INTEGER NOT NULL,
            visible_at INTEGER,
            token INTEGER NOT NULL DEFAULT 0,
            receives INTEGER NOT NULL DEFAULT 0,
            sent_at INTEGER NOT NULL,
            group_key TEXT,
            attributes TEXT,
            body TEXT NOT NULL
        );
        CREATE INDEX sqjobs_messages_waiting ON sqjobs_messages (queue, priority DESC, id) WHERE state = 0;
        CREATE INDEX sqjobs_messages_timed ON sqjobs_messages (queue, visible_at) WHERE state IN (1, 2);
        CREATE INDEX sqjobs_messages_groups ON sqjobs_messages (queue, group_key, id) WHERE group_key IS NOT NULL;
        CREATE TABLE sqjobs_dead (
            id INTEGER PRIMARY KEY,
            queue INTEGER NOT NULL,
            priority INTEGER NOT NULL,
            sent_at INTEGER NOT NULL,
            died_at INTEGER NOT NULL,
            reason TEXT,
            group_key TEXT,
            attributes TEXT,
            body TEXT NOT NULL
        );
        CREATE INDEX sqjobs_dead_queue ON sqjobs_dead (queue, id);
        CREATE TABLE sqjobs_repeats (
            queue INTEGER NOT NULL,
            id TEXT NOT NULL,
            message INTEGER NOT NULL,
            ends_at INTEGER NOT NULL,
            PRIMARY KEY (queue, id)
        ) WITHOUT ROWID;
        CREATE INDEX sqjobs_repeats_ends ON sqjobs_repeats (ends_at);
        """)
}
