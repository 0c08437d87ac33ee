/// What a command prints, without what differs each time: ids, times, how long something took, and the width of columns.
struct PrintedText: Equatable {
    let lines: [String]

    init(_ lines: [String]) {
        var lines = lines.map(Self.withoutVariation)
        while lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines
    }

    /// Whether a page's lines describe these: `…` at the end of a line stands for the rest of it, and alone on a line for any
    /// number of lines.
    func isDescribed(by shown: PrintedText) -> Bool {
        Self.matches(lines[...], shown.lines[...])
    }

    private static func matches(_ printed: ArraySlice<String>, _ shown: ArraySlice<String>) -> Bool {
        guard let pattern = shown.first else { return printed.isEmpty }
        if pattern == "…" {
            return printed.indices.contains { matches(printed[$0...], shown.dropFirst()) }
                || matches([], shown.dropFirst())
        }
        guard let line = printed.first else { return false }
        let isSame = pattern.hasSuffix("…") ? line.hasPrefix(pattern.dropLast()) : line == pattern
        return isSame && matches(printed.dropFirst(), shown.dropFirst())
    }

    private static func withoutVariation(_ line: String) -> String {
        var line = line
        line.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, with: "ID")
        line.replace(/\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(\.\d+)?( ?(Z|UTC|[+-]\d\d:?\d\d))?)?/, with: "TIME")
        line.replace(/\b\d\d:\d\d:\d\d(\.\d+)?\b/, with: "TIME")
        line.replace(/\b\d+(\.\d+)?( ?(ms|µs|us|ns|s|m|h|seconds?|milliseconds?))\b/, with: "DURATION")
        line.replace(/\s{2,}/, with: " ")
        line.replace(/\s+$/, with: "")
        return line
    }
}
