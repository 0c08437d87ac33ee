/// A colour of a PDF: how much red, green and blue, each 0 to 1.
public struct PDFColour: Sendable, Equatable {
    /// How much red.
    public var red: Double
    /// How much green.
    public var green: Double
    /// How much blue.
    public var blue: Double

    /// Mixes a colour.
    public init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    static let black = PDFColour(red: 0, green: 0, blue: 0)
    static let grey = PDFColour(red: 0.45, green: 0.45, blue: 0.45)
    static let white = PDFColour(red: 1, green: 1, blue: 1)
}
