/// Who may see a declaration, from fewest to most.
enum AccessLevel: Int, Comparable {
    case file
    case module
    case package
    case everyone

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The keyword that a declaration or an import of this level is written with, and the blank after it.
    var prefix: String {
        switch self {
        case .file, .module: ""
        case .package: "package "
        case .everyone: "public "
        }
    }
}
