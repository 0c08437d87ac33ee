import SQJobsCore
import Testing

@Suite("Binding arguments to parameters as Python does")
struct BindingTests {
    struct Ticket: Codable, Equatable {
        var order: Int
        var seat: String
        var note: String?
    }

    func bind<Value: Decodable>(
        _ type: Value.Type, _ args: [JSONValue] = [], _ kwargs: [String: JSONValue] = [:]
    ) throws -> Value {
        try JobArguments(args: args, kwargs: kwargs).decode(type, for: "send_ticket")
    }

    /// The reason for which arguments do not fit, after the sentence that names the job.
    func mismatch(
        _ type: (some Decodable).Type, _ args: [JSONValue] = [], _ kwargs: [String: JSONValue] = [:]
    ) throws -> String {
        let error = try #require(throws: SQJobsError.self) { try bind(type, args, kwargs) }
        #expect(error.code == .invalidArguments)
        #expect(error.job == "send_ticket")
        let start = "The arguments do not fit the job “send_ticket”: "
        #expect(error.message.hasPrefix(start))
        return String(error.message.dropFirst(start.count))
    }

    @Test("1.5: positional arguments go to the properties in their order, keywords by name")
    func positionalAndNamed() throws {
        let ticket = Ticket(order: 7, seat: "4A", note: "window")
        #expect(try bind(Ticket.self, [7, "4A", "window"]) == ticket)
        #expect(try bind(Ticket.self, [7, "4A"], ["note": "window"]) == ticket)
        #expect(try bind(Ticket.self, [7], ["note": "window", "seat": "4A"]) == ticket)
        #expect(try bind(Ticket.self, [], ["note": "window", "seat": "4A", "order": 7]) == ticket)
    }

    @Test("1.5: the order is that of the CodingKeys where the type has its own")
    func codingKeys() throws {
        struct Reordered: Codable, Equatable {
            var first: Int
            var second: Int

            enum CodingKeys: String, CodingKey {
                case second
                case first = "one"
            }
        }
        #expect(try bind(Reordered.self, [2, 1]) == Reordered(first: 1, second: 2))
        #expect(try bind(Reordered.self, [2], ["one": 1]) == Reordered(first: 1, second: 2))
        #expect(try mismatch(Reordered.self, [2], ["first": 1]).contains("“one” is missing"))
    }

    @Test("1.5: optional properties may be absent, null or given")
    func optional() throws {
        for kwargs: [String: JSONValue] in [[:], ["note": nil]] {
            #expect(try bind(Ticket.self, [7, "4A"], kwargs) == Ticket(order: 7, seat: "4A", note: nil))
        }
        #expect(try bind(Ticket.self, [7, "4A", nil]) == Ticket(order: 7, seat: "4A", note: nil))
    }

    @Test("1.5: a keyword that no property declares is ignored")
    func unknownKeywords() throws {
        let ticket = Ticket(order: 7, seat: "4A", note: nil)
        #expect(try bind(Ticket.self, [7, "4A"], ["colour": "red"]) == ticket)
        #expect(try bind(Ticket.self, [], ["order": 7, "seat": "4A", "colour": ["red"]]) == ticket)
        #expect(try bind([Int].self, [1, 2], ["colour": "red"]) == [1, 2])
        #expect(try bind(Int.self, [1], ["colour": "red"]) == 1)
        _ = try bind(NoParameters.self, [], ["colour": "red"])
    }

    @Test("1.5: too many positional arguments are an error with both numbers")
    func tooMany() throws {
        let expected = "there are 4 positional arguments where at most 3 can be taken"
        #expect(try mismatch(Ticket.self, [7, "4A", "n", 4]).contains(expected))
        #expect(try mismatch(Int.self, [1, 2]).contains("there are 2 positional arguments where at most 1"))
        #expect(try mismatch(NoParameters.self, [1]).contains("there are 1 positional arguments where at most 0"))
        #expect(try mismatch([String: Int].self, [1]).contains("there are 1 positional arguments where at most 0"))
    }

    @Test("1.5: a property given by position and by name is an error that names it")
    func twice() throws {
        #expect(try mismatch(Ticket.self, [7, "4A"], ["order": 8]).contains("“order” is given twice"))
        #expect(try mismatch(Ticket.self, [7, "4A", "n"], ["note": "m"]).contains("“note” is given twice"))
    }

    @Test("1.5: a missing property is an error that names it")
    func missing() throws {
        #expect(try mismatch(Ticket.self, [7]).contains("“seat” is missing"))
        #expect(try mismatch(Ticket.self, [], ["seat": "4A"]).contains("“order” is missing"))
        #expect(try mismatch(Int.self).contains("the one positional argument is missing"))
    }

    @Test("1.5: a value of the wrong type is an error that names the property and not the value")
    func wrongType() throws {
        for reason in [
            try mismatch(Ticket.self, ["hunter2", "4A"]),
            try mismatch(Ticket.self, ["order": "hunter2", "seat": "4A"]),
        ] {
            #expect(reason.contains("“order” is not of type Int"))
            #expect(!reason.contains("hunter2"))
        }
        #expect(try mismatch(Ticket.self, [nil, "4A"]).contains("“order” is null"))
        #expect(try mismatch(Ticket.self, [], ["order": nil, "seat": "4A"]).contains("“order” is null"))
        #expect(try mismatch([Int].self, [1, "hunter2"]).contains("“argument 2” is not of type Int"))
        #expect(try mismatch(Int.self, ["hunter2"]).contains("is not of type Int"))
    }

    private func mismatch(_ type: (some Decodable).Type, _ kwargs: [String: JSONValue]) throws -> String {
        try mismatch(type, [], kwargs)
    }

    struct Order: Codable, Equatable {
        struct Line: Codable, Equatable {
            var article: String
            var count: Int
        }

        var customer: Ticket
        var lines: [Line]
        var prices: [String: Double]?
    }

    @Test("1.5: nested types are read by position and by name")
    func nested() throws {
        let customer: JSONValue = ["order": 1, "seat": "s"]
        let lines: JSONValue = [["article": "a", "count": 2]]
        let order = Order(
            customer: Ticket(order: 1, seat: "s", note: nil), lines: [Order.Line(article: "a", count: 2)],
            prices: ["a": 1.5])
        #expect(try bind(Order.self, [customer, lines, ["a": 1.5]]) == order)
        #expect(try bind(Order.self, [customer], ["lines": lines, "prices": ["a": 1.5]]) == order)
    }

    @Test("1.5: what is wrong inside a nested type is named with its place, by position and by name")
    func nestedMismatch() throws {
        let customer: JSONValue = ["order": 1, "seat": "s"]
        let cases: [(JSONValue, JSONValue, String)] = [
            (["order": "x", "seat": "s"], [], "“customer.order” is not of type Int"),
            (["order": nil, "seat": "s"], [], "“customer.order” is null"),
            (["order": 1], [], "“customer.seat” is missing"),
            (customer, [["article": "a", "count": "x"]], "“lines.argument 1.count” is not of type Int"),
            (customer, 5, "“lines” is not of type Array"),
        ]
        for (customer, lines, expected) in cases {
            let byPosition = try mismatch(Order.self, [customer, lines])
            #expect(byPosition.contains(expected), "\(byPosition)")
            let byName = try mismatch(Order.self, [], ["customer": customer, "lines": lines])
            #expect(byName.contains(expected), "\(byName)")
        }
    }
}
