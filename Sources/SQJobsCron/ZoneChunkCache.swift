import Foundation
import Synchronization

/// The chunks of all zones that this process has asked about: asking Foundation costs more than a whole search.
enum ZoneChunkCache {
    private struct Key: Hashable {
        var zone: String
        var index: Int
    }

    /// All named zones for a few decades; a program that asks about more starts over, so that memory stays bounded.
    private static let capacity = 4_096

    private struct State {
        var chunks: [Key: ZoneChunk] = [:]
        /// What was asked for last: most programs ask about one zone, and about the present.
        var latest: (key: Key, chunk: ZoneChunk)?
    }

    private static let state = Mutex(State())

    static func chunk(_ index: Int, of zone: TimeZone) -> ZoneChunk {
        let key = Key(zone: zone.identifier, index: index)
        let known = state.withLock { state -> ZoneChunk? in
            if let latest = state.latest, latest.key == key { return latest.chunk }
            let chunk = state.chunks[key]
            if let chunk { state.latest = (key, chunk) }
            return chunk
        }
        return known ?? add(key, of: zone)
    }

    private static func add(_ key: Key, of zone: TimeZone) -> ZoneChunk {
        let chunk = ZoneChunk(
            index: key.index,
            offset: { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0))) },
            transition: {
                let date = zone.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: Double($0)))
                return date.map { Int($0.timeIntervalSince1970.rounded(.up)) }
            })
        state.withLock { state in
            if state.chunks.count >= capacity { state.chunks.removeAll() }
            state.chunks[key] = chunk
        }
        return chunk
    }
}
