import GRDB
import SQJobsCore

/// What SQLite's errors mean to the user of a store. They are told without statements and their arguments.
enum SQLiteFault {
    /// The file cannot be opened.
    static func opening(_ path: String, _ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let sentence =
            switch error.resultCode {
            case .SQLITE_CANTOPEN: "cannot be opened or made: see that its folder is there and may be written to"
            case .SQLITE_NOTADB: "is no SQLite database: name another file"
            case .SQLITE_CORRUPT: "is damaged: restore it from a copy"
            case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
                "may not be written to: see to its permissions and its folder's"
            default: "cannot be opened (\(words(error))): see that it may be read and written"
            }
        return SQJobsError(.invalidConfiguration, "The store's file \(path) \(sentence).")
    }

    /// A call failed.
    static func using(_ path: String, _ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_INTERRUPT, .SQLITE_IOERR, .SQLITE_NOMEM, .SQLITE_PROTOCOL,
            .SQLITE_CANTOPEN:
            return SQJobsError(
                .storeUnavailable, "The store's file \(path) cannot be used now (\(words(error))): try again later.")
        case .SQLITE_FULL:
            return SQJobsError(
                .storeUnavailable, "The store's file \(path) cannot grow, its disk is full: make room on it.")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            return SQJobsError(
                .storeRefused,
                "The store's file \(path) may not be written to: see to its permissions and its folder's.")
        case .SQLITE_MISUSE:
            return SQJobsError(.shuttingDown, "The store's file \(path) is closed.")
        case .SQLITE_ERROR where error.message?.hasPrefix("no such table") == true:
            return SQJobsError(
                .schemaTooOld, "The store's file \(path) lacks tables that this program needs: run `migrate` first.")
        default:
            return SQJobsError(
                .storeRefused, "The store's file \(path) did not take what it was given (\(words(error))).")
        }
    }

    private static func words(_ error: DatabaseError) -> String {
        "SQLite says: \(error.message ?? "\(error.extendedResultCode)")"
    }
}
