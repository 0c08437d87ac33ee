import CLibpq

/// What a connection still has to hear of the statements that it sent, and what it heard.
///
/// libpq answers in order: to each preparation and each statement with a result and a nil, to each end of a sequence with
/// a result alone ("Processing Results" in "Pipeline Mode").
struct PostgresPipeline {
    /// One thing that was sent.
    enum Step {
        /// A preparation, for the statement of this index.
        case prepare(Int)
        /// The statement of this index.
        case execute(Int)
        /// The end of a sequence that stands or falls as a whole.
        case sync
    }

    /// What came of each statement; nil for one that was not carried out because another failed, or not yet.
    private(set) var outcomes: [Result<PostgresRows, PostgresError>?]
    /// The statements that are prepared now.
    private(set) var prepared: [Int] = []
    /// Why there will be no further answer.
    private(set) var loss: PostgresError?

    private var steps: ArraySlice<Step> = []
    private let isLossUnknown: Bool

    /// Makes a pipeline.
    ///
    /// - Parameters:
    ///   - count: How many statements there are.
    ///   - isLossUnknown: Whether they may have been carried out when the connection breaks.
    init(count: Int, isLossUnknown: Bool) {
        outcomes = Array(repeating: nil, count: count)
        self.isLossUnknown = isLossUnknown
    }

    /// Whether everything was answered.
    var isOver: Bool { steps.isEmpty }

    /// The first statement that failed; nil when all of them succeeded.
    var failure: PostgresError? {
        for case .failure(let error) in outcomes { return error }
        return loss
    }

    /// Something was sent.
    mutating func append(_ step: Step) {
        steps.append(step)
    }

    /// The connection broke.
    mutating func lose(_ reason: String) {
        loss = loss ?? PostgresError(.connectionLost(isOutcomeUnknown: isLossUnknown), reason)
    }

    /// An answer came.
    ///
    /// - Parameter result: A result, which is taken over; nil for the end of a statement's.
    mutating func take(_ result: OpaquePointer?) {
        guard let step = steps.first else { return PQclear(result) }
        guard let result else {
            if case .sync = step { return lose("libpq lost track of the statements") }
            steps.removeFirst()
            return
        }
        switch PQresultStatus(result) {
        case PGRES_PIPELINE_SYNC:
            PQclear(result)
            steps.removeFirst()
        case PGRES_PIPELINE_ABORTED: PQclear(result)
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: succeed(step, result)
        default: fail(step, result)
        }
    }

    private mutating func succeed(_ step: Step, _ result: OpaquePointer) {
        if case .execute(let index) = step {
            outcomes[index] = .success(PostgresRows(result))
        } else {
            if case .prepare(let index) = step { prepared.append(index) }
            PQclear(result)
        }
    }

    private mutating func fail(_ step: Step, _ result: OpaquePointer) {
        let error = PostgresError(result, isOutcomeUnknown: isLossUnknown)
        PQclear(result)
        if case .connectionLost = error.kind { loss = loss ?? error }
        switch step {
        case .prepare(let index), .execute(let index): outcomes[index] = outcomes[index] ?? .failure(error)
        // A commit that fails, because a deferred constraint does, takes the sequence's statements with it.
        case .sync: loss = loss ?? error
        }
    }
}
