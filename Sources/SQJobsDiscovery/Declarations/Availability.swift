/// From where on a declaration can be used, by its `@available` attributes.
struct Availability: Hashable {
    /// What goes into `if #available(…)`: `macOS 26, *`.
    var conditions: [String] = []
    /// Whether it can be used nowhere.
    var isUnavailable = false

    func and(_ other: Self) -> Self {
        Self(conditions: conditions + other.conditions, isUnavailable: isUnavailable || other.isUnavailable)
    }
}
