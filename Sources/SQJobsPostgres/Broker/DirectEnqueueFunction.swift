/// `sqjobs_enqueue`, by which any client of PostgreSQL enqueues in its own transaction: straight onto a queue that is in
/// this database, and into the outbox for any other. It is part of a migration: once released it is never changed here,
/// but replaced by a later one.
enum DirectEnqueueFunction {
    /// The statement that gives way to it: what was `sqjobs_enqueue` before, and knew the outbox alone.
    static func renamingSQL(in schema: PostgresSchema) -> String {
        """
        ALTER FUNCTION \(schema.qualified("sqjobs_enqueue"))(text, text, jsonb, jsonb, jsonb)
        RENAME TO sqjobs_enqueue_in_outbox
        """
    }

    /// The statement that makes it.
    ///
    /// - Parameter schema: The schema that it and its tables are in.
    static func sql(in schema: PostgresSchema) -> String {
        """
        CREATE FUNCTION \(schema.qualified("sqjobs_enqueue"))(
            queue text, name text, args json DEFAULT '[]', kwargs json DEFAULT '{}', options json DEFAULT '{}'
        ) RETURNS text LANGUAGE plpgsql AS $function$
        DECLARE
            known constant text[] := ARRAY[
                'id', 'delay', 'at', 'priority', 'group', 'deduplication_id', 'attributes'
            ];
            the_queue record;
            unknown text;
            job text;
            body text;
            attributes text;
            starts_at timestamptz;
            the_group text;
            repeat_id text;
            message bigint;
            first bigint;
            state smallint := 0;
            priority smallint;
            size bigint;
        BEGIN
            options := coalesce(options, '{}');
            IF json_typeof(options) <> 'object' THEN
                RAISE EXCEPTION 'sqjobs_enqueue: the options are no JSON object: give {"delay": 60}, for example';
            END IF;
            SELECT key INTO unknown FROM json_object_keys(options) AS key WHERE key <> ALL (known) LIMIT 1;
            IF unknown IS NOT NULL THEN
                RAISE EXCEPTION 'sqjobs_enqueue: there is no option "%": use %', unknown, array_to_string(known, ', ');
            END IF;
            IF coalesce(name, '') = '' THEN
                RAISE EXCEPTION 'sqjobs_enqueue: the job has no name: give the one that the workers know it by';
            END IF;
            args := coalesce(args, '[]');
            kwargs := coalesce(kwargs, '{}');
            -- PHP writes an empty map as [].
            IF json_typeof(kwargs) = 'array' AND json_array_length(kwargs) = 0 THEN kwargs := '{}'; END IF;
            IF json_typeof(args) <> 'array' OR json_typeof(kwargs) <> 'object' THEN
                RAISE EXCEPTION 'sqjobs_enqueue: args must be a JSON array, and kwargs a JSON object';
            END IF;

            attributes := nullif(nullif(options ->> 'attributes', '[]'), '{}');
            -- One that is no text could be read by no worker, and would be in the way of what is received with it.
            IF attributes IS NOT NULL THEN
                IF json_typeof(options -> 'attributes') <> 'object' OR EXISTS (
                    SELECT FROM json_each(options -> 'attributes') AS one WHERE json_typeof(one.value) <> 'string'
                ) THEN
                    RAISE EXCEPTION 'sqjobs_enqueue: attributes must be a JSON object of texts';
                END IF;
            END IF;
            priority := coalesce((options ->> 'priority')::smallint, 0);

            -- Whoever removes the queue waits for this transaction, and takes its message along.
            SELECT q.id, q.is_ordered INTO the_queue FROM \(schema.qualified("queues")) AS q
                WHERE q.name = sqjobs_enqueue.queue FOR KEY SHARE;
            IF NOT FOUND THEN
                IF priority <> 0 THEN
                    RAISE EXCEPTION
                        'sqjobs_enqueue: the queue "%" is not in this database, where alone there are priorities', queue;
                END IF;
                RETURN \(schema.qualified("sqjobs_enqueue_in_outbox"))(
                    queue, name, args::jsonb, kwargs::jsonb, options::jsonb);
            END IF;

            job := coalesce(nullif(options ->> 'id', ''), \(schema.qualified("sqjobs_id"))());
            -- Exactly these keys in this order, and base64 without line ends, is what every reader of the queue knows.
            body := replace(
                encode(
                    convert_to(
                        format(
                            '{"id":%s,"name":%s,"args":%s,"kwargs":%s}', to_json(job), to_json(name), args, kwargs),
                        'UTF8'),
                    'base64'),
                E'\\n', '');
            size := octet_length(body) + coalesce(octet_length(attributes), 0);
            IF size > \(PostgresBroker.largestMessage) THEN
                RAISE EXCEPTION 'sqjobs_enqueue: the message has % bytes and the queue holds at most %', size,
                    \(PostgresBroker.largestMessage);
            END IF;
            starts_at := coalesce(
                (options ->> 'at')::timestamptz,
                clock_timestamp() + (options ->> 'delay')::double precision * interval '1 second');
            IF starts_at <= clock_timestamp() THEN starts_at := NULL; END IF;
            IF starts_at IS NOT NULL THEN state := 1; END IF;
            the_group := options ->> 'group';

            IF the_queue.is_ordered THEN
                IF priority <> 0 THEN
                    RAISE EXCEPTION 'sqjobs_enqueue: the queue "%" has ordered groups and no priorities', queue;
                END IF;
                PERFORM 1 FROM \(schema.qualified("queues")) AS q WHERE q.id = the_queue.id FOR NO KEY UPDATE;
                the_group := coalesce(the_group, name);
                repeat_id := coalesce(options ->> 'deduplication_id', job);
                message := nextval(pg_get_serial_sequence('\(schema.qualified("messages"))', 'id'));
                DELETE FROM \(schema.qualified("repeats")) AS r WHERE r.ends_at <= clock_timestamp();
                INSERT INTO \(schema.qualified("repeats")) AS r (queue, id, message, ends_at)
                    VALUES (the_queue.id, repeat_id, message, clock_timestamp() + interval '5 minutes')
                    ON CONFLICT DO NOTHING;
                SELECT r.message INTO first FROM \(schema.qualified("repeats")) AS r
                    WHERE r.queue = the_queue.id AND r.id = repeat_id;
                IF first <> message THEN RETURN job; END IF;
                PERFORM 1 FROM \(schema.qualified("messages")) AS m
                    WHERE m.queue = the_queue.id AND m.group_key = the_group LIMIT 1;
                IF FOUND THEN state := 3; END IF;
                INSERT INTO \(schema.qualified("messages")) AS m (
                    id, queue, state, priority, visible_at, sent_at, group_key, attributes, body
                ) VALUES (
                    message, the_queue.id, state, priority, starts_at, clock_timestamp(), the_group, attributes, body
                );
            ELSE
                IF the_group IS NOT NULL THEN
                    RAISE EXCEPTION 'sqjobs_enqueue: the queue "%" has no ordered groups: leave the group out', queue;
                END IF;
                INSERT INTO \(schema.qualified("messages")) AS m (
                    queue, state, priority, visible_at, sent_at, attributes, body
                ) VALUES (the_queue.id, state, priority, starts_at, clock_timestamp(), attributes, body);
            END IF;
            -- Nobody knows when this transaction ends, so whoever may wait by then is told; once a transaction.
            PERFORM pg_notify(\(QueueChannel.sqlName(in: schema, of: "the_queue.id")), '');
            RETURN job;
        END
        $function$
        """
    }

    /// The statement that makes `sqjobs_id`, which makes ids of jobs: UUIDs of version 7.
    static func idSQL(in schema: PostgresSchema) -> String {
        """
        CREATE FUNCTION \(schema.qualified("sqjobs_id"))() RETURNS text LANGUAGE sql VOLATILE AS $function$
            SELECT substr(time.hex, 1, 8) || '-' || substr(time.hex, 9, 4) || '-7' || substr(random.hex, 16)
            FROM
                (SELECT lpad(to_hex(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')) AS time (hex),
                (SELECT gen_random_uuid()::text) AS random (hex)
        $function$
        """
    }
}
