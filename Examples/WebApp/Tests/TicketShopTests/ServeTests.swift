import Foundation
import Hummingbird
import HummingbirdTesting
import SQJobsSQLite
import Testing

@testable import TicketShop

@Suite("The program, as a process")
struct ServeTests {
    @Test("Told to stop, `serve` takes no further order, finishes what it prints, and exits with 0")
    func stopping() async throws {
        let folder = try TemporaryFolder()
        #expect(try await Program(["migrate"], in: folder).end() == 0)
        let program = try Program(["serve", "--port", "0"], in: folder)
        let port = try await program.port()
        let id = try await TestClient.withClient(host: "127.0.0.1", port: port) { client in
            let id = try await client.ordered("number=1001&holder=Ada&count=3")
            try await eventually("it prints") {
                try await client.get("/jobs/\(id)").text
            } until: {
                $0.contains(#""running""#)
            }
            return id
        }
        program.send(SIGTERM)
        #expect(try await program.end() == 0, "\(program.output)")
        let store = try SQLiteStore(path: folder.path("sqjobs.sqlite"))
        #expect(try await Results(store).status(of: id)?.state == .success, "\(program.output)")
        #expect(FileManager.default.fileExists(atPath: folder.path("tickets/\(id).pdf")))
        await store.shutdown()
    }

    @Test("With `--no-worker` an order waits for a worker elsewhere")
    func apart() async throws {
        let folder = try TemporaryFolder()
        #expect(try await Program(["migrate"], in: folder).end() == 0)
        let program = try Program(["serve", "--no-worker", "--port", "0"], in: folder)
        let port = try await program.port()
        try await TestClient.withClient(host: "127.0.0.1", port: port) { client in
            let id = try await client.ordered("number=1002&holder=Ada&count=1")
            #expect(try await client.get("/jobs/\(id)").text.contains(#""waiting""#))
            #expect(try await Program(["worker", "--drain"], in: folder).end() == 0)
            #expect(try await client.get("/jobs/\(id)").text.contains(#""done""#))
        }
        program.send(SIGTERM)
        #expect(try await program.end() == 0, "\(program.output)")
    }

    @Test("Before `migrate` it says what to do, and a port that is taken is said to be")
    func wrongUse() async throws {
        let folder = try TemporaryFolder()
        let early = try Program(["serve", "--port", "0"], in: folder)
        #expect(try await early.end() == 1)
        #expect(early.output.contains("run `migrate` first"), "\(early.output)")

        #expect(try await Program(["migrate"], in: folder).end() == 0)
        let first = try Program(["serve", "--no-worker", "--port", "0"], in: folder)
        let second = try Program(["serve", "--no-worker", "--port", "\(try await first.port())"], in: folder)
        #expect(try await second.end() == 1)
        #expect(second.output.contains("choose others with --host and --port"), "\(second.output)")
    }
}

extension TestClient {
    /// Orders tickets, and returns the job's id.
    fileprivate func ordered(_ form: String) async throws -> String {
        let answer = try await post(
            "/tickets", headers: [.contentType: "application/x-www-form-urlencoded"], body: ByteBuffer(string: form))
        return String((answer.headers[.location] ?? "").split(separator: "/").last ?? "")
    }
}

extension TestClient.Response {
    fileprivate var text: String { body.map { String(buffer: $0) } ?? "" }
}
