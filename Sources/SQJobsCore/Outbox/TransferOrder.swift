/// What a request carries through the enqueue middleware that is to be sent by an ``OutboxTransfer``.
struct TransferOrder: Sendable {
    let transfer: any OutboxTransfer
    let condition: OutboxParcel.Condition
}
