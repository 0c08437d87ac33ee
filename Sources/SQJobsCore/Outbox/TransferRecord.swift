import Synchronization

/// A transfer that remembers which entries it has moved: those need not be removed any more.
final class TransferRecord: OutboxTransfer {
    private let transfer: any OutboxTransfer
    private let numbers = Mutex<Set<Int64>>([])

    init(_ transfer: any OutboxTransfer) {
        self.transfer = transfer
    }

    /// The entries that were moved.
    var moved: Set<Int64> { numbers.withLock { $0 } }

    func send(_ parcels: [OutboxParcel], to queue: QueueName) async throws -> [Result<SentMessage, SQJobsError>] {
        let answers = try await transfer.send(parcels, to: queue)
        let sent = zip(parcels, answers).compactMap { parcel, answer -> Int64? in
            guard case .success = answer, case .entry(let number, _) = parcel.condition else { return nil }
            return number
        }
        numbers.withLock { $0.formUnion(sent) }
        return answers
    }
}
