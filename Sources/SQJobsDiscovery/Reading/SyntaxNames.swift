import SwiftSyntax

extension TokenSyntax {
    /// The name without the backticks that a keyword needs.
    var name: String { text.filter { $0 != "`" } }
}

extension DeclModifierListSyntax {
    func contains(_ keyword: Keyword) -> Bool {
        contains { $0.name.tokenKind == .keyword(keyword) }
    }

    /// The access level that is written; `nil` for none. `private(set)` says nothing of reading.
    var access: AccessLevel? {
        for modifier in self where modifier.detail == nil {
            switch modifier.name.tokenKind {
            case .keyword(.private), .keyword(.fileprivate): return .file
            case .keyword(.internal): return .module
            case .keyword(.package): return .package
            case .keyword(.public), .keyword(.open): return .everyone
            default: continue
            }
        }
        return nil
    }
}

extension TypeSyntax {
    /// The types that it names where something inherits from it, each as its names; their generic arguments are left out.
    var inheritedNames: [[String]] {
        if let type = self.as(IdentifierTypeSyntax.self) { return [[type.name.name]] }
        if let type = self.as(MemberTypeSyntax.self) {
            return type.baseType.inheritedNames.map { $0 + [type.name.name] }
        }
        if let type = self.as(CompositionTypeSyntax.self) { return type.elements.flatMap(\.type.inheritedNames) }
        if let type = self.as(AttributedTypeSyntax.self) { return type.baseType.inheritedNames }
        if let type = self.as(TupleTypeSyntax.self), type.elements.count == 1, let only = type.elements.first {
            return only.type.inheritedNames
        }
        return []
    }
}
