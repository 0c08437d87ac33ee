import Foundation
import Testing

@Suite("Swift in README and Documentation")
struct SwiftBlockTests {
    @Test("every block compiles against the modules that were built, without a warning", arguments: try Page.all())
    func blocks(_ page: Page) async throws {
        let checker = try TypeChecker.ofModules()
        for program in PageProgram.all(in: page) {
            let complaint = try await checker.complaint(about: try program.files())
            #expect(complaint == nil, "\(page.name): \(complaint ?? "")")
        }
    }

    @Test("every manifest compiles, and names products that there are", arguments: try Page.all())
    func manifests(_ page: Page) async throws {
        let blocks = page.blocks.filter { $0.language == "swift" && $0.words == ["manifest"] }
        guard !blocks.isEmpty else { return }
        let checker = try await TypeChecker.ofManifests()
        let manifest = try Project.text("Package.swift")
        let products = Set(manifest.matches(of: /\.(?:library|plugin)\(name: "(\w+)"/).map { $0.output.1 })
        for block in blocks {
            let text = Self.manifest(block, of: page)
            let complaint = try await checker.complaint(about: [text])
            #expect(complaint == nil, "\(page.name): \(complaint ?? "")")
            for match in block.lines.joined().matches(of: /\(name: "(\w+)", package: "sqjobs"\)/) {
                #expect(products.contains(match.output.1), "\(page.name): there is no product \(match.output.1)")
            }
        }
    }

    /// A manifest is whole if it imports `PackageDescription`. Else it is what stands between the parentheses of `Package`, or
    /// a target, which begins with a dot.
    private static func manifest(_ block: Block, of page: Page) -> String {
        let text = block.lines.joined(separator: "\n")
        let location = "#sourceLocation(file: \"\(page.url.path)\", line: \(block.line))"
        if block.lines.contains("import PackageDescription") { return "\(location)\n\(text)" }
        let isTarget = text.hasPrefix(".")
        let (before, after) = isTarget ? ("targets: [", "])") : ("", ")")
        return "import PackageDescription\n\(location)\nlet package = Package(name: \"app\", \(before)\(text)\n\(after)"
    }

    @Test("what the page on testing shows stands in tests, which run")
    func shownTests() throws {
        func code(_ text: String) -> String {
            text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
        }
        let tests = code(try Project.text("Tests/DocumentationTests/Blocks/Testing.swift"))
        let page = try Page("topics/testing.md", in: Project.documentation)
        for block in page.blocks where block.language == "swift" {
            #expect(tests.contains(code(block.lines.joined(separator: "\n"))), "\(page.name):\(block.line)")
        }
    }

    /// `swift elsewhere` is for code on packages that are not among ours.
    @Test("no block is marked in a way that keeps it from being checked", arguments: try Page.all())
    func marks(_ page: Page) throws {
        let built = try FileManager.default.contentsOfDirectory(
            atPath: Project.products.appending(path: "Modules").path)
        for block in page.blocks where block.language == "swift" && !block.words.isEmpty {
            let imports = SwiftBlock(block).imports.compactMap { $0.split(separator: " ").last }
            let isOfElsewhere =
                block.words == ["elsewhere"] && !imports.allSatisfy { built.contains("\($0).swiftmodule") }
            #expect(isOfElsewhere || block.words == ["manifest"], "\(page.name):\(block.line): \(block.words)")
        }
    }
}
