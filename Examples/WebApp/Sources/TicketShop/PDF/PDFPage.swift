/// What stands on one page of a PDF, in points from its lower left corner.
struct PDFPage {
    /// The page's operators, by ISO 32000-1, sections 8 and 9.
    private(set) var content: [UInt8] = []

    /// Fills a rectangle.
    mutating func fill(x: Double, y: Double, width: Double, height: Double, _ colour: PDFColour) {
        write("\(operands(colour)) rg \(x) \(y) \(width) \(height) re f\n")
    }

    /// Writes a line of text.
    ///
    /// - Parameters:
    ///   - text: The text; of what the font cannot show, `?`.
    ///   - x: Where it begins.
    ///   - y: Where its base line is.
    ///   - size: The font's size, in points.
    ///   - font: The font.
    ///   - colour: Its colour.
    mutating func text(
        _ text: String, x: Double, y: Double, size: Double, _ font: PDFFont = .regular, _ colour: PDFColour = .black
    ) {
        write("BT \(operands(colour)) rg /\(font.rawValue) \(size) Tf \(x) \(y) Td ")
        content += PDFText.literal(text)
        write(" Tj ET\n")
    }

    private func operands(_ colour: PDFColour) -> String {
        "\(colour.red) \(colour.green) \(colour.blue)"
    }

    private mutating func write(_ operators: String) {
        content += operators.utf8
    }
}
