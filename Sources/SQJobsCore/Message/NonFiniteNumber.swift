import struct Foundation.Data

/// A bare `NaN` or `Infinity`, which Python's `json` writes though JSON has neither.
struct NonFiniteNumber: CustomStringConvertible {
    let description: String

    /// Finds the first one outside of strings; `nil` if there is none.
    init?(in json: Data) {
        var isInString = false
        var isEscaped = false
        for byte in json {
            if isInString {
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                isInString = true
            case UInt8(ascii: "N"), UInt8(ascii: "I"):
                let name = byte == UInt8(ascii: "N") ? "NaN" : "Infinity"
                description = "Python's \(name), which is no JSON: send null, a string or a finite number"
                return
            default:
                break
            }
        }
        return nil
    }
}
