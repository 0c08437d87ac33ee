/// A set of small numbers, 0 to 63, in one machine word: a cron field's values, or the days of a month.
///
/// Finding the next member is one instruction, which is what lets the search jump instead of counting.
struct BitSet: Sendable, Hashable {
    var bits: UInt64 = 0

    static func range(_ values: ClosedRange<Int>) -> BitSet {
        BitSet(bits: (~0 << UInt64(values.lowerBound)) & (~0 >> UInt64(63 - values.upperBound)))
    }

    var isEmpty: Bool { bits == 0 }
    var count: Int { bits.nonzeroBitCount }
    var first: Int? { first(from: 0) }
    var last: Int? { last(through: 63) }

    func contains(_ value: Int) -> Bool {
        bits & (1 << UInt64(value)) != 0
    }

    mutating func insert(_ value: Int) {
        bits |= 1 << UInt64(value)
    }

    mutating func formUnion(_ other: BitSet) {
        bits |= other.bits
    }

    /// The smallest member that is at least `value`, which may be 0 to 64.
    func first(from value: Int) -> Int? {
        let rest = bits & (~0 << UInt64(value))
        return rest == 0 ? nil : rest.trailingZeroBitCount
    }

    /// The largest member that is at most `value`, which may be -1 to 63.
    func last(through value: Int) -> Int? {
        let rest = bits & (~0 >> UInt64(63 - value))
        return rest == 0 ? nil : 63 - rest.leadingZeroBitCount
    }
}

extension BitSet: Sequence {
    /// The members in ascending order.
    struct Iterator: IteratorProtocol {
        fileprivate var rest: BitSet

        mutating func next() -> Int? {
            guard let first = rest.first else { return nil }
            rest.bits &= rest.bits - 1
            return first
        }
    }

    func makeIterator() -> Iterator { Iterator(rest: self) }
}
