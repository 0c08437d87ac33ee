/// What a request carries through the enqueue middleware that is to be sent by an ``OutboxTransfer``.
///
/// An object, because every request has room for one and hardly any has one.
final class TransferOrder: Sendable {
    let transfer: any OutboxTransfer
    let condition: OutboxParcel.Condition

    init(_ transfer: any OutboxTransfer, _ condition: OutboxParcel.Condition) {
        self.transfer = transfer
        self.condition = condition
    }
}
