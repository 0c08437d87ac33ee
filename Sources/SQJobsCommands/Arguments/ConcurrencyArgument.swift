/// How many jobs run at once.
enum ConcurrencyArgument {
    /// Reads a count of one or more.
    static func count(_ text: String) throws -> Int {
        guard let count = Int(text), count >= 1 else {
            throw ArgumentFault("write how many jobs may run at once, 1 or more.")
        }
        return count
    }
}
