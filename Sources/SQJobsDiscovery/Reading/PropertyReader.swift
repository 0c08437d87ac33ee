import SwiftParser
import SwiftSyntax

/// Reads what a class property gives, where a literal says it.
struct PropertyReader {
    let place: (Syntax) -> SourcePlace

    func value(of binding: PatternBindingSyntax) -> PropertyValue {
        if let expression = Self.expression(of: binding), let value = value(of: expression) { return value }
        return PropertyValue(text: nil, place: place(Syntax(binding.pattern)), quotes: nil)
    }

    /// The one expression that makes the value: of a stored property, or of a getter that is nothing else.
    private static func expression(of binding: PatternBindingSyntax) -> ExprSyntax? {
        if let initialiser = binding.initializer { return initialiser.value }
        let statements: CodeBlockItemListSyntax? =
            switch binding.accessorBlock?.accessors {
            case .getter(let statements): statements
            case .accessors(let accessors):
                accessors.first { $0.accessorSpecifier.tokenKind == .keyword(.get) }?.body?.statements
            case nil: nil
            }
        guard let statements, statements.count == 1, let only = statements.first else { return nil }
        switch only.item {
        case .expr(let expression): return expression
        case .stmt(let statement): return statement.as(ReturnStmtSyntax.self)?.expression
        case .decl: return nil
        }
    }

    /// `"…"`, or `CronExpression("…")` with or without a seed.
    private func value(of expression: ExprSyntax) -> PropertyValue? {
        if let attempt = expression.as(TryExprSyntax.self) { return value(of: attempt.expression) }
        if let literal = expression.as(StringLiteralExprSyntax.self) {
            guard let text = literal.representedLiteralValue else { return nil }
            return PropertyValue(text: text, place: place(Syntax(literal)), quotes: Self.quotes(of: literal))
        }
        guard let call = expression.as(FunctionCallExprSyntax.self), Self.makesExpression(call.calledExpression),
            let first = call.arguments.first, first.label == nil, var value = value(of: first.expression)
        else { return nil }
        if let seed = call.arguments.first(where: { $0.label?.name == "seed" })?.expression {
            let literal = seed.as(StringLiteralExprSyntax.self)?.representedLiteralValue
            value.seed = literal.map { .literal($0) } ?? .computed
        }
        return value
    }

    private static func makesExpression(_ called: ExprSyntax) -> Bool {
        let name = called.trimmedDescription
        return ["CronExpression", "SQJobsCron.CronExpression", "CronExpression.init", ".init"].contains(name)
    }

    /// How many bytes precede the text of a literal whose source and text are the same.
    private static func quotes(of literal: StringLiteralExprSyntax) -> Int? {
        guard literal.openingQuote.tokenKind == .stringQuote, literal.segments.count == 1,
            !literal.segments.trimmedDescription.contains("\\")
        else { return nil }
        return (literal.openingPounds?.text.utf8.count ?? 0) + 1
    }
}
