/// How large a page is, in points: 72 make an inch.
struct PDFSize: Sendable, Equatable {
    var width: Double
    var height: Double
}
