/// What SQS says of each entry of a batch: an HTTP status of 200 says nothing of them.
struct BatchOutput<Success: BatchSuccess>: Decodable, Sendable {
    /// The entries that were carried out.
    private(set) var successful: [Success]
    /// The entries that were not.
    private(set) var failed: [BatchFailure]

    enum CodingKeys: String, CodingKey {
        case successful = "Successful"
        case failed = "Failed"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        successful = try values.decodeIfPresent([Success].self, forKey: .successful) ?? []
        failed = try values.decodeIfPresent([BatchFailure].self, forKey: .failed) ?? []
    }

    /// The output with a failure for each entry that SQS does not mention, and without what was not asked for.
    func complete(_ ids: [String]) -> BatchOutput {
        var output = self
        var open = Set(ids)
        output.successful.removeAll { open.remove($0.id) == nil }
        output.failed.removeAll { open.remove($0.id) == nil }
        for id in ids where open.contains(id) { output.failed.append(BatchFailure(id: id, kind: .notMentioned)) }
        return output
    }

    /// Makes failures of some entries that SQS calls successful.
    mutating func fail(_ kind: BatchFailure.Kind, where isWrong: (Success) -> Bool) {
        let wrong = successful.filter(isWrong)
        guard !wrong.isEmpty else { return }
        successful.removeAll(where: isWrong)
        failed += wrong.map { BatchFailure(id: $0.id, kind: kind) }
    }
}

/// An entry of a batch that was carried out.
protocol BatchSuccess: Decodable, Sendable {
    /// The id that the entry was given.
    var id: String { get }
}

/// An entry of a batch that was carried out, of which there is nothing else to say.
struct PlainBatchSuccess: BatchSuccess {
    var id: String

    enum CodingKeys: String, CodingKey {
        case id = "Id"
    }
}
