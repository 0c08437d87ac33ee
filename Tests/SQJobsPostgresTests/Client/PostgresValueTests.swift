import Foundation
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("Values go to the server and come back", .timeLimit(.minutes(2)))
struct PostgresValueTests {
    private func roundTrip<Value: PostgresReadable>(
        _ value: PostgresValue, _ type: String, as: Value.Type
    ) async throws -> Value {
        let connection = try await TestServer.shared().connect()
        let rows = try await connection.execute(PostgresStatement("SELECT $1::\(type) AS value", value))
        return try rows[0].value("value")
    }

    private static let texts = [
        "", "plain", "quotes ' \" ` \\", "emoji 🧑‍🚀 and é", "'); DROP TABLE results; --", "$1 %s {} \t\r\n",
        "\u{1}\u{7F}\u{FEFF}",
    ]

    @Test("text of every kind, as text, JSON and identifier", arguments: texts)
    func text(_ text: String) async throws {
        #expect(try await roundTrip(.text(text), "text", as: String.self) == text)
        #expect(try await roundTrip(.texts([text, nil, text]), "text[]", as: [String?].self) == [text, nil, text])
        let json = String(decoding: try JSONEncoder().encode([text]), as: UTF8.self)
        #expect(try await roundTrip(.text(json), "json", as: String.self) == json)
        let read = try await roundTrip(.text(json), "jsonb", as: Data.self)
        #expect(try JSONDecoder().decode([String].self, from: read) == [text])
    }

    @Test("identifiers are lower case, and can be read as such or as text")
    func uuid() async throws {
        let uuid = UUID()
        #expect(try await roundTrip(.text(uuid.uuidString), "uuid", as: UUID.self) == uuid)
        #expect(try await roundTrip(.text(uuid.uuidString), "uuid", as: String.self) == uuid.uuidString.lowercased())
    }

    @Test("whole numbers, to both ends", arguments: [Int.min, -1, 0, 1, Int.max])
    func integer(_ value: Int) async throws {
        #expect(try await roundTrip(.integer(value), "bigint", as: Int.self) == value)
        #expect(try await roundTrip(.integers([value, nil]), "bigint[]", as: [Int?].self) == [value, nil])
    }

    @Test("the server's smaller numbers are whole numbers too")
    func smallIntegers() async throws {
        #expect(try await roundTrip(.integer(-32_768), "smallint", as: Int.self) == -32_768)
        #expect(try await roundTrip(.integer(2_147_483_647), "integer", as: Int.self) == 2_147_483_647)
        #expect(try await roundTrip(.integer(4_294_967_295), "oid", as: Int.self) == 4_294_967_295)
    }

    @Test("truth", arguments: [true, false])
    func bool(_ value: Bool) async throws {
        #expect(try await roundTrip(.bool(value), "boolean", as: Bool.self) == value)
        #expect(try await roundTrip(.bools([value, nil]), "boolean[]", as: [Bool?].self) == [value, nil])
    }

    @Test("numbers with a fraction", arguments: [0.0, -0.1, .pi, 1e300, .infinity, .leastNonzeroMagnitude])
    func double(_ value: Double) async throws {
        #expect(try await roundTrip(.double(value), "double precision", as: Double.self) == value)
        #expect(try await roundTrip(.doubles([value]), "double precision[]", as: [Double].self) == [value])
    }

    @Test("single precision can be read")
    func float() async throws {
        #expect(try await roundTrip(.double(1.5), "real", as: Double.self) == 1.5)
    }

