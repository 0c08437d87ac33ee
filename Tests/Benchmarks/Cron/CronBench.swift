import Foundation

/// Prints what one `next` and one parse cost, beside cronsim and croniter, and writes JSON to the path given.
@main
struct CronBench {
    private struct Row: Encodable {
        let test: CronCase
        let ours: CronMeasurement
        let cronsim: CronMeasurement?
        let croniter: CronMeasurement?
    }

    static func main() throws {
        let repeats = 5
        let ours = try CronCase.all.map { try CronMeasurement.ours($0, repeats: repeats) }
        var peers: CronPeers?
        do {
            peers = try CronPeers.measure(CronCase.all, repeats: repeats)
        } catch {
            print("Without peers: \(error). SQJOBS_BENCH_PYTHON must name a Python that has cronsim and croniter.")
        }
        let rows = CronCase.all.indices.map {
            Row(
                test: CronCase.all[$0], ours: ours[$0], cronsim: peers?.cases[$0].cronsim,
                croniter: peers?.cases[$0].croniter)
        }
        printTable(rows, versions: peers?.versions ?? [:])
        if CommandLine.arguments.count > 1 {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(rows).write(to: URL(filePath: CommandLine.arguments[1]))
        }
    }

    private static func printTable(_ rows: [Row], versions: [String: String]) {
        print(
            "cron: nanoseconds of processor time, medians of five (spread); cronsim \(versions["cronsim"] ?? "-"), ",
            terminator: "")
        print("croniter \(versions["croniter"] ?? "-"); × is how many times ours is faster, ≠ a different answer\n")
        print(line(["", "expression", "zone", "next", "cronsim", "×", "croniter", "parse", "cronsim", "croniter"]))
        for row in rows {
            let faster = row.cronsim.map { String(format: "%.0f", $0.next.median / row.ours.next.median) } ?? "-"
            print(
                line([
                    row.test.name, row.test.expression, row.test.zone, shown(row.ours.next),
                    peer(row.cronsim, row.ours, \.next), faster, peer(row.croniter, row.ours, \.next),
                    shown(row.ours.parse), shown(row.cronsim?.parse), shown(row.croniter?.parse),
                ]))
        }
    }

    private static func peer(
        _ peer: CronMeasurement?, _ ours: CronMeasurement, _ figure: KeyPath<CronMeasurement, Samples>
    ) -> String {
        guard let peer else { return "-" }
        return shown(peer[keyPath: figure]) + (peer.last == ours.last ? "" : " ≠")
    }

    private static func shown(_ samples: Samples?) -> String {
        samples.map { String(format: "%.0f (%.0f%%)", $0.median, $0.spread * 100) } ?? "-"
    }

    private static func line(_ cells: [String]) -> String {
        zip(cells, [17, 18, 14, 13, 18, 5, 18, 13, 15, 16]).map { cell, width in
            cell + String(repeating: " ", count: max(1, width - cell.count))
        }.joined()
    }
}
