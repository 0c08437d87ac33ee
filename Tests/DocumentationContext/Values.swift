public import Foundation
public import Logging
public import SQJobsCore
public import SQJobsResults
import SQJobsTesting

// What statements on a page have at hand without binding it.

/// The app's broker.
public nonisolated(unsafe) var broker: any Broker = RecordingBroker()
/// The app's store.
public let store: any ResultStore = InMemoryResultStore()
/// The app's logger.
public let logger = Logger(label: "app")
/// A point in time.
public let date = Date(timeIntervalSince1970: 1_800_000_000)
/// A place.
public let madrid = TimeZone(identifier: "Europe/Madrid") ?? .gmt
/// Something typed by somebody.
public let text = "1 0 * * *"
/// Something to make an invoice from.
public let order = Order(lines: 120)