    @Test("bytes: none, every value, five megabytes")
    func bytes() async throws {
        var generator = SeededGenerator()
        let large = Data((0..<655_360).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } })
        for value in [Data(), Data(0...255), large] {
            #expect(try await roundTrip(.bytes(value), "bytea", as: Data.self) == value, "seed \(generator.seed)")
            #expect(try await roundTrip(.bytesList([nil, value]), "bytea[]", as: [Data?].self) == [nil, value])
        }
    }

    @Test(
        "times, to the microsecond",
        arguments: [0, 1_800_000_000.123456, -1.5, 946_684_799.999999, 253_402_300_799, -62_135_596_800])
    func time(_ seconds: Double) async throws {
        let date = Date(timeIntervalSince1970: seconds)
        let back = try await roundTrip(.time(date), "timestamptz", as: Date.self)
        #expect(abs(back.timeIntervalSince(date)) < 0.000_001)
        let rows = try await TestServer.shared().connect().execute(
            PostgresStatement("SELECT round(extract(epoch FROM $1) * 1000000)::bigint", .time(date)))
        #expect(try rows[0].value(0) == Int((seconds * 1_000_000).rounded()), "the server understands it so")
        #expect(try await roundTrip(.times([date, nil]), "timestamptz[]", as: [Date?].self) == [back, nil])
    }

    @Test("the ends of time are infinite")
    func infinity() async throws {
        for date in [Date.distantFuture, .distantPast] {
            #expect(try await roundTrip(.time(date), "timestamptz", as: Date.self) == date)
        }
        #expect(try await roundTrip(.text("infinity"), "timestamptz", as: Date.self) == .distantFuture)
    }

    @Test("time spans, with days but not with months")
    func interval() async throws {
        for value in [Duration.zero, .microseconds(1), .seconds(-90), .seconds(86_400 * 400)] {
            #expect(try await roundTrip(.interval(value), "interval", as: Duration.self) == value)
            #expect(try await roundTrip(.intervals([value]), "interval[]", as: [Duration].self) == [value])
        }
        #expect(
            try await roundTrip(.text("2 days 00:00:01"), "interval", as: Duration.self) == .seconds(2 * 86_400 + 1))
        await #expect(throws: PostgresError.self) {
            try await roundTrip(.text("1 month"), "interval", as: Duration.self)
        }
    }

    @Test("NULL of every type is nil, and never something else")
    func null() async throws {
        let nulls: [(PostgresValue, String)] = [
            (.text(nil), "text"), (.integer(nil), "bigint"), (.bool(nil), "boolean"), (.double(nil), "float8"),
            (.bytes(nil), "bytea"), (.time(nil), "timestamptz"), (.interval(nil), "interval"),
        ]
        let connection = try await TestServer.shared().connect()
        for (value, type) in nulls {
            let rows = try await connection.execute(PostgresStatement("SELECT $1::\(type) IS NULL", value))
            #expect(try rows[0].value(0) == true)
        }
        #expect(try await roundTrip(.text(nil), "text", as: String?.self) == nil)
        #expect(try await roundTrip(.bytes(nil), "bytea", as: Data?.self) == nil)
        #expect(try await roundTrip(.bytes(Data()), "bytea", as: Data?.self) == Data())
    }

    @Test("empty lists of every type stay empty")
    func emptyLists() async throws {
        #expect(try await roundTrip(.texts([]), "text[]", as: [String].self) == [])
        #expect(try await roundTrip(.integers([]), "bigint[]", as: [Int].self) == [])
        #expect(try await roundTrip(.bytesList([]), "bytea[]", as: [Data].self) == [])
    }

    @Test("random texts come back as they went in")
    func randomTexts() async throws {
        var generator = SeededGenerator()
        let texts = (0..<300).map { _ in
            String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...40, using: &generator)).compactMap { _ in
                        Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &generator))
                    }))
        }
        let rows = try await TestServer.shared().connect().execute(
            PostgresStatement(
                "SELECT text FROM unnest($1) WITH ORDINALITY AS given(text, number) ORDER BY number", .texts(texts)))
        let back = try rows.map { try $0.value(0, as: String.self) }
        #expect(
            back.map { Array($0.unicodeScalars) } == texts.map { Array($0.unicodeScalars) }, "seed \(generator.seed)")
    }

    @Test("ten thousand rows travel in one statement")
    func manyRows() async throws {
        let numbers = Array(0..<10_000)
        let rows = try await TestServer.shared().connect().execute(
            PostgresStatement(
                "SELECT id, payload, due FROM unnest($1, $2, $3) AS given(id, payload, due) ORDER BY id",
                .integers(numbers), .bytesList(numbers.map { Data("\($0)".utf8) }),
                .times(numbers.map { Date(timeIntervalSince1970: Double($0)) })))
        #expect(rows.count == 10_000)
        #expect(rows.affected == 10_000)
        #expect(try rows[9_999].value("payload") == Data("9999".utf8))
        #expect(try rows[9_999].value("due") == Date(timeIntervalSince1970: 9_999))
    }

    @Test("a NUL in a text is refused with a sentence that does not show the text, and the connection is well")
    func nul() async throws {
        let connection = try await TestServer.shared().connect()
        for value in [PostgresValue.text("secret\0"), .texts(["a", "\0secret"])] {
            let error = await #expect(throws: PostgresError.self) {
                try await connection.execute(PostgresStatement("SELECT $1", value))
            }
            #expect(error?.kind == .misuse)
            #expect(error.map { "\($0)" }?.contains("NUL") == true)
            #expect(error.map { "\($0)" }?.contains("secret") == false)
        }
        #expect(try await connection.execute(PostgresStatement("SELECT 1")).count == 1)
    }

    @Test("a time that PostgreSQL does not have is refused")
    func impossibleTime() async throws {
        for value in [PostgresValue.time(Date(timeIntervalSince1970: 1e18)), .interval(.seconds(Int64.max))] {
            let error = await #expect(throws: PostgresError.self) {
                try await TestServer.shared().connect().execute(PostgresStatement("SELECT $1", value))
            }
            #expect(error?.kind == .misuse)
        }
    }

    @Test("what cannot be read as was asked is an error that names the column")
    func mismatch() async throws {
        let rows = try await TestServer.shared().connect().execute(
            PostgresStatement("SELECT 1::numeric AS amount, NULL::text AS note, 'x'::text AS word, now() AS moment"))
        func failure<Value: PostgresReadable>(_ column: String, as type: Value.Type) throws -> String {
            "\(try #require(throws: PostgresError.self) { try rows[0].value(column, as: type) })"
        }
        #expect(try failure("amount", as: Int.self).contains("“amount”"))
        #expect(try failure("amount", as: String.self).contains("“amount”"))
        #expect(try failure("note", as: String.self).contains("“note” is NULL"))
        #expect(try failure("word", as: Int.self).contains("“word”"))
        #expect(try failure("word", as: [String].self).contains("“word”"))
        #expect(try failure("moment", as: String.self).contains("“moment”"))
        #expect(try failure("absent", as: String.self).contains("“absent”"))
    }
}
