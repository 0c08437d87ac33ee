/// One clause of an `#if` that surrounds a declaration.
struct Condition: Hashable {
    /// Where the `#if` stands.
    let start: SourcePlace
    /// Which of its clauses it is, from 0.
    let clause: Int
    /// When the clause is compiled, as one expression: of an `#else`, the opposite of what stands before it.
    let text: String
}

extension [Condition] {
    /// Whether no build can have both: they are different clauses of one `#if`.
    func excludes(_ other: Self) -> Bool {
        contains { condition in
            other.contains { $0.start == condition.start && $0.clause != condition.clause }
        }
    }

    /// Whether each build that has `other` has this too, as far as the text tells.
    func isMet(wherever other: Self) -> Bool {
        let texts = Set(other.map(\.text))
        return allSatisfy { texts.contains($0.text) }
    }

    /// All of them as one expression; `nil` without any.
    var expression: String? {
        switch count {
        case 0: nil
        case 1: self[0].text
        default: map { "(\($0.text))" }.joined(separator: " && ")
        }
    }
}
