/// What is around a declaration while its file is read.
struct Surroundings {
    /// The names of the types around it, outermost first.
    var path: [String] = []
    /// The same as they are written.
    var written: [String] = []
    /// The access of a declaration that says nothing of it.
    var access: AccessLevel = .module
    var conditions: [Condition] = []
    /// What the extension around it says.
    var availability = Availability()
}
