import Foundation
import Hummingbird

extension Response {
    /// An answer that is a page.
    static func page(_ page: Page, _ status: HTTPResponse.Status = .ok) -> Response {
        content(ByteBuffer(string: page.html.markup), "text/html; charset=utf-8", status)
    }

    /// An answer in JSON.
    static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok) throws -> Response {
        content(ByteBuffer(bytes: try JSONEncoder().encode(value)), "application/json", status)
    }

    /// An answer of any type.
    static func content(
        _ bytes: ByteBuffer, _ type: String, _ status: HTTPResponse.Status = .ok
    ) -> Response {
        Response(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: bytes))
    }
}
