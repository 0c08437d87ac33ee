public import struct Foundation.Date

/// Something that an enqueueing says beyond the job and its parameters: `.delay(.seconds(300))`, `.queue("other")`.
///
/// Options are applied in order; of two that say the same thing the later counts.
public struct EnqueueOption: Sendable {
    let apply: @Sendable (inout EnqueueOptions) -> Void

    /// Nobody may receive the message for this time.
    ///
    /// - Parameter delay: The time; a queue's limit (15 minutes on Amazon SQS) makes a longer one an error.
    public static func delay(_ delay: Duration) -> Self {
        Self { $0.start = .after(delay) }
    }

    /// Nobody may receive the message before this date.
    ///
    /// - Parameter date: The date; one in the past is at once.
    public static func at(_ date: Date) -> Self {
        Self { $0.start = .at(date) }
    }

    /// The queue, instead of the job's own.
    ///
    /// - Parameter queue: The queue.
    public static func queue(_ queue: QueueName) -> Self {
        Self { $0.queue = queue }
    }

    /// The ordered group that the message belongs to, on a queue that has groups; the job's name unless given.
    ///
    /// - Parameter group: The group: on Amazon SQS 1 to 128 letters, digits and punctuation.
    public static func group(_ group: String) -> Self {
        Self { $0.group = group }
    }

    /// What makes a repeat of this message recognisable, on a queue that drops repeats; the job's id unless given.
    ///
    /// - Parameter id: The id: on Amazon SQS 1 to 128 letters, digits and punctuation.
    public static func deduplicationID(_ id: String) -> Self {
        Self { $0.deduplicationID = id }
    }

    /// How soon the message comes, compared with the others that wait: higher ones first, on a queue that has priorities.
    ///
    /// - Parameter priority: From -32,768 to 32,767; zero unless given.
    public static func priority(_ priority: Int) -> Self {
        Self { $0.priority = priority }
    }

    /// The job's id, instead of a fresh one.
    ///
    /// - Parameter id: The id: any text that is not empty.
    public static func id(_ id: String) -> Self {
        Self { $0.id = id }
    }

    /// Something to travel beside the body, for an app's own middleware to read.
    ///
    /// - Parameters:
    ///   - name: The attribute's name: `A-Z a-z 0-9 _ - .`, up to 256 characters; ten attributes a message.
    ///   - value: The attribute's text.
    public static func attribute(_ name: String, _ value: String) -> Self {
        Self { $0.attributes[name] = value }
    }

    /// Of the jobs that share a key only one is enqueued, until a worker starts it or for a period; the tickets of the
    /// others carry its id. It takes a store: see ``UniqueJobs``.
    ///
    /// - Parameters:
    ///   - key: The key: any text that is not empty, without NUL.
    ///   - period: For how long after its enqueueing no other job is enqueued; `nil` until a worker starts the job.
    public static func uniqueKey(_ key: String, per period: Duration? = nil) -> Self {
        Self { $0.uniqueKey = UniqueKey(key, period: period) }
    }
}
