import CLibpq
import Logging

/// libpq's connection, which one owner uses at a time and which is closed with it.
///
/// It is non-blocking and always in pipeline mode, where a statement, a preparation with it, and many statements are sent
/// and answered in the same way.
final class LibpqHandle {
    /// What libpq knows the connection by.
    let pointer: OpaquePointer
    private let notices: NoticeLog
    private var watch: SocketWatch?

    /// Takes a connection over that is being made.
    init(_ pointer: OpaquePointer, logger: Logger) {
        self.pointer = pointer
        notices = NoticeLog(logger: logger)
        PQsetNoticeReceiver(pointer, receiveNotice, Unmanaged.passUnretained(notices).toOpaque())
    }

    deinit {
        watch?.close()
        PQfinish(pointer)
    }

    /// Sets up a connection that was made.
    ///
    /// - Returns: What waits for its socket; nil when memory or file descriptors are out.
    func prepare() -> SocketWatch? {
        guard PQsetnonblocking(pointer, 1) == 0, PQenterPipelineMode(pointer) == 1 else { return nil }
        watch = SocketWatch(PQsocket(pointer))
        return watch
    }

    /// Whether libpq believes that the connection is there.
    var isConnected: Bool { PQstatus(pointer) == CONNECTION_OK }

    /// Whether a transaction is open at the server, in order or failed.
    var isInTransaction: Bool {
        let status = PQtransactionStatus(pointer)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    /// The number of the server's process.
    var processID: Int32 { PQbackendPID(pointer) }

    /// Asks the server to prepare a statement.
    func prepare(_ name: String, _ text: String, _ types: [UInt32]) -> Bool {
        PQsendPrepare(pointer, name, text, CInt(types.count), types) == 1
    }

    /// Asks the server to carry out a prepared statement; rows are to come in binary form.
    func execute(_ name: String, _ parameters: BoundParameters) -> Bool {
        parameters.withPointers { count, values, lengths, formats in
            PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 1) == 1
        }
    }

    /// Asks the server to prepare and carry out a statement that is not kept.
    func execute(text: String, _ parameters: BoundParameters) -> Bool {
        let types = parameters.types
        return parameters.withPointers { count, values, lengths, formats in
            PQsendQueryParams(pointer, text, count, types, values, lengths, formats, 1) == 1
        }
    }

    /// Ends a sequence of statements that stand or fall together.
    func sync() -> Bool {
        PQpipelineSync(pointer) == 1
    }

    /// Sends what can be sent without waiting.
    ///
    /// - Returns: Whether all of it is sent; nil when the connection broke.
    func flush() -> Bool? {
        switch PQflush(pointer) {
        case 0: true
        case 1: false
        default: nil
        }
    }

    /// Reads what is there, without waiting.
    ///
    /// - Returns: Whether the connection is still there.
    func read() -> Bool {
        PQconsumeInput(pointer) == 1
    }

    /// Whether asking for a result would wait.
    var isBusy: Bool { PQisBusy(pointer) != 0 }

    /// The next result; nil at the end of a statement's.
    func nextResult() -> OpaquePointer? {
        PQgetResult(pointer)
    }

    /// A notification that has come; nil when none is left.
    func nextNotification() -> PostgresNotification? {
        guard let notice = PQnotifies(pointer) else { return nil }
        defer { PQfreemem(notice) }
        return PostgresNotification(
            channel: String(cString: notice.pointee.relname), payload: String(cString: notice.pointee.extra))
    }

    /// Why libpq gave up, in one line.
    var reason: String {
        let line = String(cString: PQerrorMessage(pointer)).prefix { !$0.isNewline }
        return line.isEmpty ? "the connection broke" : String(line)
    }
}

/// Where the server's notices go.
private final class NoticeLog {
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    func note(_ result: OpaquePointer) {
        let error = PostgresError(result, isOutcomeUnknown: false)
        logger.debug("PostgreSQL says: \(error.message)", metadata: ["state": "\(error.state ?? "")"])
    }
}

private func receiveNotice(_ context: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
    guard let context, let result else { return }
    Unmanaged<NoticeLog>.fromOpaque(context).takeUnretainedValue().note(result)
}
