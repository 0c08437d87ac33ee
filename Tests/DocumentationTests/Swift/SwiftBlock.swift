/// A block of Swift in a page, and where it can stand in a program.
struct SwiftBlock {
    let block: Block
    /// The lines that import something.
    let imports: [String]
    /// What it declares, if declarations are all that it holds: it can stand at the top of a file then. Otherwise it holds
    /// statements, and must stand in a function.
    let declared: Set<String>?
    /// The names that its outermost statements bind.
    let bound: [String]

    init(_ block: Block) {
        self.block = block
        imports = block.lines.filter { $0.contains(/^(?:public\s|internal\s)?import\s/) }
        var names: Set<String> = []
        var bound: [String] = []
        var holdsStatements = false
        for line in block.lines where !Self.belongsToAnother(line) {
            if let (keyword, name) = Self.declaration(on: line) {
                if keyword != "extension" { names.insert(String(name)) }
            } else {
                holdsStatements = true
                bound += Self.names(boundBy: line)
            }
        }
        if block.lines.contains("@main") { names.insert("@main") }
        self.bound = bound
        declared = holdsStatements ? nil : names
    }

    /// What a line declares: the keyword and the name.
    private static func declaration(on line: String) -> (keyword: Substring, name: Substring)? {
        let declaration =
            #/
            ^
            (?: (?: @\w+ (?: \( [^)]* \) )? | public | package | internal | private | fileprivate | open | final | indirect
                | nonisolated ) \s )*
            (class | struct | enum | actor | protocol | extension | func | typealias) \s ([\w.`]+)
            /#
        return line.firstMatch(of: declaration).map { ($0.output.1, $0.output.2) }
    }

    /// Whether a line begins nothing: it is empty or indented, closes or continues what stands above it, or is a comment, a
    /// condition, or an attribute of what stands below it.
    private static func belongsToAnother(_ line: String) -> Bool {
        line.isEmpty || line.contains(/^(\s|[\]})>{]|\/\/|#(if|else|elseif|endif)|@\w+(\(.*\))?$)/)
            || line.contains(/^(?:public\s|internal\s)?import\s/)
    }

    private static func names(boundBy line: String) -> [String] {
        if let match = line.firstMatch(of: /^(?:let|var) (\w+)/) { return [String(match.output.1)] }
        guard let match = line.firstMatch(of: /^(?:let|var) \(([^)]*)\)/) else { return [] }
        return match.output.1.split { ", ".contains($0) }.map(String.init).filter { $0 != "_" }
    }
}
