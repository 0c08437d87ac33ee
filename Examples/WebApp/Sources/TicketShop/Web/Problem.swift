import Hummingbird
import SQJobsCore

/// Something that went wrong, as it is told: a status, and a sentence that says what to do.
struct Problem: Error, Sendable {
    let status: HTTPResponse.Status
    let title: String
    let sentence: String

    /// There is no such page.
    static let notFound = Problem(
        status: .notFound, title: "Nothing here", sentence: "There is no such page: see that its address is complete.")
    /// There is no such job.
    static let unknownJob = Problem(
        status: .notFound, title: "We do not know this order",
        sentence: "Its address is not complete, or it was so long ago that we forgot it: order your tickets again.")
    /// The PDF was removed.
    static let removed = Problem(
        status: .gone, title: "These tickets are gone",
        sentence: "Tickets are kept for an hour: order them again.")
    /// The form is none.
    static let unreadableForm = Problem(
        status: .badRequest, title: "We could not read that", sentence: "Send the form of this shop's first page.")
    /// The form is too large.
    static let tooLarge = Problem(
        status: .contentTooLarge, title: "That is too much",
        sentence: "An order has a few short fields: send the form of this shop's first page.")
    /// Broker or store cannot be reached.
    static let unavailable = Problem(
        status: .serviceUnavailable, title: "The printers cannot be reached",
        sentence: "An order that you just sent may not have arrived: try again in a minute.")
    /// What nobody foresaw.
    static let unforeseen = Problem(
        status: .internalServerError, title: "Something went wrong at our side",
        sentence: "Try again, and tell us if it stays like this.")
}

extension Problem {
    /// What an error is told as.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as SQJobsError where Self.passing.contains(error.code): self = .unavailable
        case let error as any HTTPResponseError where error.status == .notFound: self = .notFound
        case let error as any HTTPResponseError where error.status == .contentTooLarge: self = .tooLarge
        case let error as any HTTPResponseError where error.status.kind == .clientError:
            self = Problem(
                status: error.status, title: "We could not do that", sentence: "Begin at this shop's first page.")
        default: self = .unforeseen
        }
    }

    /// The codes of errors that may be over in a minute.
    private static let passing: Set<SQJobsError.Code> = [
        .brokerUnavailable, .storeUnavailable, .unknownOutcome, .timedOut, .shuttingDown,
    ]
}
