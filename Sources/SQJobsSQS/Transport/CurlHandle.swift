import CCurl

import struct Foundation.Data

/// One of libcurl's easy handles, made once and used for one exchange after another.
///
/// Only the driver's thread touches it.
final class CurlHandle {
    let pointer: UnsafeMutableRawPointer
    /// The exchange that the handle carries now.
    private(set) var exchange: CurlExchange?
    private let reason: UnsafeMutablePointer<CChar>
    private var headers: UnsafeMutablePointer<curl_slist>?
    /// Where a header's line is put together.
    private var line: [UInt8] = []

    /// Makes a handle; nil when memory is out.
    init?(_ configuration: CurlTransport.Configuration) {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
        reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let me = Unmanaged.passUnretained(self).toOpaque()
        sqjobs_easy_setopt_long(pointer, CURLOPT_NOSIGNAL, 1)
        sqjobs_easy_setopt_long(pointer, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        sqjobs_easy_setopt_long(pointer, CURLOPT_TCP_KEEPALIVE, 1)
        sqjobs_easy_setopt_long(pointer, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        sqjobs_easy_setopt_long(pointer, CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.milliseconds)
        sqjobs_easy_setopt_string(pointer, CURLOPT_USERAGENT, "SQJobs")
        if let bundle = configuration.certificateAuthorities {
            sqjobs_easy_setopt_string(pointer, CURLOPT_CAINFO, bundle)
        }
        sqjobs_easy_setopt_pointer(pointer, CURLOPT_ERRORBUFFER, reason)
        sqjobs_easy_setopt_pointer(pointer, CURLOPT_PRIVATE, me)
        sqjobs_easy_setopt_pointer(pointer, CURLOPT_WRITEDATA, me)
        sqjobs_easy_setopt_pointer(pointer, CURLOPT_HEADERDATA, me)
        sqjobs_easy_setopt_pointer(pointer, CURLOPT_PREREQDATA, me)
        sqjobs_easy_setopt_write(pointer, CURLOPT_WRITEFUNCTION, receiveBody)
        sqjobs_easy_setopt_write(pointer, CURLOPT_HEADERFUNCTION, receiveHeader)
        sqjobs_easy_setopt_prereq(pointer, beginRequest)
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
        reason.deallocate()
    }

    /// The handle that a pointer of libcurl's stands for.
    static func of(_ pointer: UnsafeMutableRawPointer) -> CurlHandle? {
        var me: UnsafeMutableRawPointer?
        sqjobs_easy_getinfo_pointer(pointer, CURLINFO_PRIVATE, &me)
        return me.map { Unmanaged<CurlHandle>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Sets the handle up for an exchange.
    ///
    /// - Parameter timeout: What is left of the request's time.
    /// - Returns: Whether all of it could be set; memory is out if not.
    func prepare(for exchange: CurlExchange, timeout: Duration) -> Bool {
        let request = exchange.request
        self.exchange = exchange
        reason[0] = 0
        var isSet = setHeaders(of: request)
        isSet = sqjobs_easy_setopt_string(pointer, CURLOPT_URL, request.url.absoluteString) == CURLE_OK && isSet
        if request.method == "GET" {
            sqjobs_easy_setopt_long(pointer, CURLOPT_HTTPGET, 1)
            sqjobs_easy_setopt_string(pointer, CURLOPT_CUSTOMREQUEST, nil)
        } else {
            sqjobs_easy_setopt_long(pointer, CURLOPT_POST, 1)
            let method = request.method == "POST" ? nil : request.method
            isSet = sqjobs_easy_setopt_string(pointer, CURLOPT_CUSTOMREQUEST, method) == CURLE_OK && isSet
            isSet = setBody(request.body) && isSet
        }
        sqjobs_easy_setopt_long(pointer, CURLOPT_TIMEOUT_MS, max(1, timeout.milliseconds))
        return isSet
    }

    /// Lets go of the exchange, so that the handle can carry another.
    func clear() {
        exchange = nil
    }

    /// How the exchange, which is over, ended.
    func result(_ code: CURLcode, of exchange: CurlExchange) -> Result<HTTPResponse, any Error> {
        guard code == CURLE_OK else { return .failure(error(code, of: exchange)) }
        // libcurl takes a head that breaks off for a whole one, without a body.
        guard exchange.isHeadComplete else {
            let reason = "the connection broke in the middle of the answer"
            return .failure(TransportError(delivery: .unknown, isTimeout: false, reason: reason))
        }
        var status = 0
        sqjobs_easy_getinfo_long(pointer, CURLINFO_RESPONSE_CODE, &status)
        return .success(HTTPResponse(status: status, head: exchange.head, body: exchange.body))
    }

    private func error(_ code: CURLcode, of exchange: CurlExchange) -> TransportError {
        if exchange.isRepeatRefused {
            let reason = "the connection broke after the request was sent, and a second sending was prevented"
            return TransportError(delivery: .unknown, isTimeout: false, reason: reason)
        }
        let text = reason[0] == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: reason)
        return TransportError(
            delivery: exchange.delivery, isTimeout: code == CURLE_OPERATION_TIMEDOUT, reason: text)
    }

    private func setBody(_ body: Data) -> Bool {
        sqjobs_easy_setopt_off(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        guard !body.isEmpty else {
            return sqjobs_easy_setopt_string(pointer, CURLOPT_COPYPOSTFIELDS, "") == CURLE_OK
        }
        return body.withUnsafeBytes {
            sqjobs_easy_setopt_bytes(pointer, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) == CURLE_OK
        }
    }

    private func setHeaders(of request: HTTPRequest) -> Bool {
        curl_slist_free_all(headers)
        headers = nil
        // Without these two libcurl adds an Accept of its own, and waits a second for leave to send a large body.
        var isWhole = appendHeader("Accept:") && appendHeader("Expect:")
        var hasContentType = false
        for (name, value) in request.headers {
            isWhole = isWhole && appendHeader(name, value)
            hasContentType = hasContentType || name.lowercased() == "content-type"
        }
        // libcurl would say that a POST holds a form.
        if !hasContentType { isWhole = isWhole && appendHeader("Content-Type:") }
        guard isWhole else { return false }
        return sqjobs_easy_setopt_headers(pointer, headers) == CURLE_OK
    }

    /// Adds `name: value`, or `name;`, by which libcurl knows a field that is empty on purpose.
    private func appendHeader(_ name: String, _ value: String) -> Bool {
        line.removeAll(keepingCapacity: true)
        line += name.utf8
        line += value.isEmpty ? ";".utf8 : ": ".utf8
        line += value.utf8
        line.append(0)
        return line.withUnsafeBytes { appendHeader($0.bindMemory(to: CChar.self).baseAddress) }
    }

    private func appendHeader(_ line: UnsafePointer<CChar>?) -> Bool {
        guard let longer = curl_slist_append(headers, line) else { return false }
        headers = longer
        return true
    }
}

/// Called by libcurl when a connection is there and the request is about to go.
///
/// libcurl repeats a request by itself when a reused connection dies under it, and a message would be sent twice: the
/// second call for an exchange ends it instead, and the caller decides.
private func beginRequest(
    _ context: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<CChar>?, _: UnsafeMutablePointer<CChar>?, _: Int32,
    _: Int32
) -> Int32 {
    guard let exchange = exchange(of: context) else { return CURL_PREREQFUNC_ABORT }
    guard !exchange.isBegun else {
        exchange.isRepeatRefused = true
        return CURL_PREREQFUNC_ABORT
    }
    exchange.isBegun = true
    return CURL_PREREQFUNC_OK
}

/// Called by libcurl with a piece of the response's body.
private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let exchange = exchange(of: context) else { return 0 }
    exchange.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

/// Called by libcurl with one line of the response's head, the status line included.
private func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let exchange = exchange(of: context) else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    if line.starts(with: "HTTP/".utf8) {
        // What came so far belonged to an interim response.
        exchange.head.removeAll(keepingCapacity: true)
        exchange.isHeadComplete = false
    } else if line.count <= 2 {
        exchange.isHeadComplete = true
    } else {
        exchange.head += line
    }
    return size * count
}

private func exchange(of context: UnsafeMutableRawPointer?) -> CurlExchange? {
    context.flatMap { Unmanaged<CurlHandle>.fromOpaque($0).takeUnretainedValue().exchange }
}
