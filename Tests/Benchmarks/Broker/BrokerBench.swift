import Figures
import Foundation

/// Measures the brokers of databases; a line of JSON a run.
///
///     broker-bench BROKER MODE COUNT
///
/// BROKER is `sqlite:PATH`, `sqlite-full:PATH` where commits outlive a power failure, or `postgresql://…`. Its tables and
/// the queue `bench` are made. MODE is `enqueue-one`, `enqueue-concurrent`, `enqueue-bulk`, `execute`, `latency` and
/// `latency-rested` (from another process's enqueue to the start), `idle` (COUNT seconds), `waiting` (claims beside COUNT
/// messages), `churn`, and `limit-` before `enqueue-one`, `enqueue-bulk` and `execute`: the same SQL in one loop through
/// GRDB.
@main
struct BrokerBench {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let count = Int(arguments[3]), count > 0 else { usage() }
        let (url, mode) = (arguments[1], arguments[2])
        let place = try await Place.open(url)
        switch mode {
        case "enqueue-one": try await Enqueueing(broker: place.broker, count: count).oneByOne().printLine()
        case "enqueue-concurrent": try await Enqueueing(broker: place.broker, count: count).concurrently().printLine()
        case "enqueue-bulk": try await Enqueueing(broker: place.broker, count: count).inBulk().printLine()
        case "execute": try await Execution(broker: place.broker, count: count).measure().printLine()
        case "latency", "latency-rested":
            let pause = mode == "latency" ? 40 : 3000
            try await StartLatency(broker: place.broker, url: url, count: count, pause: pause).measure().printLine()
        case "send-40", "send-3000":
            let pause = mode == "send-40" ? 40 : 3000
            try await Probes(broker: place.broker, count: count, pause: pause).send()
        case "idle": try await Rest(broker: place.broker, seconds: count).measure().printLine()
        case "waiting": try await Claims(place: place, count: count).besideWaiting().printLine()
        case "churn": try await Claims(place: place, count: count).churning().printLine()
        case "limit-enqueue-one": try SQLiteLimit(place, count).enqueue(1).printLine()
        case "limit-enqueue-bulk": try SQLiteLimit(place, count).enqueue(1000).printLine()
        case "limit-execute": try SQLiteLimit(place, count).execute().printLine()
        default: usage()
        }
        await place.close()
    }

    private static func usage() -> Never {
        FileHandle.standardError.write(Data("usage: broker-bench BROKER MODE COUNT\n".utf8))
        exit(64)
    }
}
