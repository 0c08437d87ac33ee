/// A job on its way: what stands in a message's body.
public struct JobMessage: Sendable {
    /// The job's id: a UUID of version 7 if SQJobs made it, any text if another producer did.
    public var id: String
    /// The name under which the job is registered.
    public var name: String
    /// The job's arguments.
    public var arguments: JobArguments

    /// Makes a message.
    ///
    /// - Parameters:
    ///   - id: The job's id.
    ///   - name: The name under which the job is registered.
    ///   - arguments: The job's arguments.
    public init(id: String, name: String, arguments: JobArguments) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}
