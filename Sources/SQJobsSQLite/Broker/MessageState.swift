/// What a message does, as its row has it.
enum MessageState {
    /// It can be received.
    static let waiting = 0
    /// It is held back until its time.
    static let delayed = 1
    /// Somebody holds it until its time.
    static let held = 2
    /// Others of its group come first.
    static let behind = 3
}
