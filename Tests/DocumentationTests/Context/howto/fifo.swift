import SQJobsCore

final class ShipOrder: Job<Int, Void> {}

let order = 7
