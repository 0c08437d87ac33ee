import Hummingbird
import Logging

/// Turns every error into a page, or into JSON for the page's script, and logs those that are ours.
struct ProblemPages: RouterMiddleware {
    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            if problem.status.kind == .serverError {
                context.logger.error("a request failed", metadata: ["error": "\(error)"])
            }
            var response =
                request.uri.path.hasPrefix("/jobs/")
                ? try Response.json(["error": problem.sentence], problem.status)
                : Response.page(.problem(problem), problem.status)
            if problem.status == .serviceUnavailable { response.headers[.retryAfter] = "60" }
            return response
        }
    }
}
