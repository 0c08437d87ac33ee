import SQJobsCore

extension SQSError {
    /// The error as apps see it.
    ///
    /// - Parameters:
    ///   - queue: The queue concerned, if one is.
    ///   - endpoint: Where SQS was asked.
    func jobsError(queue: QueueName?, endpoint: String) -> SQJobsError {
        let (code, sentence) = kind(queue: queue.map { "the queue \"\($0)\"" } ?? "the queue", endpoint: endpoint)
        return SQJobsError(code, sentence, queue: queue, underlying: self)
    }

    private func kind(queue: String, endpoint: String) -> (SQJobsError.Code, String) {
        if SQSErrorCode.missingQueue.contains(code) {
            return (
                .queueDoesNotExist,
                "\(queue.capitalizedFirst) does not exist in SQS at \(endpoint): "
                    + "create it, or check the region and the account."
            )
        }
        if isStaleReceipt {
            return (.leaseLost, "A message of \(queue) is no longer held here: its visibility time-out ran out.")
        }
        if isOutcomeUnknown, isSend {
            return (
                .unknownOutcome, "A message for \(queue) may have been sent or may not: no good answer of SQS's came."
            )
        }
        if code == SQSErrorCode.checksumMismatch || code == SQSErrorCode.invalidResponse {
            return (.invalidResponse, "SQS's answer to \(action) cannot be trusted: \(message).")
        }
        if SQSErrorCode.rejectedCredentials.contains(code) {
            return (
                .credentials, "SQS at \(endpoint) does not accept the AWS credentials: check the key, or log in again."
            )
        }
        if SQSErrorCode.rejectedSignature.contains(code) {
            return (
                .credentials,
                "SQS at \(endpoint) does not accept the signature: check the secret access key, the region and the clock."
            )
        }
        if code == SQSErrorCode.transport {
            return (.brokerUnavailable, "SQS at \(endpoint) cannot be reached: check the network and the endpoint.")
        }
        if isRetryable {
            return (.brokerUnavailable, "SQS at \(endpoint) cannot serve \(queue) now: try again later.")
        }
        if code.hasPrefix("AccessDenied") {
            return (.brokerRefused, "AWS does not allow \(action) on \(queue): add it to the IAM policy.")
        }
        return (.brokerRefused, "SQS refused \(action) on \(queue): the same request would be refused again.")
    }

    private var isSend: Bool { action == SendMessage.name || action == SendMessageBatch.name }

    /// SQS has a code for a receipt that is no longer good, but tells some apart from other wrong values by words alone.
    private var isStaleReceipt: Bool {
        if SQSErrorCode.staleReceipt.contains(code) { return true }
        return code == "InvalidParameterValue" && message.lowercased().contains("receipt handle")
    }
}

extension String {
    /// The text with a capital at its beginning.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
