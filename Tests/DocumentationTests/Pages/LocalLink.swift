import Foundation

/// A link of a page to a file of the project, to a heading in one, or to a heading of its own.
struct LocalLink: Hashable, CustomStringConvertible {
    let description: String

    init(_ target: String) {
        description = target
    }

    /// The file as the page names it; empty for a heading of the page itself.
    private var path: String {
        String(description.prefix { $0 != "#" })
    }

    /// The heading's anchor, if the link names one.
    var anchor: String? {
        description.firstIndex(of: "#").map { String(description[description.index(after: $0)...]) }
    }

    /// The file that the link leads to from a page; `nil` if that is the page itself.
    func file(from page: URL) -> URL? {
        path.isEmpty ? nil : page.deletingLastPathComponent().appending(path: path).standardizedFileURL
    }
}
