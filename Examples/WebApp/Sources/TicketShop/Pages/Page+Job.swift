extension Page {
    /// The page that shows how far an order is. Its script changes the parts that are named `data-part`.
    static func job(_ view: JobView) -> Page {
        let fraction = "\(view.fraction ?? 0)"
        return Page(
            title: view.title,
            main: """
                <h1>Your tickets</h1>
                <section class="card job" data-job="/jobs/\(view.id)" data-stage="\(view.stage.rawValue)">
                <p class="stage" role="status" data-part="title">\(view.title)</p>
                <progress data-part="bar" max="1" value="\(fraction)" \
                aria-label="How many of the tickets are drawn"\(hidden(unless: view.fraction != nil))></progress>
                <p class="detail" data-part="detail">\(view.detail)</p>
                <p data-part="download"\(hidden(unless: view.download != nil))><a class="button" \
                href="/tickets/\(view.id)/pdf">Download the PDF</a></p>
                </section>
                <p class="fine"><a href="/">Another order</a> · Job <code>\(view.id)</code></p>
                """,
            refreshes: !view.isFinished)
    }

    private static func hidden(unless isShown: Bool) -> HTML {
        isShown ? "" : " hidden"
    }
}
