import SQJobsCommands

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file to which each process that has it open adds lines. Each line is one write at the file's end, so that it is
/// there as a whole or not at all, whenever the process is killed.
struct Journal: Sendable {
    private let descriptor: Int32

    init(path: String) throws {
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw SQJobsError(
                .invalidConfiguration, "The journal \(path) cannot be opened: name a file in a folder that is there.")
        }
    }

    /// Notes what a job does: `start 0193… 4711`.
    func note(_ event: String, _ id: String) {
        let line = Array("\(event) \(id) \(getpid())\n".utf8)
        _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}
