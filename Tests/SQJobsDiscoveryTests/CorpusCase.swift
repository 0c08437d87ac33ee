import Foundation
import SQJobsDiscovery
import Testing

/// A tree of source, and what must be discovered of it: one of the texts in `Fixtures`.
///
/// Its first line says the rule. Each `////` begins a file, or what is expected: `registry` the file that is written
/// (which errors prevent), `says` the diagnostics.
struct CorpusCase: Sendable, CustomTestStringConvertible {
    let name: String
    let rule: String
    var target = "TicketShop"
    var files: [SourceFile] = []
    var others: [String: [SourceFile]] = [:]
    var configuration = DiscoveryConfiguration()
    var registry: String?
    var says: [String] = []

    var testDescription: String { "\(name): \(rule)" }
    var module: String { String(target.map { $0.isLetter || $0.isNumber ? $0 : "_" }) }

    var discovery: Discovery {
        Discovery(target: target, module: module, files: files, others: others, configuration: configuration)
    }

    static func all() throws -> [CorpusCase] {
        guard let folder = Bundle.module.url(forResource: "Fixtures", withExtension: nil) else { return [] }
        let urls = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try urls.sorted { $0.path < $1.path }.map { url in
            try CorpusCase(
                name: url.deletingPathExtension().lastPathComponent, text: String(contentsOf: url, encoding: .utf8))
        }
    }

    init(name: String, text: String) throws {
        self.name = name
        let parts = text.components(separatedBy: "\n//// ")
        rule = parts[0].trimmingCharacters(in: .whitespacesAndNewlines)
        for part in parts.dropFirst() {
            let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let content = lines.count > 1 ? String(lines[1]) : ""
            let words = lines[0].split(separator: " ").map(String.init)
            switch words[0] {
            case "target": target = words[1]
            case "registry": registry = content + (content.hasSuffix("\n") ? "" : "\n")
            case "says": says = content.split(separator: "\n").map(String.init)
            case "DiscoverJobs.json": configuration = try DiscoveryConfiguration(json: content)
            case "module":
                let path = words[1].split(separator: "/").map(String.init)
                others[path[0], default: []].append(SourceFile(path: words[1], text: content))
            default: files.append(SourceFile(path: words[0], text: content))
            }
        }
    }
}
