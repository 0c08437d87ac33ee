extension Duration {
    /// The duration in seconds, rounded up: SQS knows no parts of them, and earlier than asked for would be wrong.
    var wholeSeconds: Int {
        Int(components.seconds) + (components.attoseconds > 0 ? 1 : 0)
    }
}
