import CCurl
import Synchronization

/// libcurl's multi handle, which carries many exchanges at once and owns the connections.
///
/// `@unchecked Sendable`: only the driver's thread uses it, save for ``wake()``, which libcurl allows from any thread and
/// the lock keeps from a handle that is closed.
final class CurlMulti: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer
    private let isOpen = Mutex(true)

    /// Makes a handle; nil when memory or file descriptors are out.
    init?(idleConnections: Int) {
        guard CurlLibrary.isReady, let pointer = curl_multi_init() else { return nil }
        // Without descriptors for it libcurl makes a handle that can't be woken, and doesn't say so.
        guard curl_multi_wakeup(pointer) == CURLM_OK else {
            curl_multi_cleanup(pointer)
            return nil
        }
        self.pointer = pointer
        sqjobs_multi_setopt_long(pointer, CURLMOPT_MAXCONNECTS, idleConnections)
    }

    deinit {
        close()
    }

    /// Closes every connection. Nothing else may be called afterwards.
    func close() {
        isOpen.withLock { isOpen in
            if isOpen { curl_multi_cleanup(pointer) }
            isOpen = false
        }
    }

    func add(_ handle: CurlHandle) -> Bool {
        curl_multi_add_handle(pointer, handle.pointer) == CURLM_OK
    }

    func remove(_ handle: CurlHandle) {
        curl_multi_remove_handle(pointer, handle.pointer)
    }

    /// Does all that can be done without waiting.
    func perform() {
        var running: Int32 = 0
        curl_multi_perform(pointer, &running)
    }

    /// Waits until a socket is ready, one of libcurl's own time-outs is due, or somebody calls ``wake()``.
    func wait() {
        let hour: Int32 = 3_600_000
        curl_multi_poll(pointer, nil, 0, hour, nil)
    }

    /// Ends the present or the next ``wait()``; harmless once the handle is closed.
    func wake() {
        isOpen.withLock { isOpen in
            if isOpen { curl_multi_wakeup(pointer) }
        }
    }

    /// A handle whose exchange is over, and how it ended; nil when none is left.
    func nextFinished() -> (handle: CurlHandle, code: CURLcode)? {
        var code = CURLE_OK
        guard let pointer = sqjobs_multi_next_finished(pointer, &code), let handle = CurlHandle.of(pointer) else {
            return nil
        }
        return (handle, code)
    }
}

/// libcurl's own set-up, which must be done once before anything else.
private enum CurlLibrary {
    static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
}
