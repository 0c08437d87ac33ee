@_exported public import SQJobsCore
