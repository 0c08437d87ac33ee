/// Whether a word can name a class or a type.
enum JobName {
    /// Checks a word.
    ///
    /// - Throws: ``ToolError`` that says what can be one.
    static func check(_ name: String, as what: String) throws {
        let isName =
            name.first.map { $0.isLetter || $0 == "_" } == true
            && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        guard isName, name.first?.isUppercase == true, !["Any", "Self", "Type", "Protocol"].contains(name) else {
            throw ToolError("“\(name)” cannot be the name of \(what): begin with a capital, as in SendTicket")
        }
    }
}
