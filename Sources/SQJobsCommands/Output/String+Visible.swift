extension String {
    /// The text on one line. What came from a queue or a store may hold anything, so control characters, which could move
    /// a terminal's cursor, are shown as a dot.
    var visible: String {
        String(
            String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "·" : $0 }))
    }
}
