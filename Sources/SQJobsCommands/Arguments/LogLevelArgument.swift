import Logging

/// How much is logged.
enum LogLevelArgument {
    /// Reads a level, in any case.
    static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ArgumentFault("write one of \(levels).")
        }
        return level
    }
}
