import Foundation
import SQJobsCore

/// Reads the INI dialect of AWS's shared files.
///
/// - `[section]`, then `name = value`; names count in lower case, a repeated section goes on, a repeated name overrides.
/// - Lines that begin with `#` or `;` are comments, and so is what follows white space and one of them.
/// - Lines indented deeper than a setting belong to it: settings of its own if it has no value, else nothing that
///   SQJobs knows how to use, and so they are passed over.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
struct ProfileFileParser {
    private let path: String
    private var sections: [String: ProfileSection] = [:]
    private var section: String?
    private var setting: (name: String, indentation: Int, isEmpty: Bool)?

    private init(path: String) {
        self.path = path
    }

    /// The sections of a file by their names as written, with runs of white space made one space.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - path: The file's path, for errors.
    /// - Throws: `SQJobsError` with the code `invalidConfiguration` that names file and line, and never shows a value.
    static func parse(_ text: String, path: String) throws -> [String: ProfileSection] {
        var parser = ProfileFileParser(path: path)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            try parser.read(line.drop { $0 == "\u{FEFF}" }, number: index + 1)
        }
        return parser.sections
    }

    private mutating func read(_ line: Substring, number: Int) throws {
        let content = line.drop(while: \.isWhitespace)
        guard let first = content.first, first != "#", first != ";" else { return }
        let indentation = line.distance(from: line.startIndex, to: content.startIndex)

        if let setting, indentation > setting.indentation {
            guard setting.isEmpty, let section else { return }
            let (name, value) = try assignment(content, number: number)
            sections[section, default: ProfileSection()].nested[setting.name, default: [:]][name] = value
        } else if first == "[" {
            try openSection(content, number: number)
        } else {
            guard let section else {
                throw error(number, "the setting stands before the first section; write [default] above it")
            }
            let (name, value) = try assignment(content, number: number)
            sections[section, default: ProfileSection()].values[name] = value
            sections[section, default: ProfileSection()].nested[name] = nil
            setting = (name, indentation, value.isEmpty)
        }
    }

    private mutating func openSection(_ content: Substring, number: Int) throws {
        guard let end = content.firstIndex(of: "]") else {
            throw error(number, "the section's name lacks its closing bracket; write [default] or [profile name]")
        }
        let rest = content[content.index(after: end)...].drop(while: \.isWhitespace)
        guard rest.isEmpty || rest.hasPrefix("#") || rest.hasPrefix(";") else {
            throw error(number, "there is more after the section's closing bracket; put it on a line of its own")
        }
        let name = content[..<end].dropFirst().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty else {
            throw error(number, "the section has no name; write [default] or [profile name]")
        }
        section = name
        setting = nil
        // A section without settings is one nonetheless: a profile that exists.
        sections[name] = sections[name] ?? ProfileSection()
    }

    private func assignment(_ content: Substring, number: Int) throws -> (name: String, value: String) {
        guard let equals = content.firstIndex(of: "=") else {
            throw error(number, "there is no equals sign; write name = value")
        }
        let name = content[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
        guard !name.isEmpty else {
            throw error(number, "there is nothing before the equals sign; write name = value")
        }
        let value = Self.withoutComment(content[content.index(after: equals)...])
        return (name, value.trimmingCharacters(in: .whitespaces))
    }

    private static func withoutComment(_ text: Substring) -> Substring {
        var isAfterSpace = false
        for index in text.indices {
            if isAfterSpace, text[index] == "#" || text[index] == ";" { return text[..<index] }
            isAfterSpace = text[index].isWhitespace
        }
        return text
    }

    private func error(_ line: Int, _ reason: String) -> SQJobsError {
        SQJobsError(.invalidConfiguration, "\(path), line \(line): \(reason)")
    }
}
