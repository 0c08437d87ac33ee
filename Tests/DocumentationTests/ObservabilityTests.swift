import Foundation
import Testing

/// What is counted, timed and traced, by the sources that do it.
@Suite("Documentation/reference/observability.md and the code")
struct ObservabilityTests {
    private let page: String
    private let sources: [String]

    init() throws {
        page = try Project.text("Documentation/reference/observability.md")
        sources = try Project.swiftFiles(in: "Sources").map(Project.text)
    }

    @Test("every metric is in the table with its kind, and no other")
    func metrics() {
        let made = sources.flatMap { source in
            source.matches(of: /(Counter|Timer|Gauge|Meter|Recorder)\(\s*label: "([^"]+)"/).map {
                "\($0.output.2) \($0.output.1.lowercased())"
            }
        }
        let listed = rows.map { "\($0.name) \($0.kind)" }
        #expect(made.count >= 5)
        #expect(Set(made) == Set(listed))
    }

    @Test("every dimension of a metric is in its row, and so is every outcome")
    func dimensions() throws {
        let labels = try Project.text("Sources/SQJobsCore/Execution/JobOutcome.swift")
            .matches(of: /case \.\w+: "(\w+)"/).map { "`\($0.output.1)`" }
        #expect(labels.count == 7)
        let executed = try #require(rows.first { $0.name == "sqjobs.jobs.executed" })
        for label in labels { #expect(executed.dimensions.contains(label), "\(label)") }
        for source in sources where source.contains("dimensions:") {
            let keys = Set(source.matches(of: /\("(\w+)",\s/).map { "`\($0.output.1)`" })
            let names = source.matches(of: /label: "(sqjobs[^"]+)"/).map { String($0.output.1) }
            let shown = rows.filter { names.contains($0.name) }.map(\.dimensions).joined()
            for key in keys { #expect(shown.contains(key), "\(key) of \(names)") }
        }
    }

    @Test("every span and every attribute of a span is named, and no other")
    func spans() {
        let kinds = sources.flatMap { source in
            source.matches(of: /withSpan\("\\\([^)]*\) (\w+)"[^)]*ofKind: \.(\w+)/).map { "`NAME \($0.output.1)`" }
        }
        #expect(Set(kinds).count == 2)
        for kind in kinds { #expect(page.contains(kind), "\(kind)") }
        let attributes = sources.flatMap { source in
            source.matches(of: /span\.attributes\["([^"]+)"\]/).map { String($0.output.1) }
        }
        let listed = page.matches(of: /`((?:messaging|sqjobs)\.[a-z_.]+)`/).map { String($0.output.1) }
            .filter { name in !rows.contains { $0.name == name } }
        #expect(Set(attributes) == Set(listed))
    }

    /// The rows of the table of metrics.
    private var rows: [(name: String, kind: String, dimensions: String)] {
        page.matches(of: /(?m)^\| `(sqjobs\.[a-z.]+)` \| (\w+) \| (.*) \|$/).map {
            (String($0.output.1), String($0.output.2), String($0.output.3))
        }
    }
}
