import Foundation
import Testing

@Suite("Links of README and Documentation")
struct LinkTests {
    private let pages: [Page]

    init() throws {
        pages = try Page.all()
    }

    @Test("every link leads to a file that is there, and to a heading if it names one")
    func targets() throws {
        #expect(pages.contains { !$0.localLinks.isEmpty })
        for page in pages {
            for link in page.localLinks {
                #expect(try fault(of: link, on: page) == nil, "\(page.name) links to \(link)")
            }
        }
    }

    @Test("every page of Documentation is reached from its index")
    func reach() throws {
        let folder = Project.documentation
        let index = folder.appending(path: "README.md").standardizedFileURL
        let byFile = Dictionary(uniqueKeysWithValues: pages.map { ($0.url.standardizedFileURL, $0) })
        var reached: Set<URL> = []
        var open = [index]
        while let file = open.popLast() {
            guard let page = byFile[file], reached.insert(file).inserted else { continue }
            open += page.localLinks.compactMap { $0.file(from: page.url) }
        }
        let inFolder = byFile.keys.filter { $0.path.hasPrefix(folder.standardizedFileURL.path) }
        for file in inFolder {
            #expect(reached.contains(file), "\(file.lastPathComponent) is linked from no page that the index leads to")
        }
        #expect(reached.contains(index) && inFolder.count > 1)
    }

    @Test(
        "a link to a file, a heading or a folder that is not there is found",
        arguments: ["nowhere.md", "delivery.md#no-such-heading", "#no-such-heading", "../nowhere/"])
    func canFail(_ target: String) throws {
        let page = try #require(pages.first { $0.name == "topics/delivery.md" })
        #expect(try fault(of: LocalLink(target), on: page) != nil)
    }

    @Test("a link to a heading that is there is none")
    func headings() throws {
        let page = try #require(pages.first { $0.name == "topics/delivery.md" })
        #expect(try fault(of: LocalLink("#retry-policies"), on: page) == nil)
        #expect(try fault(of: LocalLink("workers.md#stopping"), on: page) == nil)
        #expect(
            Page.anchors(of: "# A `code` & more: it's 1.2\n\n## Twice\n\n## Twice\n") == [
                "a-code--more-its-12", "twice", "twice-1",
            ])
        #expect(
            Page.localLinks(of: "a [b](c.md), ```d``` `[e](f.md)`\n```\n[g](h.md)\n```\n[i](https://j.k)") == [
                LocalLink("c.md")
            ])
    }

    /// Why a link leads nowhere; `nil` if it does not.
    private func fault(of link: LocalLink, on page: Page) throws -> String? {
        let file = link.file(from: page.url) ?? page.url
        guard FileManager.default.fileExists(atPath: file.path) else { return "there is no such file" }
        guard let anchor = link.anchor else { return nil }
        guard file.pathExtension == "md" else { return "only a page has headings" }
        let anchors = Page.anchors(of: try String(contentsOf: file, encoding: .utf8))
        return anchors.contains(anchor) ? nil : "there is no such heading"
    }
}
