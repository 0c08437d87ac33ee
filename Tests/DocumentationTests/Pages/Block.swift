/// A fenced block of a page.
struct Block {
    /// The word behind the fence; empty if there is none.
    let language: String
    /// What else stands there: how the block is to be checked.
    let words: [String]
    let lines: [String]
    /// The number of its first line in the page, from 1.
    let line: Int
    /// Which of the page's sections it stands in, from 0.
    let section: Int

    /// The blocks of a page. Those in lists lose their indentation.
    static func all(in text: String) -> [Block] {
        var blocks: [Block] = []
        var open: (indentation: Int, fence: String, info: [String], line: Int)?
        var lines: [String] = []
        var section = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.drop { $0 == " " }
            if let block = open {
                if content.hasPrefix(block.fence), content.allSatisfy({ $0 == "`" }) {
                    blocks.append(
                        Block(
                            language: block.info.first ?? "", words: Array(block.info.dropFirst()), lines: lines,
                            line: block.line, section: section))
                    open = nil
                } else {
                    let indentation = min(block.indentation, line.prefix { $0 == " " }.count)
                    lines.append(String(line.dropFirst(indentation)))
                }
            } else if content.hasPrefix("```") {
                let fence = content.prefix { $0 == "`" }
                let info = content.dropFirst(fence.count).split(separator: " ").map(String.init)
                open = (line.count - content.count, String(fence), info, index + 2)
                lines = []
            } else if line.hasPrefix("#") {
                section += 1
            }
        }
        return blocks
    }
}
