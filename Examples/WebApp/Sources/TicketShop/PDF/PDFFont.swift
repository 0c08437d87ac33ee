/// The fonts that every reader of PDFs has, by the names under which a ``PDFDocument`` declares them.
enum PDFFont: String, CaseIterable {
    case regular = "F1"
    case bold = "F2"

    /// The font's own name.
    var name: String {
        switch self {
        case .regular: "Helvetica"
        case .bold: "Helvetica-Bold"
        }
    }
}
