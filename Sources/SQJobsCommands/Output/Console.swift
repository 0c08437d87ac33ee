import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a command reads and writes.
struct Console: Sendable {
    let output: ConsoleStream
    let error: ConsoleStream
    /// Whether somebody can be asked.
    let inputIsTerminal: Bool
    /// The next line of input; `nil` at its end.
    let readLine: @Sendable () -> String?
}

extension Console {
    /// The process's own streams.
    static func process(_ environment: [String: String]) -> Console {
        Console(
            output: ConsoleStream(isTerminal: isatty(STDOUT_FILENO) == 1, environment) { text in
                write(text, to: .standardOutput)
            },
            error: ConsoleStream(isTerminal: isatty(STDERR_FILENO) == 1, environment) { text in
                write(text, to: .standardError)
            },
            inputIsTerminal: isatty(STDIN_FILENO) == 1, readLine: { Swift.readLine() })
    }

    /// Asks for a yes.
    ///
    /// - Returns: Whether it was given; at the end of input it was not.
    func confirms(_ question: String) -> Bool {
        error.write("\(question) [y/N] ")
        guard let answer = readLine() else { return false }
        return ["y", "yes"].contains(answer.trimmingCharacters(in: .whitespaces).lowercased())
    }

    /// A reader that went away, as `head` does, is no reason to fail.
    private static func write(_ text: String, to file: FileHandle) {
        try? file.write(contentsOf: Data(text.utf8))
    }
}
