import SQJobsCore
import Testing

@testable import SQJobsPostgres

@Suite("The URL of PostgreSQL")
struct PostgresURLTests {
    private func refusal(_ text: String) throws -> SQJobsError {
        try #require(throws: SQJobsError.self) { try PostgresURL(text, environment: [:]) }
    }

    @Test("libpq reads it, both schemes, and what it does not say is left to libpq")
    func libpq() throws {
        let url = try PostgresURL(
            "postgres://user:p%40ss@db.example:5433/shop?sslmode=verify-full&sslrootcert=%2Ftmp%2Fca.pem",
            environment: [:])
        #expect(url.value(of: "host") == "db.example")
        #expect(url.value(of: "port") == "5433")
        #expect(url.value(of: "user") == "user")
        #expect(url.value(of: "password") == "p@ss")
        #expect(url.value(of: "dbname") == "shop")
        #expect(url.value(of: "sslmode") == "verify-full")
        #expect(url.value(of: "sslrootcert") == "/tmp/ca.pem")
        #expect(try PostgresURL("postgresql:///", environment: [:]).value(of: "host") == nil)
        #expect(try PostgresURL("postgresql://a:1,b:2/x", environment: [:]).value(of: "host") == "a,b")
    }

    @Test("schema and pool are ours, in any place of the query, and libpq never sees them")
    func ours() throws {
        let url = try PostgresURL(
            "postgresql://h/d?pool=3&application_name=shop&schema=jobs%5F2&connect_timeout=4", environment: [:])
        #expect(url.schema.name == "jobs_2")
        #expect(url.poolSize == 3)
        #expect(url.value(of: "application_name") == "shop")
        #expect(url.value(of: "connect_timeout") == "4")
        let plain = try PostgresURL("postgresql://h/d", environment: [:])
        #expect(plain.schema.name == "sqjobs")
        #expect(plain.poolSize == nil)
        #expect(plain.value(of: "fallback_application_name") == "sqjobs")
        #expect(plain.value(of: "connect_timeout") == "10")
        #expect(
            try PostgresURL("postgresql://h/d", environment: ["PGCONNECT_TIMEOUT": "3"]).value(of: "connect_timeout")
                == nil)
    }

    @Test("a question mark in a password that nobody escaped does not begin the query")
    func questionMark() throws {
        let url = try PostgresURL("postgresql://user:wh?schema=y@h/d?schema=jobs", environment: [:])
        #expect(url.value(of: "password") == "wh?schema=y")
        #expect(url.schema.name == "jobs")
    }

    @Test(
        "what cannot be used is one sentence that says how to write it, and shows neither user nor password",
        arguments: [
            "mysql://user:secret@h/d", "user:secret", "", "postgresql://user:se%zzcret@h/d",
            "postgresql://user:secret@h/d?nonsense=1", "postgresql://user:secret@h/d?pool=0",
            "postgresql://user:secret@h/d?pool=many", "postgresql://user:secret@h/d?schema=a-b",
            "postgresql://user:secret@h/d?schema=a&schema=b", "postgresql://user:secret@h/d?schema",
            "postgresql://user:secret@[::1/d", "postgresql://user:secret\0@h/d",
        ])
    func unusable(_ text: String) throws {
        let error = try refusal(text)
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.hasSuffix("."))
        #expect(!"\(error)".contains("secret") && !"\(error)".contains("cret@"))
    }

    @Test("the sentence names what is wrong")
    func named() throws {
        #expect(try refusal("postgresql://h/d?nonsense=1").message.contains("no setting \"nonsense\""))
        #expect(try refusal("postgresql://h/d?pool=many").message.contains("pool=many"))
        #expect(try refusal("postgresql://h/d?schema=a-b").message.contains("“a-b”"))
        #expect(try refusal("postgresql://u:%zz@h/d").message.contains("percent"))
    }

    @Test("neither printing nor reflection shows the password")
    func secrecy() throws {
        let url = try PostgresURL("postgresql://user:secret@h:1/d?schema=jobs", environment: [:])
        #expect("\(url)" == "postgresql://h:1/d")
        var dumped = ""
        dump(url, to: &dumped)
        dump(PostgresPool(url, logger: .quiet), to: &dumped)
        dumped += String(reflecting: url) + "\([url])"
        #expect(!dumped.contains("secret"))
    }
}
