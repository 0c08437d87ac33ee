extension StoreUse<any Outbox> {
    /// Keeping jobs that cannot go to their queue yet, and unique keys.
    public static var outbox: Self { Self("outbox") }
}
