import Foundation
import SQJobsSQLite
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("An app that lists SQLite first", .timeLimit(.minutes(2)))
struct EmbeddedDefaultTests {
    @Test("Without any setting one file is broker and store, and one line on standard error says so")
    func oneFile() async throws {
        let manage = try EmbeddedSession()
        defer { manage.removeFolder() }
        let line = "Using \(manage.url) as broker and store; SQJOBS_BROKER names another.\n"
        let early = await manage.run("enqueue", "adder_job", "1")
        #expect(early.code == 1)
        #expect(early.error.hasPrefix(line) && early.error.contains("run `migrate` first"))

        let migrated = await manage.run("migrate")
        #expect(migrated.code == 0)
        #expect(migrated.error == line)
        #expect(
            migrated.lines.suffix(3) == [
                "Done: the store is up to date.", "Created the queue chores.fifo.", "Created the queue sums.",
            ])
        #expect(await manage.run("migrate").output == "The store \(manage.url) is up to date.\n")

        let enqueued = await manage.run("enqueue", "report", "/nowhere/text", "--json")
        #expect(enqueued.code == 0 && enqueued.error == line)
        struct Ticket: Decodable { let id: String }
        let id = try enqueued.json(Ticket.self).id
        #expect(await manage.run("status", id).lines.contains("state    PENDING"))
        #expect(await manage.run("worker", "sums", "--drain").code == 0)
        #expect(manage.session.log.text.contains("broker=\(manage.url)"))
        #expect(manage.session.log.text.contains("store=\(manage.url)"))
        #expect(await manage.run("status", id).lines.contains { $0.hasPrefix("state ") && $0.hasSuffix(" FAILURE") })
    }

    @Test("Another store makes the file the broker alone, and a broker that is named is not remarked on")
    func otherStore() async throws {
        let manage = try EmbeddedSession()
        defer { manage.removeFolder() }
        #expect(await manage.run("migrate").code == 0)
        let other = "sqlite:\(manage.folder.path)/other.sqlite"
        #expect(await manage.run("migrate", "--store", other).output.hasSuffix("Done: the store is up to date.\n"))
        let apart = await manage.run("enqueue", "adder_job", "1", "--store", other)
        #expect(apart.error == "Using \(manage.url) as broker; SQJOBS_BROKER names another.\n")
        let named = await manage.run("queues", "list", "sums", "--broker", manage.url)
        #expect(named.error.isEmpty)
        #expect(named.lines.last?.split(separator: " ") == ["sums", "1", "0", "0", "0"])
    }

    @Test("`migrate --dry-run` names the queues that are missing, and makes none")
    func dryRun() async throws {
        let manage = try EmbeddedSession()
        defer { manage.removeFolder() }
        let dry = await manage.run("migrate", "--dry-run")
        #expect(dry.code == 0 && dry.lines.last == "This is a dry run: no step was taken.")
        #expect(await manage.run("migrate").code == 0)
        #expect(await manage.run("queues", "delete", "sums", "--yes").code == 0)
        let missing = await manage.run("migrate", "--dry-run")
        #expect(missing.lines.last == "The queue sums is missing: this is a dry run, it was not created.")
        #expect(await manage.run("queues", "list").lines.count == 2)
    }

    @Test("A delay of any length, a unique key and a pause work on the file")
    func brokerOptions() async throws {
        let manage = try EmbeddedSession()
        defer { manage.removeFolder() }
        #expect(await manage.run("migrate").code == 0)
        #expect(await manage.run("enqueue", "adder_job", "1", "--delay", "30d").code == 0)
        #expect(await manage.run("queues", "pause", "sums").output == "Paused the queue sums.\n")
        #expect(
            await manage.run("queues", "list", "sums").lines.last?.split(separator: " ") == [
                "sums", "0", "0", "1", "0", "paused",
            ])
        #expect(await manage.run("queues", "resume", "sums").output == "Resumed the queue sums.\n")
        #expect(await manage.run("queues", "list", "sums").lines.last?.hasSuffix("paused") == false)
    }

    @Test("Queues of a broker that has no pause cannot be paused, and the error says so")
    func noPause() async throws {
        let session = try CommandLineSession()
        let result = await session.run("queues", "pause", "absent")
        #expect(result.code == 1)
        #expect(result.error.hasPrefix("Error: "))
    }
}
