import SQJobsCore

extension JobRegistry {
    /// All jobs of the example.
    public static var example: JobRegistry {
        JobRegistry {
            AdderJob()
            GreetingJob()
            RetryingJob()
            FailingJob()
            ReportJob()
            HeartbeatJob()
        }
    }
}
