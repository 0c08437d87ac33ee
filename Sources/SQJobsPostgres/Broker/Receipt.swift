import SQJobsCore

/// A delivery's number and token, as its receipt has them. A receipt that is none of ours holds nothing.
struct Receipt: Sendable {
    let id: Int
    let token: Int

    init(_ delivery: Delivery) {
        let parts = delivery.receipt.split(separator: ".").map { Int($0) }
        id = Int(delivery.messageID) ?? -1
        token = parts.count == 2 ? parts[1] ?? -1 : -1
    }
}
