/// What is known of one thing: a line for each fact, its name in front.
struct FactSheet {
    private var facts: [(name: String, value: String, style: TextStyle?)] = []

    /// Adds a fact; one without a value is left out.
    mutating func add(_ name: String, _ value: String?, _ style: TextStyle? = nil) {
        guard let value else { return }
        facts.append((name, value.visible, style))
    }

    /// The lines, the values in a column.
    func lines(_ style: (String, TextStyle) -> String) -> [String] {
        let width = facts.reduce(0) { max($0, $1.name.count) }
        return facts.map { fact in
            let space = String(repeating: " ", count: width - fact.name.count)
            return style(fact.name, .faint) + space + "  " + (fact.style.map { style(fact.value, $0) } ?? fact.value)
        }
    }
}
