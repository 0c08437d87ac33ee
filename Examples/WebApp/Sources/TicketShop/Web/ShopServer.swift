import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The shop's web server. Told to stop, it takes no further request and answers those that it has.
public struct ShopServer: Service {
    /// The address cannot be listened to.
    public struct AddressUnusable: Error, CustomStringConvertible {
        let host: String
        let port: Int
        let cause: any Error

        /// What failed and what to do.
        public var description: String {
            "The shop cannot listen on \(host), port \(port): choose others with --host and --port. (\(cause))"
        }
    }

    private let shop: Shop
    private let host: String
    private let port: Int
    private let logger: Logger

    /// Makes a server; it begins with ``run()``.
    ///
    /// - Parameters:
    ///   - shop: Whose pages it serves.
    ///   - host: The address that it listens on.
    ///   - port: The port; 0 for any that is free.
    ///   - logger: Where it logs to.
    public init(_ shop: Shop, host: String, port: Int, logger: Logger) {
        self.shop = shop
        self.host = host
        self.port = port
        self.logger = logger
    }

    /// Serves until it is told to stop.
    ///
    /// - Throws: ``AddressUnusable``.
    public func run() async throws {
        let server = Application(
            router: shop.router,
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? port
                logger.notice("the shop is open", metadata: ["url": "http://\(host):\(port)"])
            },
            logger: quiet)
        do {
            try await server.run()
        } catch let error as IOError {
            throw AddressUnusable(host: host, port: port, cause: error)
        }
    }

    /// The shop itself says that it is open; what else the server has to tell is for debugging.
    private var quiet: Logger {
        var quiet = logger
        if quiet.logLevel > .debug { quiet.logLevel = max(quiet.logLevel, .warning) }
        return quiet
    }
}
