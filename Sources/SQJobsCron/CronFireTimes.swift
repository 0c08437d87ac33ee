public import Foundation

/// The instants at which an expression fires after a time, in order. They are computed one by one, as they are asked
/// for, and have no end unless fifty years pass without one.
public struct CronFireTimes: Sequence, Sendable {
    private let search: CronSearch
    private let start: Int?

    init(search: CronSearch, start: Int?) {
        self.search = search
        self.start = start
    }

    /// Begins with the first instant.
    public func makeIterator() -> Iterator {
        Iterator(search: search, last: start)
    }

    /// Computes one instant after another.
    public struct Iterator: IteratorProtocol, Sendable {
        private var search: CronSearch
        private var last: Int?

        init(search: CronSearch, last: Int?) {
            self.search = search
            self.last = last
        }

        /// The next instant, or nil if the fifty years after the last one have none.
        public mutating func next() -> Date? {
            search.first(from: &last).map { Date(timeIntervalSince1970: Double($0.instant)) }
        }
    }
}
