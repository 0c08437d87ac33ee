public import struct Foundation.Data

/// A job's arguments as they travel: a JSON array of positional ones and a JSON object of keywords.
///
/// Typed parameters become arguments as a Python call would have them: an array-like type fills the positional ones, a
/// struct or a dictionary the keywords, and a single scalar is one positional argument.
public struct JobArguments: Sendable {
    /// The positional arguments: the text of a JSON array.
    public let args: Data
    /// The keywords: the text of a JSON object.
    public let kwargs: Data

    /// Takes arguments whose JSON was checked already.
    package init(checkedArgs args: Data, kwargs: Data) {
        self.args = args
        self.kwargs = kwargs
    }

    /// Arguments given by hand.
    ///
    /// - Parameters:
    ///   - args: The positional arguments, in order.
    ///   - kwargs: The keywords.
    /// - Throws: ``SQJobsError`` with code `unencodableArguments` for a number that JSON does not have.
    public init(args: [JSONValue] = [], kwargs: [String: JSONValue] = [:]) throws {
        do {
            self.args = args.isEmpty ? Self.noArgs : try WireJSON.encoder.encode(args)
            self.kwargs = kwargs.isEmpty ? Self.noKwargs : try WireJSON.encoder.encode(kwargs)
        } catch {
            throw Self.unencodable(error)
        }
    }

    /// Typed parameters as arguments.
    ///
    /// - Parameter parameters: The parameters; dates are written as ISO 8601 in UTC.
    /// - Throws: ``SQJobsError`` with code `unencodableArguments` when they cannot be written as JSON.
    public init(encoding parameters: some Encodable) throws {
        let json: Data
        do {
            json = try WireJSON.encoder.encode(parameters)
        } catch {
            throw Self.unencodable(error)
        }
        self.init(json: json)
    }

    /// The arguments that the parameters' JSON makes.
    private init(json: Data) {
        switch json.first {
        case UInt8(ascii: "["):
            self.init(checkedArgs: json, kwargs: Self.noKwargs)
        case UInt8(ascii: "{"):
            self.init(checkedArgs: Self.noArgs, kwargs: json)
        default:
            self.init(checkedArgs: Data("[".utf8) + json + Data("]".utf8), kwargs: Self.noKwargs)
        }
    }

    /// Typed parameters of many jobs as arguments. A call of the encoder costs more than small parameters do, so each
    /// call gets many.
    ///
    /// - Throws: ``SQJobsError`` with code `unencodableArguments`, as for those of one job.
    package static func encode(_ batch: [some Encodable]) throws -> [JobArguments] {
        var all: [JobArguments] = []
        all.reserveCapacity(batch.count)
        for start in stride(from: 0, to: batch.count, by: mostEncodedAtOnce) {
            do {
                let part = Array(batch[start..<min(start + mostEncodedAtOnce, batch.count)])
                let json = try WireJSON.encoder.encode(part)
                try JSONSlice.of(json) { try $0.elements { all.append(JobArguments(json: $0.data)) } }
            } catch {
                throw unencodable(error, leavingOut: 1)
            }
        }
        return all
    }

    private static let mostEncodedAtOnce = 100
    static let noArgs = Data("[]".utf8)
    static let noKwargs = Data("{}".utf8)

    /// The cause is named without its values, which may be secret.
    ///
    /// - Parameter outer: How many keys of the value's path are none of the parameters'.
    private static func unencodable(_ error: any Error, leavingOut outer: Int = 0) -> SQJobsError {
        var place = ""
        if case EncodingError.invalidValue(_, let context)? = error as? EncodingError {
            place = context.codingPath.dropFirst(outer).map(\.stringValue).joined(separator: ".")
        }
        let name = place.isEmpty ? "The parameters" : "The parameter “\(place)”"
        return SQJobsError(
            .unencodableArguments,
            "\(name) cannot be written as JSON: use strings, finite numbers, booleans, dates, lists and objects.")
    }
}

extension JobArguments {
    /// The positional arguments as values.
    ///
    /// - Throws: `DecodingError` when their text is not JSON.
    public func positional() throws -> [JSONValue] {
        try WireJSON.decoder.decode([JSONValue].self, from: args)
    }

    /// The keywords as values.
    ///
    /// - Throws: `DecodingError` when their text is not JSON.
    public func keywords() throws -> [String: JSONValue] {
        try WireJSON.decoder.decode([String: JSONValue].self, from: kwargs)
    }

    /// The arguments as typed parameters.
    ///
    /// Positional arguments go to the properties in the order of their `CodingKeys`, keywords by name. Keywords that no
    /// property declares are ignored, for a newer producer must not break an older worker.
    ///
    /// - Parameters:
    ///   - type: The parameters' type.
    ///   - job: The job's name, for the error.
    /// - Throws: ``SQJobsError`` with code `invalidArguments` that names the job and the property.
    public func decode<Parameters: Decodable>(_ type: Parameters.Type, for job: String) throws -> Parameters {
        var both = Data(capacity: args.count + kwargs.count + 3)
        both.append(UInt8(ascii: "["))
        both.append(args)
        both.append(UInt8(ascii: ","))
        both.append(kwargs)
        both.append(UInt8(ascii: "]"))
        do {
            return try WireJSON.decoder.decode(BoundParameters<Parameters>.self, from: both).value
        } catch {
            let reason = NonFiniteNumber(in: both).map { "they hold \($0)" } ?? "\(ArgumentMismatch(error))"
            throw SQJobsError(.invalidArguments, "The arguments do not fit the job “\(job)”: \(reason).", job: job)
        }
    }
}
