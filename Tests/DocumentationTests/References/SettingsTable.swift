/// The variables of the environment that begin with `SQJOBS_`, as the command line's own help tells of them.
enum SettingsTable {
    /// Makes the table.
    ///
    /// - Parameters:
    ///   - help: What `manage --help` prints; its lines give the variables and their meanings.
    ///   - commands: The commands, whose options say which variable stands in for them.
    static func markdown(help: String, commands: CommandTree) -> String {
        let calls = commands.calls()
        let rows = variables(in: help).map { name, meaning in
            // The app itself comes first, so that what all commands share is told once.
            let user = calls.lazy.compactMap { call in
                call.command.arguments?.first { $0.isReplaced(by: name) }.map { (words: call.words, argument: $0) }
            }.first
            let place = user.map { "`\(($0.words + [$0.argument.option ?? "…"]).joined(separator: " "))`" }
            let standard = user?.argument.abstract?.firstMatch(of: /, else (.*)\.$/).map { String($0.output.1) }
            return "| `\(name)` | \(meaning) | \(place ?? "") | \(standard ?? "") |"
        }
        return (["| variable | what it says | instead of | else |", "|---|---|---|---|"] + rows)
            .joined(separator: "\n") + "\n"
    }

    /// The variables that the help's section on the environment lists.
    static func variables(in help: String) -> [(name: String, meaning: String)] {
        help.matches(of: /(?m)^\s+(SQJOBS_[A-Z_]+)\s+(.+)$/).map { (String($0.output.1), String($0.output.2)) }
    }
}

extension CommandTree.Argument {
    /// Whether its help says that the variable is asked when it is not given.
    fileprivate func isReplaced(by variable: String) -> Bool {
        abstract?.contains("Default: \(variable),") == true
    }
}
