import Foundation
import Testing

@Suite("Commands in README and Documentation")
struct ConsoleBlockTests {
    @Test("every command prints what its page says", arguments: try Page.all())
    func commands(_ page: Page) async throws {
        let blocks = page.blocks.filter { $0.language == "console" && $0.words.isEmpty }
        let commands = blocks.flatMap(ConsoleCommand.all)
        guard !commands.isEmpty else { return }
        let session = try await ConsoleSession(commands)
        for (command, output) in zip(commands, session.outputs) {
            let printed = PrintedText(output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
            let shown = PrintedText(command.output)
            #expect(
                printed.isDescribed(by: shown),
                "\(page.name):\(command.line): \(command.text.joined(separator: " ")) printed:\n\(output)")
        }
    }

    /// `console elsewhere` shows what is printed where these tests cannot be: on a cluster, or by a service on the internet.
    @Test("a block that says what is printed is marked to be run, or to be of elsewhere", arguments: try Page.all())
    func marks(_ page: Page) {
        for block in page.blocks {
            if block.language == "console" {
                #expect(
                    block.words.isEmpty || block.words == ["elsewhere"], "\(page.name):\(block.line): \(block.words)")
                #expect(block.lines.first?.hasPrefix("$ ") == true, "\(page.name):\(block.line) begins with no command")
            } else {
                let first = block.lines.firstIndex { $0.hasPrefix("$ ") } ?? block.lines.endIndex
                let saysWhatIsPrinted = block.lines[first...].contains { line in
                    !line.isEmpty && !["$ ", "> ", "# "].contains { line.hasPrefix($0) }
                }
                #expect(!saysWhatIsPrinted, "\(page.name):\(block.line) says what is printed: mark it “console”")
            }
        }
    }

    @Test("what differs each time is not compared, and all else is")
    func comparison() {
        let printed = PrintedText([
            "2026-11-25T04:37:10+0000 info sqjobs: job success took=1.2 ms", "job 0193f0a0-1111-7222-8333-444455556666",
            "",
        ])
        func isDescribed(_ lines: String...) -> Bool { printed.isDescribed(by: PrintedText(lines)) }
        let line = "2026-01-01T00:00:00+0000 info sqjobs: job success took=99 ms"
        #expect(isDescribed(line, "job   01940000-0000-7000-8000-000000000000"))
        #expect(isDescribed(line, "job…"))
        #expect(isDescribed("…", "job…"))
        #expect(isDescribed("…"))
        #expect(!isDescribed(line))
        #expect(!isDescribed(line, "job 0193"))
        #expect(!isDescribed("…", "jobs…"))
        #expect(!isDescribed("2026-01-01T00:00:00+0000 info sqjobs: job failure took=99 ms", "…"))
    }
}
