#if canImport(Darwin)
    import Darwin

    /// The system's way to wait for many sockets: a kernel queue.
    ///
    /// Each socket is reported once and has to be armed again, from any thread, also while another waits.
    struct SocketReadiness: Sendable {
        private let queue: Int32

        init?() {
            queue = kqueue()
            guard queue >= 0 else { return nil }
        }

        func add(_ socket: Int32) -> Bool { true }

        func remove(_ socket: Int32) {
            change(socket, EVFILT_READ, EV_DELETE)
            change(socket, EVFILT_WRITE, EV_DELETE)
        }

        func arm(_ socket: Int32, toWrite: Bool) {
            change(socket, EVFILT_READ, EV_ADD | EV_ONESHOT)
            if toWrite { change(socket, EVFILT_WRITE, EV_ADD | EV_ONESHOT) }
        }

        /// The sockets that are ready; waits until there is one.
        func wait() -> [Int32] {
            var events = Array(repeating: Darwin.kevent(), count: 64)
            let count = Darwin.kevent(queue, nil, 0, &events, Int32(events.count), nil)
            return events.prefix(max(0, Int(count))).map { Int32($0.ident) }
        }

        private func change(_ socket: Int32, _ filter: Int32, _ flags: Int32) {
            var event = Darwin.kevent(
                ident: UInt(socket), filter: Int16(filter), flags: UInt16(flags), fflags: 0, data: 0, udata: nil)
            _ = Darwin.kevent(queue, &event, 1, nil, 0, nil)
        }
    }
#else
    import CLibpq

    #if canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// The system's way to wait for many sockets: epoll.
    ///
    /// Each socket is reported once and has to be armed again, from any thread, also while another waits.
    struct SocketReadiness: Sendable {
        private let epoll: Int32

        /// `EPOLLIN`, `EPOLLOUT` and `EPOLLONESHOT`, which C libraries declare in ways that Swift sees differently.
        private static let readable: UInt32 = 0x001
        private static let writable: UInt32 = 0x004
        private static let once: UInt32 = 1 << 30

        init?() {
            epoll = epoll_create1(Int32(O_CLOEXEC))
            guard epoll >= 0 else { return nil }
        }

        func add(_ socket: Int32) -> Bool {
            control(EPOLL_CTL_ADD, socket, 0)
        }

        func remove(_ socket: Int32) {
            _ = control(EPOLL_CTL_DEL, socket, 0)
        }

        func arm(_ socket: Int32, toWrite: Bool) {
            _ = control(EPOLL_CTL_MOD, socket, Self.readable | Self.once | (toWrite ? Self.writable : 0))
        }

        /// The sockets that are ready; waits until there is one.
        func wait() -> [Int32] {
            withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
                let count = epoll_wait(epoll, events.baseAddress, Int32(events.count), -1)
                return events.prefix(max(0, Int(count))).map(\.data.fd)
            }
        }

        private func control(_ operation: Int32, _ socket: Int32, _ events: UInt32) -> Bool {
            var event = epoll_event(events: events, data: epoll_data_t(fd: socket))
            return epoll_ctl(epoll, operation, socket, &event) == 0
        }
    }
#endif
