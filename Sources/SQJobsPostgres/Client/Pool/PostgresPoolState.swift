import DequeModule

/// Which connections there are and who waits for one: no clock, no I/O, no `await`.
///
/// Every connection has a place, from the moment it is being opened until it is let go. A place is *lent*, or *idle* with
/// its connection; who waits is served in order, with a connection or with the leave to open one.
struct PostgresPoolState<Connection: Sendable>: Sendable {
    /// What somebody who wants a connection gets.
    enum Turn: Sendable {
        /// A connection that was in use before, and when it was given back.
        case use(Connection, since: Duration)
        /// A place: open a connection, or give the place back.
        case open
    }

    private struct Waiter {
        let id: Int
        let deadline: Duration
    }

    private let limit: Int
    private var idle: [(connection: Connection, since: Duration)] = []
    private var waiters: Deque<Waiter> = []
    /// How many places are taken.
    private(set) var places = 0
    /// Whether nobody gets a connection any more.
    private(set) var isClosed = false

    init(limit: Int) {
        self.limit = limit
    }

    /// How many connections wait to be used.
    var idleCount: Int { idle.count }

    /// How many wait for a connection.
    var waiterCount: Int { waiters.count }

    /// Whether all connections are back and gone.
    var isOver: Bool { isClosed && places == 0 }

    /// When the first of those who wait has waited long enough; all of them wait equally long.
    var nextDeadline: Duration? { waiters.first?.deadline }

    /// Somebody wants a connection.
    ///
    /// - Returns: A turn; nil when one has to wait.
    mutating func take() -> Turn? {
        guard waiters.isEmpty, !isClosed else { return nil }
        // The one that was used last is the likeliest to be alive.
        if let last = idle.popLast() { return .use(last.connection, since: last.since) }
        guard places < limit else { return nil }
        places += 1
        return .open
    }

    /// Somebody waits.
    mutating func wait(_ id: Int, until deadline: Duration) {
        waiters.append(Waiter(id: id, deadline: deadline))
    }

    /// Somebody no longer waits.
    mutating func giveUp(_ id: Int) {
        waiters.removeAll { $0.id == id }
    }

    /// Takes out those who have waited long enough.
    mutating func takeOverdue(at now: Duration) -> [Int] {
        var overdue: [Int] = []
        while let first = waiters.first, first.deadline <= now { overdue.append(waiters.removeFirst().id) }
        return overdue
    }

    /// A connection is given back in good order.
    ///
    /// - Returns: Who gets it; nil when it is idle now, or is to be closed because the pool is.
    mutating func giveBack(_ connection: Connection, at now: Duration) -> (waiter: Int?, isKept: Bool) {
        if let next = waiters.popFirst() { return (next.id, true) }
        guard !isClosed else {
            places -= 1
            return (nil, false)
        }
        idle.append((connection, now))
        return (nil, true)
    }

    /// A connection is gone, or could not be opened.
    ///
    /// - Returns: Who may open one in its place.
    mutating func giveUpPlace() -> Int? {
        guard let next = waiters.popFirst() else {
            places -= 1
            return nil
        }
        return next.id
    }

    /// From now on nobody gets a connection.
    ///
    /// - Returns: The idle connections, which are to be closed, and those who wait in vain.
    mutating func close() -> (connections: [Connection], waiters: [Int]) {
        isClosed = true
        defer {
            places -= idle.count
            idle = []
            waiters = []
        }
        return (idle.map(\.connection), waiters.map(\.id))
    }
}
