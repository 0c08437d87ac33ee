import SwiftSyntax

/// Reads the members of a class, or of an extension of one, that matter for finding jobs.
struct MemberReader {
    let properties: PropertyReader

    func members(_ items: MemberBlockItemListSyntax) -> ClassMembers {
        var members = ClassMembers()
        for item in items { read(item.decl, into: &members) }
        return members
    }

    private func read(_ declaration: DeclSyntax, into members: inout ClassMembers) {
        if let function = declaration.as(FunctionDeclSyntax.self) {
            if Self.isRun(function) { members.overridesRun = true }
        } else if let initialiser = declaration.as(InitializerDeclSyntax.self) {
            members.initialisers.append(Self.initialiser(initialiser))
        } else if let variable = declaration.as(VariableDeclSyntax.self) {
            read(variable, into: &members)
        } else if let conditional = declaration.as(IfConfigDeclSyntax.self) {
            // Which clause is compiled is not known: what stands in any of them counts.
            for clause in conditional.clauses {
                guard case .decls(let items)? = clause.elements else { continue }
                members.merge(self.members(items))
            }
        }
    }

    private func read(_ variable: VariableDeclSyntax, into members: inout ClassMembers) {
        guard variable.modifiers.contains(.class) || variable.modifiers.contains(.static) else { return }
        for binding in variable.bindings {
            switch binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.name {
            case "name": members.name = properties.value(of: binding)
            case "schedule": members.schedule = properties.value(of: binding)
            case "timeZone": members.timeZone = properties.value(of: binding)
            default: continue
            }
        }
    }

    private static func isRun(_ function: FunctionDeclSyntax) -> Bool {
        let parameters = function.signature.parameterClause.parameters
        return function.name.name == "run" && function.modifiers.contains(.override) && parameters.count == 1
            && parameters.first?.firstName.tokenKind == .wildcard
    }

    private static func initialiser(_ declaration: InitializerDeclSyntax) -> Initialiser {
        let parameters = declaration.signature.parameterClause.parameters
        let effects = declaration.signature.effectSpecifiers?.trimmedDescription ?? ""
        let arguments = parameters.filter { $0.defaultValue == nil }.map {
            $0.firstName.tokenKind == .wildcard ? "…" : "\($0.firstName.text): …"
        }
        return Initialiser(
            isDesignated: !declaration.modifiers.contains(.convenience),
            needsNothing: arguments.isEmpty && effects.isEmpty && declaration.optionalMark == nil
                && declaration.modifiers.access != .file,
            arguments: arguments)
    }
}
