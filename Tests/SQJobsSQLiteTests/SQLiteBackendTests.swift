import Foundation
import SQJobsSQLite
import Testing

@Suite("The URL of a file")
struct SQLiteBackendTests {
    @Test("The path stands behind the colon, or behind two slashes and no host; % stands for what a URL cannot hold")
    func paths() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sqjobs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let written = [
            "sqlite:\(folder.path)/one": "one", "SQLITE://\(folder.path)/two": "two",
            "sqlite:\(folder.path)/a%20%3fb?durability=machine": "a ?b",
        ]
        for (url, name) in written {
            let opened = try await SQLiteBackend.connect(url: url, environment: [:])
            #expect(opened[.results] is SQLiteStore)
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: name).path), "\(url)")
            await opened.store?.shutdown()
        }
    }

    @Test(
        "What cannot be used is refused with a sentence",
        arguments: [
            "sqlite:", "sqlite://", "sqlite://jobs.sqlite", "sqlite://host/jobs.sqlite", "sqlite:%zz", "sqlite:a%00b",
            "sqlite:x?mode=memory", "sqlite::memory:", "jobs.sqlite",
        ])
    func refused(url: String) async {
        let error = await #expect(throws: SQJobsError.self) {
            try await SQLiteBackend.connect(url: url, environment: [:])
        }
        #expect(error?.code == .invalidConfiguration)
    }

    @Test("One file is a broker and a store of results, schedules and outgoing jobs, as is declared")
    func parts() async throws {
        #expect(SQLiteBackend.parts == [.broker, .store])
        let file = try TemporaryFile()
        let opened = try await SQLiteBackend.connect(url: "sqlite:\(file.path)", environment: [:])
        let store = try #require(opened.store as? SQLiteStore)
        #expect(opened[.results] as? SQLiteStore === store)
        #expect(opened[.schedules] as? SQLiteStore === store)
        #expect(opened[.outbox] as? SQLiteStore === store)
        try await store.migrate()
        try await #require(store.broker.administration).create("mail", QueueSettings())
        let broker = try #require(opened.broker)
        try await broker.enqueue(named: "job", on: "mail")
        #expect(try await #require(broker.administration).statistics(of: "mail").waiting == 1)
        await store.shutdown()
    }
}
