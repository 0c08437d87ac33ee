import Instrumentation

/// Carries a trace context in a message's attributes.
enum TraceAttributes {
    struct Injector: Instrumentation.Injector {
        func inject(_ value: String, forKey key: String, into attributes: inout [String: String]) {
            attributes[key] = value
        }
    }

    struct Extractor: Instrumentation.Extractor {
        func extract(key: String, from attributes: [String: String]) -> String? {
            attributes[key]
        }
    }
}
