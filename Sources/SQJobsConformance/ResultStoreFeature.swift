/// Something that not every store of results can do: a harness declares which its store can, and only the cases that need
/// no other are run.
///
/// The case “a store declares what it can do” compares what is declared here with the store, so that no case is left out
/// by mistake.
public enum ResultStoreFeature: String, Sendable, Hashable, CaseIterable {
    /// ``ResultStore/notices`` are there.
    case notices
}
