@_exported public import SQJobsPeriodic
@_exported public import SQJobsResults
