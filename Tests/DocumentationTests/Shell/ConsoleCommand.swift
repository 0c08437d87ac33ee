/// A command of a page, and what the page says that it prints.
struct ConsoleCommand {
    /// What is typed, without the prompt; lines that continue it begin with `> `.
    var text: [String]
    /// The lines that it prints, errors included.
    var output: [String] = []
    /// The number of its line in the page, from 1.
    let line: Int
    /// Whether it goes on until somebody types Control-C, as a worker does.
    var isInterrupted = false

    /// The commands of a block marked `console`: each begins with `$ `, and ends with `^C` if it must be interrupted.
    static func all(in block: Block) -> [ConsoleCommand] {
        var commands: [ConsoleCommand] = []
        for (index, line) in block.lines.enumerated() {
            if line.hasPrefix("$ ") {
                commands.append(ConsoleCommand(text: [String(line.dropFirst(2))], line: block.line + index))
            } else if var command = commands.popLast() {
                if line.hasPrefix("> "), command.output.isEmpty {
                    command.text.append(String(line.dropFirst(2)))
                } else if line == "^C" {
                    command.isInterrupted = true
                } else {
                    command.output.append(line)
                }
                commands.append(command)
            }
        }
        return commands
    }
}
