extension Duration {
    /// The time in whole milliseconds, cut off, as libcurl takes it.
    var milliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
