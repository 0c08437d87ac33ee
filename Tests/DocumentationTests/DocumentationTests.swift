import Foundation
import Testing

@Suite("README and Documentation")
struct DocumentationTests {
    private let pages: [Page]
    private let compiled: [[String]]

    init() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let project = tests.deletingLastPathComponent().deletingLastPathComponent()
        pages = try Page.all(in: project)
        compiled = try FileManager.default.contentsOfDirectory(
            at: tests.appending(path: "Blocks"), includingPropertiesForKeys: nil
        ).map { Page.code(of: try String(contentsOf: $0, encoding: .utf8)) }
    }

    /// The files in `Blocks` are part of this target, so what stands in one of them compiles.
    @Test("every Swift block is compiled by this target")
    func blocks() throws {
        #expect(pages.contains { !$0.swiftBlocks.isEmpty })
        for page in pages {
            for block in page.swiftBlocks {
                let isCompiled = compiled.contains { $0.contains(block) }
                let text = block.joined(separator: "\n")
                #expect(isCompiled, "\(page.name): this block stands in no file of Blocks:\n\(text)")
            }
        }
    }
}
