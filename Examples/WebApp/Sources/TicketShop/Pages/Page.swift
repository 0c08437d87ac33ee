/// A whole page: what stands in its title, and between header and footer.
struct Page {
    /// What it is about, for the browser's title.
    let title: String
    /// What stands in it.
    let main: HTML
    /// Whether a browser without JavaScript loads it again every two seconds.
    var refreshes = false

    /// The document.
    var html: HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) · Ticket shop</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/assets/shop.css">
        <script src="/assets/shop.js" defer></script>
        \(refreshes ? Self.refresh : "")
        </head>
        <body>
        <header><a href="/">Ticket shop</a></header>
        <main>
        \(main)
        </main>
        <footer>Tickets can be fetched for an hour.</footer>
        </body>
        </html>

        """
    }

    private static let refresh: HTML = #"<noscript><meta http-equiv="refresh" content="2"></noscript>"#
}
