/// How the registry of a target is called.
enum RegistryName {
    /// The target's name as Swift names properties: `ticketShop` for `TicketShop`, `ticket-shop` and `ticket_shop`,
    /// `urlFetcher` for `URLFetcher`.
    static func property(for target: String) -> String {
        let words = target.split { !$0.isLetter && !$0.isNumber }
        guard let first = words.first else { return "jobs" }
        let name = lowered(first) + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        if name.first?.isNumber == true { return "_\(name)" }
        return keywords.contains(name) ? "`\(name)`" : name
    }

    /// A word with its first letter in lower case, or of several capitals all but the one that begins the next word.
    private static func lowered(_ word: Substring) -> String {
        let capitals = word.prefix { $0.isUppercase }
        if capitals.count == word.count { return word.lowercased() }
        let count = capitals.count > 1 && word[capitals.endIndex].isLetter ? capitals.count - 1 : capitals.count
        return word.prefix(count).lowercased() + word.dropFirst(count)
    }

    /// Those that a target might be called and that cannot name a property as they are.
    private static let keywords: Set<String> = [
        "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else", "enum", "extension",
        "false", "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil",
        "operator", "package", "private", "protocol", "public", "repeat", "return", "self", "static", "struct",
        "subscript", "super", "switch", "throw", "throws", "true", "try", "var", "where", "while",
    ]
}
