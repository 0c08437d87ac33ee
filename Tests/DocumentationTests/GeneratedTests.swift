import Foundation
import Testing

@Suite("What the reference takes from the code")
struct GeneratedTests {
    private let advice: Comment = "run make docs-update, and read what it changed"

    @Test("commands.md has the help of every command, as it is printed")
    func commands() async throws {
        var text = ""
        for (words, _) in try await CommandTree.all().calls() {
            let help = try await ManageProgram.run(words.dropFirst() + ["--help"])
            text += "## \(words.joined(separator: " "))\n\n```text\n\(help.trimmingCharacters(in: .newlines))\n```\n\n"
        }
        text.removeLast()
        #expect(try GeneratedPart(name: "commands", page: "reference/commands.md", text: text).isCurrent(), advice)
    }

    @Test("settings.md has every variable of the environment with its default")
    func settings() async throws {
        let help = try await ManageProgram.run(["--help"])
        let table = SettingsTable.markdown(help: help, commands: try await CommandTree.all())
        #expect(try GeneratedPart(name: "settings", page: "reference/settings.md", text: table).isCurrent(), advice)
    }

    @Test("the help lists every variable that is read")
    func variables() async throws {
        let source = try Project.text("Sources/SQJobsCommands/App/Settings.swift")
        let read = source.matches(of: /(?:text|parse)\("([a-z.]+)"/).map {
            "SQJOBS_" + $0.output.1.uppercased().replacing(".", with: "_")
        }
        let listed = SettingsTable.variables(in: try await ManageProgram.run(["--help"])).map(\.name)
        #expect(read.count > 5)
        #expect(Set(read) == Set(listed))
    }

    @Test("settings.md has every variable of AWS's that is read, and no other")
    func variablesOfAWS() throws {
        let read = try Project.swiftFiles(in: "Sources").flatMap { file in
            try Project.text(file).matches(of: /"(AWS_[A-Z0-9_]+)"/).map { String($0.output.1) }
        }
        let listed = try Project.text("Documentation/reference/settings.md").matches(of: /`(AWS_[A-Z0-9_]+)`/).map {
            String($0.output.1)
        }
        #expect(read.count > 10)
        // The service's own variable is made from its name.
        #expect(Set(listed) == Set(read).union(["AWS_ENDPOINT_URL_SQS"]))
    }
}
