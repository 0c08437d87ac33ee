@_exported public import SQJobsResults
