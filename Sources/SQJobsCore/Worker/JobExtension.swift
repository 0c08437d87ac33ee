/// What a job that asks for a longer lease is told.
enum JobExtension {
    /// Extend it by this time.
    case by(Duration)
    /// A renewal is under way: ask again when it is over.
    case notYet
    /// The message is not held any more.
    case notHeld
}
