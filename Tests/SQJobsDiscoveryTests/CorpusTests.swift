import SQJobsDiscovery
import Testing

@Suite("The corpus of discovery")
struct CorpusTests {
    @Test("what is written and what is said", arguments: try CorpusCase.all())
    func discovers(_ entry: CorpusCase) {
        let discovery = entry.discovery
        #expect(discovery.diagnostics.map(\.description) == entry.says)
        #expect(discovery.hasErrors == (entry.registry == nil))
        if let registry = entry.registry { #expect(discovery.text == registry) }
    }

    @Test("there are cases")
    func isThere() throws {
        #expect(try CorpusCase.all().count >= 17)
    }

    @Test("the order of files, and what stands in bodies, change nothing", arguments: try CorpusCase.all())
    func isStable(_ entry: CorpusCase) {
        var changed = entry
        changed.files = entry.files.reversed().map {
            SourceFile(path: $0.path, text: $0.text.replacing("async throws {}", with: "async throws { _ = 2 + 2 }"))
        }
        if entry.registry != nil { #expect(changed.discovery.text == entry.discovery.text) }
    }
}
