/// Where `H` falls: a number that depends on the seed and the field alone, on every machine and in every release.
enum CronHash {
    /// A number from 0 to `count - 1`.
    ///
    /// FNV-1a over the seed's UTF-8 and the field, then one round of mixing, since FNV's high bits barely depend on a
    /// text's last letters. Changing this moves every job that uses `H`.
    static func index(seed: String, field: CronField, count: Int) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in seed.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        hash = (hash ^ UInt64(field.rawValue)) &* 0x100_0000_01b3
        hash = (hash ^ (hash >> 32)) &* 0x9e37_79b9_7f4a_7c15
        hash ^= hash >> 29
        return Int(hash % UInt64(count))
    }
}
