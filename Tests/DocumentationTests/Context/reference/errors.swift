import DocumentationContext

let parameters = SendTicket.Parameters(order: 7, email: "ada@example.com")
