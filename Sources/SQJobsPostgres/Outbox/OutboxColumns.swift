import Foundation
import SQJobsCore

/// Reads and writes the columns of the outbox.
enum OutboxColumns {
    /// The values of an insertion.
    static func values(of entries: [OutboxEntry]) throws -> [PostgresValue] {
        [
            .texts(entries.map(\.message.id)), .texts(entries.map(\.message.name)),
            .texts(entries.map(\.queue.rawValue)), .bytesList(entries.map(\.message.arguments.args)),
            .bytesList(entries.map(\.message.arguments.kwargs)), .times(entries.map(\.dueAt)),
            .texts(entries.map(\.group)), .texts(entries.map(\.deduplicationID)),
            .texts(try entries.map { try json($0.attributes) }), .texts(entries.map(\.orderingKey)),
            .texts(entries.map(\.onceKey)), .bools(entries.map(\.isPrepared)),
        ]
    }

    /// For each entry, whether it was inserted, by the once keys that were.
    static func answers(to entries: [OutboxEntry], _ rows: PostgresRows) throws -> [Bool] {
        var inserted = Set(try rows.compactMap { try $0.value(0, as: String?.self) })
        // Of two with one key the first was inserted.
        return entries.map { entry in entry.onceKey.map { inserted.remove($0) != nil } ?? true }
    }

    /// The claim that a row was taken by.
    static func claim(_ row: PostgresRow) throws -> OutboxClaim {
        let message = JobMessage(
            id: try row.value("job_id"), name: try row.value("name"),
            arguments: JobArguments(checkedArgs: try row.value("args"), kwargs: try row.value("kwargs")))
        let entry = OutboxEntry(
            message: message, queue: QueueName(try row.value("queue")), dueAt: try row.value("due_at"),
            group: try row.value("message_group"), deduplicationID: try row.value("deduplication_id"),
            attributes: try attributes(try row.value("attributes")), orderingKey: try row.value("ordering_key"),
            onceKey: try row.value("once_key"), isPrepared: try row.value("is_prepared"))
        return OutboxClaim(
            number: Int64(try row.value("number", as: Int.self)), token: Int64(try row.value("token", as: Int.self)),
            entry: entry, refusals: try row.value("refusals"))
    }

    /// What can be seen of a row.
    static func status(_ row: PostgresRow) throws -> OutboxStatus {
        OutboxStatus(
            number: Int64(try row.value("number", as: Int.self)), id: try row.value("job_id"),
            name: try row.value("name"), queue: QueueName(try row.value("queue")), dueAt: try row.value("due_at"),
            refusals: try row.value("refusals"), error: try row.value("error"))
    }

    private static func json(_ attributes: [String: String]) throws -> String? {
        attributes.isEmpty ? nil : String(decoding: try WireJSON.encoder.encode(attributes), as: UTF8.self)
    }

    private static func attributes(_ json: String?) throws -> [String: String] {
        try json.map { try WireJSON.decoder.decode([String: String].self, from: Data($0.utf8)) } ?? [:]
    }
}
