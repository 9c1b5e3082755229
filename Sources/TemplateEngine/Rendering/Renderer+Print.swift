extension Renderer {
    mutating func print(_ expression: Expression, _ escape: Escape, at offset: Int) throws(TemplateError) {
        let value = try evaluate(expression)
        if case .string(let text) = value, escape == .text {
            return CharacterReferences.append(text: text, to: &out)
        }
        do throws(Fault) { try write(value, escape) } catch {
            throw self.error(at: place(of: expression) ?? offset, described(error, expression))
        }
    }

    private mutating func write(_ value: TemplateValue, _ escape: Escape) throws(Fault) {
        switch escape {
        case .text: CharacterReferences.append(text: try value.printed(), to: &out)
        case .attribute: CharacterReferences.append(attribute: try value.printed(), to: &out)
        case .url(let position):
            CharacterReferences.append(
                attribute: URLText.encoded(try value.printed(), at: position), to: &out)
        case .number:
            switch value {
            case .int, .double: out.append(contentsOf: try value.printed().utf8)
            default: throw Fault("only numbers can be printed safely into style, and this is \(value.kindName)")
            }
        case .plain: out.append(contentsOf: try value.printed().utf8)
        case .json: try JSONText.append(value, forScript: false, to: &out)
        case .jsonText: JSONText.append(text: try value.printed(), forScript: false, to: &out)
        case .scriptJSON: try JSONText.append(value, forScript: true, to: &out)
        case .csvText:
            for byte in try value.printed().utf8 {
                if byte == UInt8(ascii: "\"") { out.append(byte) }
                out.append(byte)
            }
        case .attributes: try writeAttributes(value)
        }
    }

    /// A map as ` name="value"`, sorted by name; null and false are left out, true is the bare name with an empty value.
    private mutating func writeAttributes(_ value: TemplateValue) throws(Fault) {
        guard case .map(let entries) = value else { throw Fault("attr takes a map, and this is \(value.kindName)") }
        for (name, value) in entries.sorted(by: { $0.key < $1.key }) where value != .null && value != .bool(false) {
            guard Self.isAttributeName(name) else { throw Fault("\"\(name)\" is no name of an attribute") }
            out.append(UInt8(ascii: " "))
            out.append(contentsOf: name.utf8)
            out.append(contentsOf: "=\"".utf8)
            if value != .bool(true) {
                switch AttributeKind(attribute: name.lowercased(), of: "") {
                case .plain: try write(value, .attribute)
                case .url: try write(value, .url(.start))
                case .style: try write(value, .number)
                default: throw Fault("the attribute \(name) holds code or addresses that cannot be made safe")
                }
            }
            out.append(UInt8(ascii: "\""))
        }
    }

    private static func isAttributeName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first | 0x20 >= UInt8(ascii: "a"), first | 0x20 <= UInt8(ascii: "z") else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: ":")) || "-_.".utf8.contains(byte)
        }
    }

    mutating func raw(_ expression: Expression, at offset: Int) throws(TemplateError) {
        let value = try evaluate(expression)
        guard case .markup(let text) = value else {
            throw error(
                at: offset, "raw prints markup only, and this is \(value.kindName)",
                fix: "leave raw away to print it escaped, or hand over markup from the program")
        }
        out.append(contentsOf: text.utf8)
    }

    /// Where an expression points for an error.
    private func place(of expression: Expression) -> Int? {
        switch expression {
        case .variable(_, let at), .member(_, _, let at), .index(_, _, let at), .loop(_, let at): at
        default: nil
        }
    }

    /// Names what could not be printed.
    private func described(_ fault: Fault, _ expression: Expression) -> Fault {
        let name: String? =
            switch expression {
            case .variable(let slot, _): library.slots.names[slot]
            case .member(_, let name, _): name
            default: nil
            }
        return Fault(name.map { "\($0): \(fault.message)" } ?? fault.message, fix: fault.fix)
    }
}
