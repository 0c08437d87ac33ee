import SwiftParser
import SwiftSyntax

/// Reads what a file declares. It looks into types, extensions and `#if`, not into functions: what is declared in one
/// can be named nowhere else.
struct DeclarationReader {
    private let path: String
    private let locations: SourceLocationConverter
    private var found: Declarations

    /// Reads all files of a module.
    static func read(_ files: [SourceFile], module: String) -> Declarations {
        files.reduce(Declarations(module: module)) { found, file in
            let tree = Parser.parse(source: file.text)
            var reader = Self(
                path: file.path, locations: SourceLocationConverter(fileName: file.path, tree: tree), found: found)
            reader.read(tree.statements, in: Surroundings())
            return reader.found
        }
    }

    private mutating func read(_ items: CodeBlockItemListSyntax, in surroundings: Surroundings) {
        for item in items {
            if case .decl(let declaration) = item.item { read(declaration, in: surroundings) }
        }
    }

    private mutating func read(_ items: MemberBlockItemListSyntax, in surroundings: Surroundings) {
        for item in items { read(item.decl, in: surroundings) }
    }

    private mutating func read(_ declaration: DeclSyntax, in surroundings: Surroundings) {
        if let node = declaration.as(ClassDeclSyntax.self) {
            readClass(node, in: surroundings)
        } else if let node = declaration.as(StructDeclSyntax.self) {
            readType(node, generics: node.genericParameterClause, in: surroundings)
        } else if let node = declaration.as(EnumDeclSyntax.self) {
            readType(node, generics: node.genericParameterClause, in: surroundings)
        } else if let node = declaration.as(ActorDeclSyntax.self) {
            readType(node, generics: node.genericParameterClause, in: surroundings)
        } else if let node = declaration.as(ExtensionDeclSyntax.self) {
            readExtension(node, in: surroundings)
        } else if let node = declaration.as(IfConfigDeclSyntax.self) {
            readClauses(of: node, in: surroundings)
        } else if let node = declaration.as(ProtocolDeclSyntax.self) {
            note(node.name, stands: references(node.inheritanceClause, in: surroundings), in: surroundings)
        } else if let node = declaration.as(TypeAliasDeclSyntax.self) {
            let names = node.initializer.value.inheritedNames
            note(node.name, stands: names.map { reference($0, in: surroundings) }, in: surroundings)
        } else if let node = declaration.as(ImportDeclSyntax.self) {
            let names = node.path.map(\.name.name)
            found.imports.append(ImportDeclaration(module: names.first ?? "", access: node.modifiers.access))
        }
    }

    private mutating func readClass(_ node: ClassDeclSyntax, in surroundings: Surroundings) {
        found.classes.append(
            ClassDeclaration(
                module: found.module, path: surroundings.path + [node.name.name],
                reference: (surroundings.written + [node.name.text]).joined(separator: "."),
                place: place(Syntax(node.name)), isFinal: node.modifiers.contains(.final),
                isOpen: node.modifiers.contains(.open), conditions: surroundings.conditions,
                availability: surroundings.availability,
                inherits: references(node.inheritanceClause, in: surroundings),
                members: memberReader.members(node.memberBlock.members)))
        readType(node, generics: node.genericParameterClause, in: surroundings)
    }

    /// Notes a type, and reads what is nested in it.
    private mutating func readType(
        _ node: some NamedDeclSyntax & DeclGroupSyntax, generics: GenericParameterClauseSyntax?,
        in surroundings: Surroundings
    ) {
        let path = surroundings.path + [node.name.name]
        let facts = TypeFacts(
            access: node.modifiers.access ?? surroundings.access, isGeneric: generics != nil,
            availability: node.attributes.availability)
        found.types[path] = found.types[path] ?? facts
        var inside = surroundings
        inside.path = path
        inside.written.append(node.name.text)
        inside.access = .module
        read(node.memberBlock.members, in: inside)
    }

    private mutating func readExtension(_ node: ExtensionDeclSyntax, in surroundings: Surroundings) {
        guard let names = node.extendedType.inheritedNames.first else { return }
        found.extensions.append(
            ExtensionDeclaration(
                extended: reference(names, in: surroundings),
                inherits: references(node.inheritanceClause, in: surroundings),
                members: memberReader.members(node.memberBlock.members)))
        var inside = surroundings
        inside.path = names.first == found.module && names.count > 1 ? Array(names.dropFirst()) : names
        inside.written = [node.extendedType.trimmedDescription]
        inside.access = node.modifiers.access ?? .module
        inside.availability = surroundings.availability.and(node.attributes.availability)
        read(node.memberBlock.members, in: inside)
    }

    private mutating func readClauses(of node: IfConfigDeclSyntax, in surroundings: Surroundings) {
        var former: [String] = []
        for (index, clause) in node.clauses.enumerated() {
            var parts = former.map { "!(\($0))" }
            if let own = clause.condition?.trimmedDescription {
                parts.append(former.isEmpty ? own : "(\(own))")
                former.append(own)
            }
            var inside = surroundings
            inside.conditions.append(
                Condition(start: place(Syntax(node)), clause: index, text: parts.joined(separator: " && ")))
            switch clause.elements {
            case .statements(let items)?: read(items, in: inside)
            case .decls(let items)?: read(items, in: inside)
            default: continue
            }
        }
    }

    private mutating func note(_ name: TokenSyntax, stands: [TypeReference], in surroundings: Surroundings) {
        found.aliases[surroundings.path + [name.name], default: []].append(
            AliasDeclaration(stands: stands, conditions: surroundings.conditions))
    }

    private var memberReader: MemberReader {
        MemberReader(properties: PropertyReader(place: place))
    }

    private func references(_ clause: InheritanceClauseSyntax?, in surroundings: Surroundings) -> [TypeReference] {
        (clause?.inheritedTypes ?? []).flatMap { $0.type.inheritedNames.map { reference($0, in: surroundings) } }
    }

    private func reference(_ names: [String], in surroundings: Surroundings) -> TypeReference {
        TypeReference(names: names, scope: surroundings.path, conditions: surroundings.conditions)
    }

    private func place(_ node: Syntax) -> SourcePlace {
        let location = node.startLocation(converter: locations)
        return SourcePlace(path: path, line: location.line, column: location.column)
    }
}
