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

    private static let chunks = Mutex<[Key: ZoneChunk]>([:])

    static func chunk(_ index: Int, of zone: TimeZone) -> ZoneChunk {
        let key = Key(zone: zone.identifier, index: index)
        if let chunk = chunks.withLock({ $0[key] }) { return chunk }
        let chunk = ZoneChunk(
            index: index,
            offset: { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0))) },
            transition: {
                let date = zone.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: Double($0)))
                return date.map { Int($0.timeIntervalSince1970.rounded(.up)) }
            })
        chunks.withLock { chunks in
            if chunks.count >= capacity { chunks.removeAll() }
            chunks[key] = chunk
        }
        return chunk
    }
}
