import Foundation
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("Statements and pipelines", .timeLimit(.minutes(2)))
struct PostgresStatementTests {
    private func prepared(_ connection: PostgresConnection, like text: String) async throws -> Int {
        try await connection.execute(
            PostgresStatement("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE $1", .text(text))
        )[0].value(0)
    }

    private func count(_ table: String, _ connection: PostgresConnection) async throws -> Int {
        try await connection.execute(PostgresStatement("SELECT count(*) FROM \(table)"))[0].value(0)
    }

    private func table(_ connection: PostgresConnection) async throws -> String {
        let name = freshName()
        _ = try await connection.execute(PostgresStatement("CREATE TEMPORARY TABLE \(name) (id bigint PRIMARY KEY)"))
        return name
    }

    @Test("a statement is prepared once a connection, whatever its values")
    func preparedOnce() async throws {
        let connection = try await TestServer.shared().connect()
        for number in 1...3 {
            let rows = try await connection.execute(PostgresStatement("SELECT $1 AS once", .integer(number)))
            #expect(try rows[0].value("once") == number)
        }
        let same = PostgresStatement("SELECT $1 AS twice", .integer(1))
        _ = try await connection.pipeline([same, same])
        #expect(try await prepared(connection, like: "%AS once") == 1)
        #expect(try await prepared(connection, like: "%AS twice") == 1)
    }

    @Test("one text with values of other types is another statement")
    func typesCount() async throws {
        let connection = try await TestServer.shared().connect()
        let number = try await connection.execute(PostgresStatement("SELECT $1 AS either", .integer(7)))
        let text = try await connection.execute(PostgresStatement("SELECT $1 AS either", .text("seven")))
        #expect(try number[0].value("either") == 7)
        #expect(try text[0].value("either") == "seven")
    }

    @Test("any number of texts can be used, and the server keeps a bounded number")
    func manyTexts() async throws {
        let connection = try await TestServer.shared().connect()
        for number in 0..<300 {
            let rows = try await connection.execute(PostgresStatement("SELECT \(number) + $1", .integer(1)))
            #expect(try rows[0].value(0) == number + 1)
        }
        #expect(try await prepared(connection, like: "%") == 256)
    }

    @Test("a statement that cannot be prepared leaves the connection well, and can be prepared later")
    func failedPreparation() async throws {
        let connection = try await TestServer.shared().connect()
        let name = freshName()
        let statement = PostgresStatement("INSERT INTO \(name) VALUES ($1)", .integer(1))
        let error = await #expect(throws: PostgresError.self) { try await connection.execute(statement) }
        #expect(error?.state == "42P01")
        #expect(error?.kind == .refused)
        _ = try await connection.execute(PostgresStatement("CREATE TEMPORARY TABLE \(name) (id bigint)"))
        #expect(try await connection.execute(statement).affected == 1)
    }

    @Test("after a migration changed a prepared statement's columns, the pool goes on with a new connection")
    func stalePlan() async throws {
        let name = freshName()
        try await TestServer.shared().withPool("pool=1") { pool in
            _ = try await pool.execute(PostgresStatement("CREATE TABLE \(name) (id bigint)"))
            let statement = PostgresStatement("SELECT * FROM \(name)")
            _ = try await pool.execute(statement)
            _ = try await pool.execute(PostgresStatement("ALTER TABLE \(name) ADD COLUMN more text"))
            await #expect(throws: PostgresError.self) { try await pool.execute(statement) }
            #expect(try await pool.execute(statement).count == 0)
        }
    }

