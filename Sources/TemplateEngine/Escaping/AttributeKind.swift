/// What the value of an attribute is to a browser.
enum AttributeKind: Sendable, Hashable {
    case plain
    case url
    /// `style`: numbers only.
    case style
    /// `type` of a script: decides whether JSON may be printed inside.
    case scriptType
    /// Code, nested HTML, or a list of addresses: nothing may be printed.
    case refused

    init(attribute: String, of element: String) {
        let local =
            attribute.utf8.firstIndex(of: UInt8(ascii: ":"))
            .map { String(attribute[attribute.utf8.index(after: $0)...]) } ?? attribute
        if attribute.hasPrefix("on") || Self.refusedNames.contains(local) {
            self = .refused
        } else if Self.animations.contains(element), Self.animated.contains(local) {
            self = .refused
        } else if Self.urlNames.contains(local) {
            self = .url
        } else if local == "style" {
            self = .style
        } else if element == "script", local == "type" {
            self = .scriptType
        } else {
            self = .plain
        }
    }

    private static let refusedNames: Set<String> = ["srcdoc", "srcset", "imagesrcset"]

    /// SVG elements that can set any attribute of another element, an address too.
    private static let animations: Set<String> = ["animate", "set", "animatetransform", "animatemotion"]
    private static let animated: Set<String> = ["to", "from", "by", "values", "attributename"]

    /// Attributes of HTML and SVG that hold one address (HTML Living Standard, index of attributes).
    private static let urlNames: Set<String> = [
        "href", "src", "action", "formaction", "poster", "cite", "data", "background", "longdesc", "usemap",
        "manifest", "codebase", "classid", "profile", "icon", "ping", "base", "itemid", "itemtype",
    ]
}
