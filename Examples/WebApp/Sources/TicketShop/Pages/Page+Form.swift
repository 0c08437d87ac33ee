extension Page {
    /// The page with the form.
    ///
    /// - Parameters:
    ///   - form: What stands in its fields.
    ///   - faults: What is wrong with them, by field; nothing at first.
    static func form(_ form: TicketForm = TicketForm(), faults: [TicketForm.Field: String] = [:]) -> Page {
        Page(
            title: faults.isEmpty ? "Print your tickets" : "Please look again",
            main: """
                <h1>Print your tickets</h1>
                <p>Orders <b>1001</b> and <b>1002</b> are ready. The hall of <b>1003</b> takes a second attempt, and there \
                is no other order.</p>
                <form method="post" action="/tickets" class="card">
                \(field(.number, "Order number", form.number, #"inputmode="numeric" autocomplete="off""#, faults))
                \(field(.holder, "Name on the tickets", form.holder, #"autocomplete="name" maxlength="60""#, faults))
                \(field(.count, "Tickets, 1 to 12", form.count, #"inputmode="numeric" autocomplete="off""#, faults))
                <button type="submit">Print tickets</button>
                </form>
                """)
    }

    private static func field(
        _ field: TicketForm.Field, _ label: String, _ value: String?, _ attributes: HTML,
        _ faults: [TicketForm.Field: String]
    ) -> HTML {
        let name = field.rawValue
        guard let fault = faults[field] else {
            return """
                <p class="field"><label for="\(name)">\(label)</label>
                <input id="\(name)" name="\(name)" value="\(value ?? "")" required \(attributes)></p>
                """
        }
        return """
            <p class="field"><label for="\(name)">\(label)</label>
            <input id="\(name)" name="\(name)" value="\(value ?? "")" required \(attributes) \
            aria-invalid="true" aria-describedby="\(name)-fault">
            <span class="fault" id="\(name)-fault">\(fault)</span></p>
            """
    }
}
