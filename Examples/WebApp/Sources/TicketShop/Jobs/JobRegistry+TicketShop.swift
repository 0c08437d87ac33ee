import SQJobsCore

extension JobRegistry {
    /// All jobs of the shop.
    ///
    /// - Parameter folder: Where they keep tickets.
    public static func ticketShop(_ folder: TicketFolder) -> JobRegistry {
        JobRegistry {
            PrintTickets(folder: folder)
            RemoveOldTickets(folder: folder)
        }
    }
}
