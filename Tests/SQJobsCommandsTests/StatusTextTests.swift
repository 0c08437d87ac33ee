import Foundation
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("A job's status in words")
struct StatusTextTests {
    private var running: JobStatus {
        JobStatus(
            id: "7", name: "report", queue: "sums", state: .running, attempt: 2,
            progress: JobProgress(fraction: 0.4, note: "drawing\nthe \u{1B}[2Jtable"),
            createdAt: Date(timeIntervalSince1970: 0), startedAt: Date(timeIntervalSince1970: 1),
            updatedAt: Date(timeIntervalSince1970: 2), leaseRemaining: .seconds(5))
    }

    private func lines(_ status: JobStatus) -> [String] {
        status.sheet.lines { text, _ in text }
    }

    @Test("A running job shows how far it is, in columns and without control characters; what is not known is left out")
    func sheet() {
        #expect(
            lines(running) == [
                "id        7",
                "job       report",
                "queue     sums",
                "state     RUNNING",
                "attempt   2",
                "progress  40 % drawing·the ·[2Jtable",
                "created   1970-01-01T00:00:00Z",
                "started   1970-01-01T00:00:01Z",
            ])
    }

    @Test("A job that succeeded shows no progress, which may lag behind")
    func progressOfTheDone() {
        var status = running
        status.state = .success
        #expect(!lines(status).contains { $0.hasPrefix("progress") })
    }

    @Test("A job whose worker is silent for long is called lost")
    func lost() {
        var status = running
        status.leaseRemaining = .seconds(-61)
        #expect(lines(status).contains("state     RUNNING, lost"))
    }

    @Test("JSON has the output as it is, and the progress")
    func json() throws {
        struct Document: Decodable {
            struct Progress: Decodable {
                let fraction: Double
                let note: String?
            }

            let output: [Int]?
            let progress: Progress?
            let isLost: Bool
        }
        var status = running
        status.output = Data("[1, 2]".utf8)
        let printed = Captured()
        try ConsoleStream(isTerminal: false, [:]) { printed.append($0) }.print(json: StatusDocument(status))
        let document = try JSONDecoder().decode(Document.self, from: Data(printed.text.utf8))
        #expect(document.output == [1, 2])
        #expect(document.progress?.fraction == 0.4)
        #expect(!document.isLost)
    }
}
