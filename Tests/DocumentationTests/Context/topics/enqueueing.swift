import DocumentationContext
import GRDB
import SQJobsCore

final class Reindex: Job<NoParameters, Void> {}

let parameters = SendTicket.Parameters(order: 7, email: "ada@example.com")
let tickets = [parameters]
