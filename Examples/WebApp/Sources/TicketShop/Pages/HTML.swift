/// Markup. Text that is interpolated into it is escaped, so what a user typed stays text; only markup goes in as it is.
///
/// ```swift
/// let greeting: HTML = "<p>Hello, \(name)!</p>"
/// ```
struct HTML: ExpressibleByStringInterpolation, Sendable {
    /// The markup as it is sent.
    let markup: String

    init(stringLiteral markup: String) {
        self.markup = markup
    }

    init(stringInterpolation: Interpolation) {
        markup = stringInterpolation.markup
    }

    /// Collects the pieces of a literal.
    struct Interpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        mutating func appendLiteral(_ markup: String) {
            self.markup += markup
        }

        mutating func appendInterpolation(_ text: String) {
            markup += HTML.escaped(text)
        }

        mutating func appendInterpolation(_ html: HTML) {
            markup += html.markup
        }
    }

    /// Text as it stands between tags and in quoted attributes.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
