import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Has the system tell of every write to a file, whichever process it comes from, for as long as this is kept.
final class FileEvents {
    private let source: any DispatchSourceProtocol

    /// Asks the system.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - onWrite: Is called after one or more writes, on a thread of the system's choice.
    /// - Returns: `nil` when the system cannot tell: the file is not there, or too many are watched already.
    init?(path: String, onWrite: @escaping @Sendable () -> Void) {
        #if os(Linux)
            // inotify(7)
            let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
            guard descriptor >= 0 else { return nil }
            guard inotify_add_watch(descriptor, path, UInt32(IN_MODIFY)) >= 0 else {
                close(descriptor)
                return nil
            }
            source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
            source.setEventHandler {
                Self.discardEvents(descriptor)
                onWrite()
            }
        #else
            let descriptor = open(path, O_EVTONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return nil }
            source = DispatchSource.makeFileSystemObjectSource(
                fileDescriptor: descriptor, eventMask: [.write, .extend], queue: .global())
            source.setEventHandler(handler: onWrite)
        #endif
        source.setCancelHandler { close(descriptor) }
        source.resume()
    }

    deinit {
        source.cancel()
    }

    #if os(Linux)
        /// What they say is known: one file is watched for one thing.
        private static func discardEvents(_ descriptor: Int32) {
            withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
                while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
            }
        }
    #endif
}
