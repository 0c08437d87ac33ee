import Foundation
import Testing

/// What the reference lists is compared with the sources that it is about.
@Suite("Documentation/reference and the code")
struct ReferenceTests {
    @Test("every error's code is in errors.md, and no other")
    func errors() throws {
        let codes = try sources { $0.contains("SQJobsError+") }.flatMap { text in
            text.matches(of: /static let (\w+) = Self\(rawValue: "(\w+)"\)/).map { String($0.output.2) }
        }
        // Of the rows, for other things are in backquotes too.
        let listed = try page("reference/errors.md").matches(of: /(?m)^\| ((?:`\w+`(?:, )?)+) \|/)
            .flatMap { $0.output.1.matches(of: /`(\w+)`/).map { String($0.output.1) } }
        #expect(codes.count > 20)
        #expect(Set(listed) == Set(codes))
    }

    @Test("every table of both databases is in database-schema.md")
    func tables() throws {
        let text = try page("reference/database-schema.md")
        let sqlite = try sources { $0.contains("SQJobsSQLite/Migrations") }.flatMap { text in
            text.matches(of: /CREATE TABLE (?:IF NOT EXISTS )?(sqjobs_\w+)/).map { String($0.output.1) }
        }
        #expect(sqlite.count >= 9)
        for table in sqlite {
            #expect(text.contains("`\(table)`"), "\(table) is missing")
            #expect(text.contains("`sqjobs.\(table.dropFirst("sqjobs_".count))`"), "PostgreSQL's \(table) is missing")
        }
    }

    @Test("every action of SQS that the code calls is in iam-policy.md")
    func actions() throws {
        let text = try page("howto/iam-policy.md")
        let calls = try sources { $0.contains("SQJobsSQS/") && !$0.contains("Client/Actions") }.joined()
        let actions = try sources { $0.contains("SQJobsSQS/Client/Actions") }.compactMap { source in
            source.firstMatch(of: /struct (\w+): SQSAction/).flatMap { type in
                source.firstMatch(of: /static let name = "(\w+)"/).map { (String(type.output.1), String($0.output.1)) }
            }
        }
        #expect(actions.count > 10)
        for (type, name) in actions where calls.contains("\(type)(") {
            let right = name.hasSuffix("Batch") ? String(name.dropLast("Batch".count)) : name
            #expect(text.contains("`sqs:\(right)`") || text.contains("\"sqs:\(right)\""), "\(right) is missing")
        }
    }

    private func page(_ path: String) throws -> String {
        try Project.text("Documentation/\(path)")
    }

    /// The texts of the source files whose paths fit.
    private func sources(_ fits: (String) -> Bool) throws -> [String] {
        try Project.swiftFiles(in: "Sources").filter(fits).map(Project.text)
    }
}
