/// The SQL function with which any client of the database enqueues a job within its own transaction.
enum EnqueueFunction {
    /// Its definition: `sqjobs_enqueue(queue, name, args, kwargs, options)`, which returns the job's id.
    ///
    /// The id is a UUID of version 7 (RFC 9562): one of version 4, with milliseconds in front and two bits of the version
    /// set. Options are `delay` in seconds, `at`, `id`, `group`, `deduplication_id` and `attributes`.
    static func definition(in schema: PostgresSchema) -> String {
        """
        CREATE FUNCTION \(schema.qualified("sqjobs_enqueue"))(
            queue text, name text, args jsonb DEFAULT '[]', kwargs jsonb DEFAULT '{}', options jsonb DEFAULT '{}'
        ) RETURNS text LANGUAGE plpgsql AS $function$
        DECLARE
            job_id text := coalesce(options ->> 'id', encode(set_bit(set_bit(overlay(
                uuid_send(gen_random_uuid())
                PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid::text);
        BEGIN
            IF coalesce(queue, '') = '' OR coalesce(name, '') = '' OR job_id = '' THEN
                RAISE EXCEPTION 'sqjobs_enqueue needs a queue and the name of a job, which are not empty';
            END IF;
            IF jsonb_typeof(args) IS DISTINCT FROM 'array' OR jsonb_typeof(kwargs) IS DISTINCT FROM 'object' THEN
                RAISE EXCEPTION 'sqjobs_enqueue needs an array as args and an object as kwargs';
            END IF;
            INSERT INTO \(schema.qualified("outbox")) (
                job_id, name, queue, args, kwargs, due_at, message_group, deduplication_id, attributes,
                is_prepared
            )
            VALUES (
                job_id, name, queue, convert_to(args::text, 'UTF8'), convert_to(kwargs::text, 'UTF8'),
                coalesce(
                    (options ->> 'at')::timestamptz,
                    clock_timestamp() + make_interval(secs => coalesce((options ->> 'delay')::double precision, 0))),
                options ->> 'group', options ->> 'deduplication_id',
                nullif(nullif(options ->> 'attributes', '[]'), '{}'), false
            );
            PERFORM pg_notify('\(ScheduleChannel.name(in: schema))', '');
            RETURN job_id;
        END
        $function$
        """
    }
}
