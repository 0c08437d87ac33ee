import Foundation

/// A PDF of a few pages, text and rectangles: as much of ISO 32000-1 as tickets need.
struct PDFDocument {
    private let title: String
    private let pageSize: PDFSize
    private var pages: [PDFPage] = []

    /// Makes a document without pages.
    ///
    /// - Parameters:
    ///   - title: What readers show in their window's title.
    ///   - pageSize: How large each page is.
    init(title: String, pageSize: PDFSize) {
        self.title = title
        self.pageSize = pageSize
    }

    /// Adds a page.
    mutating func append(_ page: PDFPage) {
        pages.append(page)
    }

    /// The document as a file.
    ///
    /// Object 1 is the catalogue, 2 the list of pages, 3 the title, then the fonts, then two objects a page.
    var data: Data {
        let firstFont = 4
        let firstPage = firstFont + PDFFont.allCases.count
        let pageNumbers = pages.indices.map { firstPage + 2 * $0 }
        let fonts = zip(PDFFont.allCases, firstFont...).map { "/\($0.rawValue) \($1) 0 R" }.joined(separator: " ")

        var file = PDFFile()
        file.append("<< /Type /Catalog /Pages 2 0 R >>")
        file.append(
            "<< /Type /Pages /Count \(pages.count) /Kids [\(pageNumbers.map { "\($0) 0 R" }.joined(separator: " "))]"
                + " /MediaBox [0 0 \(pageSize.width) \(pageSize.height)] /Resources << /Font << \(fonts) >> >> >>")
        file.append(Array("<< /Title ".utf8) + PDFText.literal(title) + Array(" >>".utf8))
        for font in PDFFont.allCases {
            file.append("<< /Type /Font /Subtype /Type1 /BaseFont /\(font.name) /Encoding /WinAnsiEncoding >>")
        }
        for (number, page) in zip(pageNumbers, pages) {
            file.append("<< /Type /Page /Parent 2 0 R /Contents \(number + 1) 0 R >>")
            file.append(
                Array("<< /Length \(page.content.count) >>\nstream\n".utf8) + page.content + Array("\nendstream".utf8))
        }
        return file.finish(root: 1, info: 3)
    }
}
