import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What the Security Token Service says in XML: every element without children, by its name.
///
/// The names that matter are there once in an answer (`AccessKeyId`, `Code`, …), so where they stand need not be kept.
struct SecurityTokenAnswer {
    private let texts: [String: String]

    /// The text of the element of that name.
    subscript(name: String) -> String? { texts[name] }

    /// Reads an answer; nil if it is not XML.
    init?(_ data: Data) {
        let reader = Reader()
        let parser = XMLParser(data: data)
        parser.delegate = reader
        guard parser.parse() else { return nil }
        texts = reader.texts
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var texts: [String: String] = [:]
        private var text = ""

        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
            qualifiedName qName: String?, attributes attributeDict: [String: String]
        ) {
            text = ""
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            text += string
        }

        func parser(
            _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
        ) {
            let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
            if !trimmed.isEmpty { texts[elementName] = trimmed }
            text = ""
        }
    }
}
