extension Page {
    /// The page that says what went wrong.
    static func problem(_ problem: Problem) -> Page {
        Page(
            title: problem.title,
            main: """
                <h1>\(problem.title)</h1>
                <p>\(problem.sentence)</p>
                <p><a href="/">To the shop</a></p>
                """)
    }
}
