import ServiceLifecycle

struct MetricsEndpoint: Service {
    let port: Int

    func run() async throws {}
}
