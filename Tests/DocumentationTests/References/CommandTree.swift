import Foundation

/// A command of the app's command line, as argument-parser describes it to tools.
struct CommandTree: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let names: [Name]?
        let abstract: String?

        /// The long option; `nil` if there is none.
        var option: String? {
            names?.first { $0.kind == "long" }.map { "--\($0.name)" }
        }
    }

    let commandName: String
    let arguments: [Argument]?
    let subcommands: [CommandTree]?

    /// The whole of it.
    static func all() async throws -> CommandTree {
        struct Dump: Decodable {
            let command: CommandTree
        }
        let dump = try await ManageProgram.run(["--experimental-dump-help"])
        return try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command
    }

    /// Each command with the words that call it, those above before those below; help itself is not among them.
    func calls(after words: [String] = []) -> [(words: [String], command: CommandTree)] {
        guard commandName != "help" else { return [] }
        let words = words + [commandName]
        return [(words, self)] + (subcommands ?? []).flatMap { $0.calls(after: words) }
    }
}
