/// Something that is played.
public struct Event: Sendable, Equatable {
    /// Its name.
    public var title: String
    /// Where and when, in words.
    public var place: String
    /// The colour of its tickets.
    public var colour: PDFColour
    /// Whether the first attempt to print its tickets fails: it shows what a page looks like while a job waits for another.
    public var hasSlowHall = false
}
