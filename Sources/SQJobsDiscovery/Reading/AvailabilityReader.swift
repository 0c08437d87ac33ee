import SwiftSyntax

extension AttributeListSyntax {
    /// What the `@available` attributes among them say.
    var availability: Availability {
        reduce(Availability()) { result, element in
            guard case .attribute(let attribute) = element, case .availability(let list)? = attribute.arguments else {
                return result
            }
            return result.and(list.availability)
        }
    }
}

extension AvailabilityArgumentListSyntax {
    /// `macOS 26, *` is said as it is; of `macOS, introduced: 26` only from where on it is there.
    fileprivate var availability: Availability {
        let words = map { $0.argument.trimmedDescription }
        if words.contains("unavailable") || words.contains(where: { $0.hasPrefix("obsoleted:") }) {
            // Elsewhere than on one platform it may be there, but a registry cannot say so.
            return Availability(isUnavailable: true)
        }
        guard let first = words.first, !first.hasPrefix("swift"), !first.hasPrefix("_") else { return Availability() }
        if words.count > 1, words.last == "*" { return Availability(conditions: [words.joined(separator: ", ")]) }
        let introduced = words.first { $0.hasPrefix("introduced:") }?.dropFirst("introduced:".count)
        guard let introduced, first != "*" else { return Availability() }
        return Availability(conditions: ["\(first) \(introduced.drop { $0 == " " }), *"])
    }
}
