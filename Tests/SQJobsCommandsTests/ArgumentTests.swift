import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("Arguments")
struct ArgumentTests {
    @Test(
        "A time is seconds, or a number with its unit",
        arguments: [("300", 300), ("90s", 90), ("5m", 300), ("2h", 7200), ("1d", 86400), ("0", 0), ("0m", 0)])
    func duration(text: String, seconds: Int) throws {
        #expect(try DurationArgument.duration(text) == .seconds(seconds))
    }

    @Test(
        "Anything else is no time",
        arguments: ["", "m", "-5", "5x", "5 m", "1.5h", "5mm", "٥", "9223372036854775807d", "40000000d"])
    func noDuration(text: String) {
        #expect(throws: ArgumentFault.self) { try DurationArgument.duration(text) }
    }

    @Test(
        "A time is written as it is read",
        arguments: [(0, "0s"), (90, "90s"), (300, "5m"), (7200, "2h"), (86400, "1d"), (86401, "86401s")])
    func durationText(seconds: Int, text: String) throws {
        #expect(DurationArgument.text(.seconds(seconds)) == text)
        #expect(try DurationArgument.duration(text) == .seconds(seconds))
    }

    @Test("A queue may have a weight")
    func queue() throws {
        #expect(try QueueArgument.queue("mail") == WorkerQueue("mail"))
        #expect(try QueueArgument.queue("mail.fifo:3") == WorkerQueue("mail.fifo", weight: 3))
        for text in ["", ":", "mail:", "mail:0", "mail:-1", "mail:1:2", "mail:1001", "mail:x"] {
            #expect(throws: ArgumentFault.self, "\(text)") { try QueueArgument.queue(text) }
        }
    }

    @Test("An argument is JSON if it reads as JSON, and a string else")
    func json() {
        #expect(JSONArgument.value("3") == 3)
        #expect(JSONArgument.value("3.5") == 3.5)
        #expect(JSONArgument.value("true") == true)
        #expect(JSONArgument.value("null") == .null)
        #expect(JSONArgument.value(#""3""#) == "3")
        #expect(JSONArgument.value(#"{"a":[1]}"#) == ["a": [1]])
        for text in ["", "cat.png", "2026-11-22", "NaN", "[1", "O'Hara", "'x'"] {
            #expect(JSONArgument.value(text) == .string(text))
        }
    }

    @Test(
        "A broker's URL is shown without user, password and query",
        arguments: [
            ("memory:", "memory:"), ("memory:file.db", "memory:file.db"), ("memory://eu-west-1", "memory://eu-west-1"),
            ("memory://u:secret@host:5432/db", "memory://host:5432/db"),
            ("memory://eu?password=secret", "memory://eu"), ("memory://eu#secret", "memory://eu"),
            ("memory://u:secret?x/y@host/db", "memory://host/db"), ("memory:u:secret@host", "memory:host"),
            ("memory://u:secret@", "memory://"), ("memory://u:a@secret@host", "memory://host"),
        ])
    func url(text: String, shown: String) throws {
        #expect(try "\(BackendURL(text, of: .broker, among: [TestBackend.self]))" == shown)
    }

    @Test("Schemes are compared without regard to case, as RFC 3986 has it")
    func scheme() throws {
        #expect(throws: Never.self) { try BackendURL("MEMORY:x", of: .broker, among: [TestBackend.self]) }
        for text in ["", "memory", ":x", "1memory:x", "me mory:secret", "//memory:x"] {
            let error = #expect(throws: SQJobsError.self) {
                try BackendURL(text, of: .broker, among: [TestBackend.self])
            }
            #expect(error?.code == .invalidConfiguration)
            #expect(error?.message.contains("secret") == false)
        }
    }

    @Test("The default broker is the first backend's that has brokers; a store has to be named")
    func defaults() throws {
        #expect(try "\(BackendURL.broker(nil, among: [ShelfBackend.self, TestBackend.self]))" == "memory:none")
        let error = #expect(throws: SQJobsError.self) { try BackendURL.broker(nil, among: [ShelfBackend.self]) }
        #expect(error?.message.contains("no backend that has a broker") == true)
    }

    @Test("A moment is a date, or an age")
    func moment() throws {
        let now = Date(timeIntervalSince1970: 1_000_000)
        #expect(try MomentArgument.moment("1970-01-02").date(at: now) == Date(timeIntervalSince1970: 86_400))
        #expect(try MomentArgument.moment("1970-01-01T01:00:00+01:00").date(at: now) == Date(timeIntervalSince1970: 0))
        #expect(try MomentArgument.moment("2h").date(at: now) == Date(timeIntervalSince1970: 992_800))
        for text in ["", "soon", "-2h", "2026-02-30", "2026-11"] {
            #expect(throws: ArgumentFault.self, "\(text)") { try MomentArgument.moment(text) }
        }
    }

    @Test("A state is read in any case")
    func state() throws {
        #expect(try StateArgument.state("failure") == .failure)
        #expect(try StateArgument.state("Running") == .running)
        #expect(throws: ArgumentFault.self) { try StateArgument.state("done") }
    }

    @Test("An empty variable counts as not set")
    func emptyVariables() throws {
        let settings = Settings([
            "SQJOBS_BROKER": "", "SQJOBS_STORE": "", "SQJOBS_CONCURRENCY": "", "SQJOBS_QUEUES": "",
        ])
        #expect(settings.broker == nil)
        #expect(settings.store == nil)
        #expect(try settings.concurrency() == nil)
        #expect(try settings.queues() == nil)
        #expect(try Settings(["SQJOBS_QUEUES": " a:2,b  c "]).queues() == [WorkerQueue("a", weight: 2), "b", "c"])
    }
}
