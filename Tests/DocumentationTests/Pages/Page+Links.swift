extension Page {
    /// The links of a text that lead into the project; those in code are none.
    static func localLinks(of text: String) -> [LocalLink] {
        prose(of: text).flatMap { line in
            line.replacing(/`+[^`]*`+/, with: "").matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }
        }
        .filter { !$0.contains(":") }.map { LocalLink($0) }
    }

    /// The anchors of a text's headings, as GitHub makes them: in lower case, without punctuation, hyphens for spaces,
    /// and numbered where there is more than one.
    static func anchors(of text: String) -> [String] {
        var counts: [String: Int] = [:]
        return prose(of: text).filter { $0.starts(with: /\#+\s/) }.map { line in
            let title = line.drop { $0 == "#" }.dropFirst().lowercased()
            let anchor = String(title.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }).replacing(
                " ", with: "-")
            let count = counts[anchor, default: 0]
            counts[anchor] = count + 1
            return count == 0 ? anchor : "\(anchor)-\(count)"
        }
    }

    /// The lines outside of blocks of code.
    private static func prose(of text: String) -> [Substring] {
        var isCode = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            guard line.hasPrefix("```") else { return !isCode }
            isCode.toggle()
            return false
        }
    }
}
