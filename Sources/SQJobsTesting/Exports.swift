@_exported public import SQJobsCore
@_exported public import SQJobsPeriodic
@_exported public import SQJobsResults
