public import SQJobsCore

/// A job whose state and output are kept in a store, so that whoever enqueued it can look at them.
///
/// ```swift
/// final class RenderInvoice: ResultJob<Order, Invoice> {
///     override func run(_ order: Order) async throws -> Invoice { … }
/// }
///
/// let ticket = try await broker.enqueue(RenderInvoice.self, order)
/// let invoice = try await results.output(of: ticket, timeout: .seconds(30))
/// ```
///
/// The store is written by ``EnqueueRecording`` on the broker and by ``ExecutionRecording`` on the worker. With them an
/// id whose job succeeded is not run again, and at most one worker at a time runs it.
open class ResultJob<Parameters: Codable & Sendable, Output: Codable & Sendable>: Job<Parameters, Output>, StoresResult
{}
