import Foundation
import SQJobsDiscovery
import Testing

@Suite("A new job")
struct NewJobTests {
    @Test("the class, the test and the next steps, in a target that has none yet")
    func first() throws {
        try withTemporaryFolder { folder in
            let steps = try files(in: folder).write(NewJob("SendTicket", queue: "tickets"))
            let source = try text(folder, "Sources/TicketShop/Jobs/SendTicket.swift")
            #expect(source.contains("public final class SendTicket: Job<SendTicket.Parameters, Void> {"))
            #expect(source.contains("override public class var queue: QueueName { \"tickets\" }"))
            #expect(
                try text(folder, "Tests/TicketShopTests/SendTicketTests.swift").contains(
                    "SendTicket.queue == \"tickets\""))
            #expect(steps.first == "wrote \(folder.path)/Sources/TicketShop/Jobs/SendTicket.swift")
            #expect(steps.contains { $0.contains("product(name: \"SQJobsCore\"") })
            #expect(steps.last == "next: swift test --filter SendTicketTests")
        }
    }

    @Test("goes where the other jobs are, and is seen as they are")
    func besideOthers() throws {
        try withTemporaryFolder { folder in
            var files = files(in: folder)
            let path = folder.appending(path: "Sources/TicketShop/Mail/Print.swift").path
            files.sources = [
                SourceFile(
                    path: path,
                    text: "import SQJobsCore\nfinal class Print: Job<Int, Void> { override func run(_ n: Int) {} }")
            ]
            files.testDirectory = nil
            files.dependencies = ["SQJobsCore"]
            let steps = try files.write(NewJob("SendTicket"))
            let source = try text(folder, "Sources/TicketShop/Mail/SendTicket.swift")
            #expect(source.contains("\nfinal class SendTicket") && !source.contains("public"))
            #expect(!source.contains("queue"))
            #expect(steps.contains { $0.contains("make a test target") })
            #expect(!steps.contains { $0.contains("product(name:") })
        }
    }

    @Test(
        "nothing is overwritten, and nothing written then",
        arguments: ["Sources/TicketShop/Jobs/SendTicket.swift", "Tests/TicketShopTests/SendTicketTests.swift"])
    func overwritesNothing(_ path: String) throws {
        try withTemporaryFolder { folder in
            try OutputFile(path: folder.appending(path: path).path).write("mine")
            let error = #expect(throws: ToolError.self) { try files(in: folder).write(NewJob("SendTicket")) }
            #expect(error?.description.contains(path) == true)
            #expect(try text(folder, path) == "mine")
            let written = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
                $0.hasSuffix(".swift")
            }
            #expect(written == [path])
        }
    }

    @Test("a class of that name anywhere in the target is an error that says where")
    func taken() throws {
        try withTemporaryFolder { folder in
            var files = files(in: folder)
            files.sources = [SourceFile(path: "Other.swift", text: "\nclass SendTicket {}")]
            let error = #expect(throws: ToolError.self) { try files.write(NewJob("SendTicket")) }
            #expect(error?.description.contains("Other.swift:2:7") == true)
        }
    }

    struct Wrong: Sendable {
        var name = "SendTicket"
        var queue: String?
        var result: String?
        var schedule: String?
        var timeZone: String?
        let says: String
    }

    @Test(
        "what cannot be used is an error that says why",
        arguments: [
            Wrong(name: "sendTicket", says: "“sendTicket”"), Wrong(name: "Send Ticket", says: "“Send Ticket”"),
            Wrong(name: "", says: "begin with a capital"), Wrong(name: "Send/../Ticket", says: "SendTicket"),
            Wrong(name: "Self", says: "“Self”"), Wrong(result: "[Int]", says: "“[Int]”"),
            Wrong(result: "SendTicket", says: "rename"), Wrong(queue: "a\"b", says: "queue"),
            Wrong(queue: "", says: "queue"),
            Wrong(schedule: "1 24 * * *", says: "hour field"), Wrong(schedule: "H 1 * * *", says: "seed"),
            Wrong(timeZone: "Europe/Madrid", says: "--schedule"),
            Wrong(schedule: "@daily", timeZone: "Europe/Atlantis", says: "“Europe/Atlantis”"),
        ])
    func wrong(_ wrong: Wrong) {
        let error = #expect(throws: ToolError.self) {
            try NewJob(
                wrong.name, queue: wrong.queue, result: wrong.result, schedule: wrong.schedule, timeZone: wrong.timeZone
            )
        }
        #expect(error?.description.contains(wrong.says) == true)
    }

    @Test(
        "what is written is a job that discovery finds and has nothing to say about", arguments: [true, false],
        [nil, "Receipt", "Int"])
    func isFound(isPeriodic: Bool, result: String?) throws {
        try withTemporaryFolder { folder in
            let files = files(in: folder)
            _ = try files.write(
                NewJob(
                    "SendTicket", queue: "tickets", result: result, schedule: isPeriodic ? "1 0 * * *" : nil,
                    timeZone: isPeriodic ? "Europe/Madrid" : nil))
            let source = try text(folder, "Sources/TicketShop/Jobs/SendTicket.swift")
            let discovery = Discovery(
                target: "TicketShop", module: "TicketShop", files: [SourceFile(path: "SendTicket.swift", text: source)])
            #expect(discovery.diagnostics.isEmpty)
            #expect(discovery.text.contains("            SendTicket()\n"))
        }
    }

    private func files(in folder: URL) -> NewJobFiles {
        NewJobFiles(
            target: "TicketShop", module: "TicketShop", directory: folder.appending(path: "Sources/TicketShop").path,
            testDirectory: folder.appending(path: "Tests/TicketShopTests").path)
    }

    private func text(_ folder: URL, _ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
}
