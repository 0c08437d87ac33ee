import SQJobsCore

extension BrokerCases {
    static let sizeCases: [BrokerCase] = [
        BrokerCase("messages that together are larger than a batch are sent in one call", needs: [.sizeLimit]) {
            trial in
            let queue = try await trial.makeQueue()
            let capabilities = try await trial.broker.capabilities(of: queue)
            let size = min(capabilities.largestMessage, capabilities.largestBatch * 2 / 5)
            let count = capabilities.largestBatch / size * 2 + 1
            let messages = (1...count).map {
                OutgoingMessage(body: "\($0) " + String(repeating: "x", count: size - 10))
            }
            try await trial.send(messages, to: queue)
            for _ in 1...count {
                try await trial.delete([try await trial.receiveOne(from: queue)])
            }
            try await trial.expectNothing(from: queue, because: "all were deleted")
        },
        BrokerCase("a message of exactly the largest size arrives", needs: [.sizeLimit]) { trial in
            let queue = try await trial.makeQueue()
            let largest = try await trial.broker.capabilities(of: queue).largestMessage
            let probe = try SizeProbe(largest)
            try await trial.broker.enqueue(
                named: probe.name, on: queue, args: probe.args, .id(probe.id), .attribute("pad", probe.padding))
            let delivery = try await trial.receiveOne(from: queue)
            let size = OutgoingMessage(body: delivery.body, attributes: delivery.attributes).size
            try trial.expectEqual(size, largest, "the size of what was received")
        },
        BrokerCase("a message one byte too large is refused at enqueue, with both sizes", needs: [.sizeLimit]) {
            trial in
            let queue = try await trial.makeQueue()
            let largest = try await trial.broker.capabilities(of: queue).largestMessage
            let probe = try SizeProbe(largest + 1)
            let error = try await trial.error(.messageTooLarge) {
                try await trial.broker.enqueue(
                    named: probe.name, on: queue, args: probe.args, .id(probe.id), .attribute("pad", probe.padding))
            }
            for size in [largest, largest + 1] {
                try trial.expect(
                    error.message.contains("\(size)"), "an error that gives the size \(size)", error.message)
            }
            try await trial.expectNothing(from: queue, because: "the message was refused")
        },
    ]

    /// A job whose message has exactly a given size: base64 comes in steps of four bytes, an attribute fills the rest.
    private struct SizeProbe {
        let id = "size-probe"
        let name = "probe"
        let args: [JSONValue]
        let padding: String

        init(_ size: Int) throws {
            args = [.string(String(repeating: "x", count: (size - 200) / 4 * 3))]
            let message = JobMessage(id: id, name: name, arguments: try JobArguments(args: args))
            let bare = OutgoingMessage(body: try MessageCodec.encode(message), attributes: ["pad": ""])
            padding = String(repeating: "p", count: size - bare.size)
        }
    }
}
