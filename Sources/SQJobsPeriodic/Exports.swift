@_exported public import SQJobsCore
@_exported public import SQJobsCron
