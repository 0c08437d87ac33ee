import Foundation

/// The form as it was sent: text, whatever was typed.
struct TicketForm: Decodable, Sendable {
    /// A field's name, on the page and in what is sent.
    enum Field: String, CodingKey {
        case number
        case holder
        case count
    }

    /// What is wrong with a form: for each field that is not right, what to do about it.
    struct Faults: Error {
        let byField: [Field: String]
    }

    typealias CodingKeys = Field

    var number: String?
    var holder: String?
    var count: String?

    /// What the form asks for.
    func order() -> Result<TicketOrder, Faults> {
        var faults: [Field: String] = [:]
        let number = Self.number(number, in: 1...999_999)
        if number == nil { faults[.number] = "Write the number of your order: up to six digits." }
        let count = Self.number(count, in: TicketOrder.counts)
        if count == nil { faults[.count] = "Write a number from 1 to 12." }
        let holder = Self.line(holder)
        if holder == nil { faults[.holder] = "Write a name of up to 60 letters." }
        guard let number, let holder, let count else { return .failure(Faults(byField: faults)) }
        return .success(TicketOrder(number: number, holder: holder, count: count))
    }

    private static func number(_ text: String?, in range: ClosedRange<Int>) -> Int? {
        text.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) }.flatMap { range.contains($0) ? $0 : nil }
    }

    private static func line(_ text: String?) -> String? {
        guard let line = text?.trimmingCharacters(in: .whitespacesAndNewlines), !line.isEmpty, line.count <= 60,
            line.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return nil }
        return line
    }
}
