/// What can be written instead of an argument or a setting that cannot be used: the end of a sentence that names both.
struct ArgumentFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
