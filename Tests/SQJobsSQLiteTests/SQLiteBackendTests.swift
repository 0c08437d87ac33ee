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
            let opened = try await SQLiteBackend.store(url: url, environment: [:])
            #expect(opened[.results] is SQLiteStore)
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: name).path), "\(url)")
            await opened.store.shutdown()
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
            try await SQLiteBackend.store(url: url, environment: [:])
        }
        #expect(error?.code == .invalidConfiguration)
    }

    @Test("It declares stores and no brokers")
    func parts() async {
        #expect(SQLiteBackend.parts == [.store])
        let error = await #expect(throws: SQJobsError.self) {
            _ = try await SQLiteBackend.broker(url: "sqlite:x", environment: [:])
        }
        #expect(error?.code == .unsupported)
    }
}
