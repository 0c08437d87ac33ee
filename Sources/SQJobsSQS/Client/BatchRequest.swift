import SQJobsCore

import struct Foundation.Data

/// The body of a request for up to ten entries of one queue; an entry's id is its place among them.
enum BatchRequest {
    /// Writes a body.
    ///
    /// - Parameters:
    ///   - queueURL: The URL that SQS gave for the queue.
    ///   - entries: The entries.
    ///   - size: About how many bytes an entry takes.
    ///   - write: Writes an entry's members but its id.
    static func json<Entry>(
        _ queueURL: String, _ entries: [Entry], size: (Entry) -> Int,
        _ write: (inout JSONWriter, Entry) throws -> Void
    ) throws -> Data {
        var json = JSONWriter(capacity: entries.reduce(256) { $0 + size($1) })
        try json.object { json in
            try json.member("QueueUrl", queueURL)
            try json.array("Entries") { json in
                for (place, entry) in entries.enumerated() {
                    try json.object { json in
                        try json.member("Id", String(place))
                        try write(&json, entry)
                    }
                }
            }
        }
        return Data(json.bytes)
    }
}
