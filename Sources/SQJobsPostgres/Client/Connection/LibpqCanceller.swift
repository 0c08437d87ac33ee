import CLibpq

/// Asks the server to give up what a connection is waiting for.
///
/// `@unchecked Sendable`: libpq only reads the object, and lets any thread use it beside the connection ("Canceling Queries
/// in Progress").
final class LibpqCanceller: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Makes the object of a connection; nil when memory is out.
    init?(_ connection: OpaquePointer) {
        guard let pointer = PQgetCancel(connection) else { return nil }
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Asks, on a thread of its own, since libpq makes a connection for it and blocks. What comes of it shows in the
    /// statement's result.
    func cancel() {
        LibpqThreads.start("sqjobs-cancel") { [self] in
            var reason: [CChar] = Array(repeating: 0, count: 256)
            _ = PQcancel(pointer, &reason, CInt(reason.count))
        }
    }
}
