import Foundation
import SQJobsResults

/// What a customer is shown of a job. The page and the answer for its script are made from the same view, so they agree.
struct JobView: Codable, Sendable, Equatable {
    /// Where the job is on its way, as the page's style knows it.
    enum Stage: String, Codable, Sendable {
        case waiting
        case running
        case retrying
        case done
        case failed
    }

    /// The job's id.
    let id: String
    /// Where the job is on its way.
    let stage: Stage
    /// That in a few words.
    let title: String
    /// A sentence more.
    let detail: String
    /// How much is done, 0 to 1; `nil` while there is nothing to tell.
    var fraction: Double?
    /// Where the tickets are; `nil` until there are any.
    var download: String?
    /// Whether nothing more will happen by itself.
    let isFinished: Bool

    /// Looks at a job.
    ///
    /// - Parameters:
    ///   - status: What the store knows of it.
    ///   - now: The present, which says how long a wait still is.
    /// - Throws: `DecodingError` when its output is not that of ``PrintTickets``.
    init(_ status: JobStatus, at now: Date) throws {
        id = status.id
        isFinished = status.state.isFinished
        switch status.state {
        case .pending where status.attempt == 0:
            stage = .waiting
            title = "Waiting for a printer"
            detail = "Your order is in the queue."
        case .pending:
            stage = .retrying
            title = "Waiting for attempt \(status.attempt + 1)"
            let reason = status.error.map { Self.words(of: $0) + " " } ?? ""
            detail = reason + Self.wait(until: status.nextAttemptAt, at: now)
        case .running where status.isLost:
            stage = .retrying
            title = "The printer has gone silent"
            detail = "Another one will take your order over."
        case .running:
            stage = .running
            title = status.attempt > 1 ? "Printing, attempt \(status.attempt)" : "Printing"
            detail = status.progress?.note ?? "The first ticket is being drawn."
            fraction = status.progress?.fraction ?? 0
        case .success:
            let tickets = try status.output(as: PrintedTickets.self)
            stage = .done
            title = "Your tickets are ready"
            detail = "\(tickets.event), \(tickets.count) for \(tickets.holder)."
            download = "/tickets/\(status.id)/pdf"
        case .failure:
            stage = .failed
            title = "Your tickets could not be printed"
            detail = status.error.map { Self.words(of: $0) } ?? ""
        }
    }

    /// The error in words for customers: what the shop's own jobs say, and nothing of any other error.
    private static func words(of error: StoredError) -> String {
        switch error.type {
        case String(reflecting: Discard.self): String(error.message.trimmingPrefix("discarded: "))
        case String(reflecting: PrintTickets.SeatingPlanBusy.self): error.message
        default: "Something went wrong at our side."
        }
    }

    private static func wait(until moment: Date?, at now: Date) -> String {
        guard let seconds = moment.map({ Int($0.timeIntervalSince(now).rounded(.up)) }), seconds > 0 else {
            return "The next attempt begins at any moment."
        }
        return "The next attempt begins in \(seconds) s."
    }
}
