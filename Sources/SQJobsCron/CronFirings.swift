/// The firings of an expression after a time, in order, each with what the clock shows. They are computed one by one,
/// as they are asked for, and have no end unless fifty years pass without one.
public struct CronFirings: Sequence, Sendable {
    private let search: CronSearch
    private let start: Int?

    init(search: CronSearch, start: Int?) {
        self.search = search
        self.start = start
    }

    /// Begins with the first firing.
    public func makeIterator() -> Iterator {
        Iterator(search: search, last: start)
    }

    /// Computes one firing after another.
    public struct Iterator: IteratorProtocol, Sendable {
        private var search: CronSearch
        private var last: Int?

        init(search: CronSearch, last: Int?) {
            self.search = search
            self.last = last
        }

        /// The next firing, or nil if the fifty years after the last one have none.
        public mutating func next() -> CronFiring? {
            guard let found = search.first(from: &last) else { return nil }
            return CronFiring(found, in: search.zone.zone)
        }
    }
}
