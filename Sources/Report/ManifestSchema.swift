/// The JSON Schema of a run's manifest (draft 2020-12).
enum ManifestSchema {
    static let value: JSONValue = .object([
        "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
        "$id": .string("urn:assay:schema:manifest:1"),
        "title": .string("Manifest of a run"),
        "description": .string("Every file of the run's folder but the manifest itself, sorted by path."),
        "type": .string("object"), "required": .array([.string("as_of"), .string("files"), .string("run")]),
        "properties": .object([
            "run": .object(["type": .string("string")]),
            "as_of": .object(["type": .string("string"), "format": .string("date")]),
            "files": .object(["type": .string("array"), "items": file]),
        ]),
    ])

    private static let file: JSONValue = .object([
        "type": .string("object"), "required": .array([.string("bytes"), .string("path"), .string("sha256")]),
        "properties": .object([
            "path": .object(["type": .string("string")]),
            "bytes": .object(["type": .string("integer"), "minimum": .int(0)]),
            "sha256": .object(["type": .string("string"), "pattern": .string("^[0-9a-f]{64}$")]),
        ]),
    ])
}
