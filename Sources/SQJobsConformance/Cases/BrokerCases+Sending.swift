import Foundation
import SQJobsCore

extension BrokerCases {
    static let sendCases: [BrokerCase] = [
        BrokerCase("a body and its attributes arrive as they were sent") { trial in
            let queue = try await trial.makeQueue()
            let attributes = [
                "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "app.note-1": "ñ 😀",
            ]
            let bodies = [
                Data(#"{"id":"1","name":"probe","args":[],"kwargs":{}}"#.utf8).base64EncodedString(),
                #"{"name": "probe", "args": ["<&>\"'\\ \/"], "kwargs": {"ключ": "値"}}"#,
                "ünï 漢字 😀 \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{2028} e\u{301}",
                " spaces\taround\nlines \r\n ",
                String(repeating: "long ", count: 10_000),
            ]
            for body in bodies {
                try await trial.send([OutgoingMessage(body: body, attributes: attributes)], to: queue)
                let delivery = try await trial.receiveOne(from: queue)
                try trial.expect(
                    Array(delivery.body.utf8) == Array(body.utf8), "the body “\(body.prefix(60))”",
                    "“\(delivery.body.prefix(60))”")
                try trial.expectEqual(delivery.attributes, attributes, "the attributes")
                try trial.expectEqual(delivery.queue, queue, "the delivery's queue")
                try await trial.delete([delivery])
            }
            try await trial.send("bare", to: queue)
            try trial.expectEqual(
                try await trial.receiveOne(from: queue).attributes, [:], "attributes that were not sent")
        },
        BrokerCase("each message that is sent has an answer of its own, in order") { trial in
            let queue = try await trial.makeQueue()
            let bodies = (1...7).map { "body \($0)" }
            let sent = try await trial.send(bodies.map { OutgoingMessage(body: $0) }, to: queue)
            try trial.expectEqual(Set(sent.map(\.messageID)).count, 7, "the number of different message ids")
            let received = try await trial.collect(7, from: queue)
            let bodyByID = Dictionary(received.map { ($0.messageID, $0.body) }) { first, _ in first }
            try trial.expectEqual(
                sent.map { bodyByID[$0.messageID] ?? "nothing" }, bodies, "the bodies of the answers' ids")
        },
        BrokerCase("more messages than a batch holds are sent in one call") { trial in
            let queue = try await trial.makeQueue()
            let size = min(try await trial.broker.capabilities(of: queue).batchSize, 500)
            let bodies = (1...(size * 2 + 5)).map { "body \($0)" }
            try await trial.send(bodies.map { OutgoingMessage(body: $0) }, to: queue)
            let received = try await trial.collect(bodies.count, from: queue)
            try trial.expectEqual(Set(received.map(\.body)), Set(bodies), "the bodies")
        },
        BrokerCase("calls for no entries at all are answered with nothing") { trial in
            let queue = try await trial.makeQueue()
            try trial.expectEqual(try await trial.broker.send([], to: queue).count, 0, "the answers of send")
            try trial.expectEqual(try await trial.broker.extend([], by: .seconds(1)).count, 0, "the answers of extend")
            try trial.expectEqual(try await trial.broker.release([]).count, 0, "the answers of release")
            try trial.expectEqual(try await trial.broker.delete([]).count, 0, "the answers of delete")
            try trial.expectEqual(try await trial.broker.bury([], reason: "").count, 0, "the answers of bury")
        },
        BrokerCase("a delivery that says when it was sent says so rightly") { trial in
            let queue = try await trial.makeQueue()
            let before = trial.broker.clock.now()
            try await trial.send("body", to: queue)
            guard let sentAt = try await trial.receiveOne(from: queue).sentAt else { return }
            // A server's clock may differ from ours.
            let isNear = abs(sentAt.timeIntervalSince(before)) < 300
            try trial.expect(isNear, "about \(before)", "\(sentAt)")
        },
    ]
}