    @Test("a pipeline is one transaction: an error in the middle leaves nothing, and is the one that is thrown")
    func pipelineFails() async throws {
        let connection = try await TestServer.shared().connect()
        let name = try await table(connection)
        let insert = "INSERT INTO \(name) VALUES ($1)"
        let error = await #expect(throws: PostgresError.self) {
            try await connection.pipeline([
                PostgresStatement(insert, .integer(1)), PostgresStatement(insert, .integer(1)),
                PostgresStatement("SELECT 1/0"), PostgresStatement(insert, .integer(2)),
            ])
        }
        #expect(error?.isUniqueViolation == true)
        #expect(error?.constraint == "\(name)_pkey")
        #expect(try await count(name, connection) == 0)
        #expect(!connection.isInTransaction)
    }

    @Test("statements that are attempted stand one by one")
    func attempt() async throws {
        let connection = try await TestServer.shared().connect()
        let name = try await table(connection)
        let insert = "INSERT INTO \(name) VALUES ($1) RETURNING id"
        let outcomes = try await connection.attempt([1, 1, 2].map { PostgresStatement(insert, .integer($0)) })
        #expect(try outcomes[0].get()[0].value("id") == 1)
        #expect(throws: PostgresError.self) { try outcomes[1].get() }
        #expect(try outcomes[2].get()[0].value("id") == 2)
        #expect(try await count(name, connection) == 2)
    }

    @Test("nothing to do is done")
    func empty() async throws {
        let connection = try await TestServer.shared().connect()
        #expect(try await connection.pipeline([]).isEmpty)
        #expect(try await connection.attempt([]).isEmpty)
        #expect(await connection.ping())
    }

    @Test("a pipeline may be larger in both directions than all buffers between")
    func largePipeline() async throws {
        let connection = try await TestServer.shared().connect()
        let payload = Data(repeating: 7, count: 20_000)
        let rows = try await connection.pipeline(
            (0..<1_000).map { PostgresStatement("SELECT $1, $2", .integer($0), .bytes(payload)) })
        #expect(rows.count == 1_000)
        for (number, row) in rows.enumerated() {
            #expect(try row[0].value(0) == number)
            #expect(try row[0].value(1) == payload)
        }
    }

    @Test("a value may be larger than what the socket takes while the server says nothing")
    func largeValue() async throws {
        let connection = try await TestServer.shared().connect()
        let value = Data(repeating: 7, count: 48 << 20)
        let rows = try await connection.execute(PostgresStatement("SELECT octet_length($1)", .bytes(value)))
        #expect(try rows[0].value(0) == value.count)
    }

    @Test("two tasks on one connection are told so, and the one that was there first is served")
    func sharedConnection() async throws {
        let (connection, other) = try await (TestServer.shared().connect(), TestServer.shared().connect())
        let lock = "pg_advisory_lock(hashtextextended('\(freshName())', 0))"
        _ = try await other.execute(PostgresStatement("SELECT \(lock)"))
        async let first = connection.execute(PostgresStatement("SELECT \(lock)"))
        try await eventually("it waits for the lock") {
            let rows = try await other.execute(
                PostgresStatement(
                    "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'",
                    .integer(Int(connection.processID))))
            return !rows.isEmpty
        }
        let error = await #expect(throws: PostgresError.self) {
            try await connection.execute(PostgresStatement("SELECT 1"))
        }
        #expect(error?.kind == .misuse)
        _ = try await other.execute(PostgresStatement("SELECT pg_advisory_unlock_all()"))
        #expect(try await first.count == 1)
    }

    @Test("errors and notices show no values, whatever the server says of them")
    func secrecy() async throws {
        let capture = LogCapture()
        let connection = try await TestServer.shared().connect(logger: capture.logger)
        let name = freshName()
        _ = try await connection.execute(
            PostgresStatement(
                "CREATE TEMPORARY TABLE \(name) (word text PRIMARY KEY CHECK (word <> 'secret2'), other text NOT NULL)")
        )
        let insert = "INSERT INTO \(name) VALUES ($1, $2)"
        _ = try await connection.execute(PostgresStatement(insert, .text("secret1"), .text("x")))
        let statements = [
            PostgresStatement(insert, .text("secret1"), .text("x")),
            PostgresStatement(insert, .text("secret2"), .text("x")),
            PostgresStatement(insert, .text("secret3"), .text(nil)),
            PostgresStatement("SELECT $1::text::bigint", .text("secret4")),
            PostgresStatement("SELECT $1::json", .text("{secret5")),
            PostgresStatement("SELECT ($1::text)::timestamptz", .text("secret6")),
        ]
        for statement in statements {
            let error = await #expect(throws: PostgresError.self) { try await connection.execute(statement) }
            var dumped = ""
            dump(error, to: &dumped)
            #expect(!dumped.contains("secret"))
            #expect(error.map { !$0.message.isEmpty && $0.state != nil } == true)
        }
        _ = try await connection.execute(PostgresStatement("CREATE TEMPORARY TABLE IF NOT EXISTS \(name) (id bigint)"))
        #expect(capture.lines.contains { $0.hasPrefix("debug") && $0.contains("already exists") })
        #expect(!capture.lines.contains { $0.contains("secret") })
    }
}
