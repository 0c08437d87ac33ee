import Foundation

/// The name of the thread that calls; a function of its own, since asynchronous code may not ask for its thread.
func currentThreadName() -> String? {
    Thread.current.name
}
