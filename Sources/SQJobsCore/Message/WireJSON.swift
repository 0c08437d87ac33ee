package import Foundation

/// JSON as it travels: one encoder and one decoder for everything, shared because making them costs more than a message.
package enum WireJSON {
    /// Writes dates as ISO 8601 and keys in order, so that the same arguments always give the same bytes.
    package static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(WireDate.text(date))
        }
        return encoder
    }()

    /// Reads dates in the forms that ``WireDate`` knows.
    package static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = WireDate.date(text) else {
                throw DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription:
                        "a date is written 2026-11-22T09:30:00Z, 2026-11-22 09:30:00 (UTC) or 2026-11-22")
            }
            return date
        }
        return decoder
    }()
}
