import Foundation

/// What a page's blocks of Swift amount to, read from its top: declarations at the top of files, statements in a function for
/// each section of the page, in which each block sees what those before it have bound and may bind it anew.
///
/// A page that declares something a second time, as a tutorial does, begins another program there, in which the second
/// takes the first's place.
struct PageProgram {
    private let page: Page
    private let blocks: [SwiftBlock]

    private static let imports = [
        "ArgumentParser", "Foundation", "Logging", "Metrics", "SQJobsCommands", "SQJobsConformance", "SQJobsEager",
        "SQJobsPostgres",
        "SQJobsSQLite", "SQJobsSQS", "SQJobsTesting", "ServiceLifecycle", "Synchronization", "Testing",
        "Tracing", "UnixSignals",
    ].map { "import \($0)" }

    static func all(in page: Page) -> [PageProgram] {
        var programs: [PageProgram] = []
        var blocks: [SwiftBlock] = []
        for block in page.blocks where block.language == "swift" && block.words.isEmpty {
            let block = SwiftBlock(block)
            let isSecond = { (other: SwiftBlock) in
                guard let declared = block.declared, let others = other.declared else { return false }
                return !declared.isDisjoint(with: others)
            }
            if blocks.contains(where: isSecond) {
                programs.append(PageProgram(page: page, blocks: blocks))
                blocks.removeAll { $0.declared == nil || isSecond($0) }
            }
            blocks.append(block)
        }
        if !blocks.isEmpty { programs.append(PageProgram(page: page, blocks: blocks)) }
        return programs
    }

    /// The texts of its files.
    func files() throws -> [String] {
        let context = try context()
        let declarations = blocks.filter { $0.declared != nil }.map { file(of: $0, context) }
        let sections = Dictionary(grouping: blocks.filter { $0.declared == nil }, by: \.block.section)
        let functions = sections.sorted { $0.key < $1.key }.map { function($0.value, context) }
        return declarations + functions + (context.map { [$0] } ?? [])
    }

    /// A block that imports something is a file as it stands: it sees no other modules.
    private func file(of block: SwiftBlock, _ context: String?) -> String {
        let imports = block.imports.isEmpty ? imports(context) : ["import DocumentationContext"]
        return (imports + located(block, block.block.lines)).joined(separator: "\n")
    }

    private func function(_ blocks: [SwiftBlock], _ context: String?) -> String {
        var lines = imports(context) + blocks.flatMap(\.imports)
        lines.append("private func statements(_ app: inout Application) async throws {")
        for block in blocks {
            lines.append("do {")
            lines += located(block, block.block.lines.map { block.imports.contains($0) ? "" : $0 })
            // What a page binds to show it is not a mistake when nothing uses it.
            lines += block.bound.map { "_ = \($0)" }
        }
        lines += blocks.map { _ in "}" } + ["}"]
        return lines.joined(separator: "\n")
    }

    /// What a block sees that imports nothing itself, with what the page's context imports.
    private func imports(_ context: String?) -> [String] {
        let more = context?.matches(of: /(?m)^import\s\w+$/).map { String($0.output) } ?? []
        return ["import DocumentationContext"] + Self.imports + more
    }

    /// Errors name the line of the page.
    private func located(_ block: SwiftBlock, _ lines: [String]) -> [String] {
        ["#sourceLocation(file: \"\(page.url.path)\", line: \(block.block.line))"] + lines + ["#sourceLocation()"]
    }

    /// What the page takes for granted beside what all pages do.
    private func context() throws -> String? {
        let name = page.name.replacing(/\.md$/, with: ".swift")
        let file = Project.context.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return "#sourceLocation(file: \"\(file.path)\", line: 1)\n" + (try String(contentsOf: file, encoding: .utf8))
    }
}
