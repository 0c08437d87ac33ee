import SQJobsResults

/// The contract of ``ResultStore`` as cases, for the tests of any adapter.
public enum ResultStoreCases {
    /// Every case. One whose needs a harness does not declare does nothing there.
    public static let all: [ResultStoreCase] =
        pendingCases + claimCases + leaseCases + fenceCases + endingCases + batchCases + contentCases + listCases
        + pruneCases + rerunCases + workerCases + noticeCases
}
