import Charts
import Words

/// One page of the site as a value: what it says, in order, without a word of HTML.
///
/// Site turns it into a file through the template of its `kind`; Markdown twins and digests read the same value.
public struct Page: Sendable, Hashable {
    /// The file below the run's folder, such as `trends/accuracy.html`.
    public var path: String
    /// Which page template draws it: `overview`, `analysis`, `data`, `methods`, `archive` …
    public var kind: String
    /// The heading and the document's title.
    public var title: String
    /// One sentence below the heading: the page's answer.
    public var lead: Prose
    /// The way from the landing page to here, without the page itself.
    public var crumbs: [Link]
    /// Neighbours in reading order.
    public var previous: Link?
    /// Neighbours in reading order.
    public var next: Link?
    /// What the page holds.
    public var sections: [PageSection]
    /// The same figures in other formats (CSV, JSON).
    public var alternates: [Link]
    /// The page that this one goes on from; nil for a page of its own.
    public var beginning: String?

    /// Describes a page.
    public init(
        path: String, kind: String, title: String, lead: Prose, crumbs: [Link] = [], previous: Link? = nil,
        next: Link? = nil, sections: [PageSection], alternates: [Link] = []
    ) {
        self.path = path
        self.kind = kind
        self.title = title
        self.lead = lead
        self.crumbs = crumbs
        self.previous = previous
        self.next = next
        self.sections = sections
        self.alternates = alternates
    }
}

/// A link to another file of the site, as its path below the run's folder (`../../archive/index.html` leaves it).
public struct Link: Sendable, Hashable {
    /// The path, relative to the run's folder; Site makes it relative to the page.
    public var path: String
    /// The words of the link.
    public var text: String

    /// Names a link.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

/// A part of a page with a heading.
public struct PageSection: Sendable, Hashable {
    /// The fragment by which others link to it; unique on the page.
    public var id: String
    /// The heading.
    public var title: String
    /// How deep it goes; technical sections are folded.
    public var depth: Depth
    /// What it holds.
    public var blocks: [Block]
    /// Fragments of sections that are told of here: those on later parts of the page, those put together with this one.
    public var anchors: [String] = []
    /// Every fragment that leads here.
    var fragments: [String] { [id] + anchors }

    /// Three depths of one model.
    public enum Depth: String, Sendable, Hashable {
        /// Sentences and headline figures.
        case executive
        /// Charts and tables.
        case detailed
        /// Tests, assumptions and settings, in a fold.
        case technical
    }

    /// Describes a section.
    public init(id: String, title: String, depth: Depth = .detailed, blocks: [Block]) {
        self.id = id
        self.title = title
        self.depth = depth
        self.blocks = blocks
    }
}

/// What a page is built of. A new kind of block is a case here and a template beside the others.
public indirect enum Block: Sendable, Hashable {
    /// A paragraph.
    case prose(Prose)
    /// Headline figures side by side.
    case keyFigures([KeyFigure])
    /// A picture with its data in a fold.
    case figure(FigureBlock)
    /// Small pictures side by side.
    case multiples([FigureBlock])
    /// A table.
    case table(TableBlock)
    /// Ranked claims with their evidence.
    case findings([FindingItem])
    /// Terms with their explanations.
    case definitions([Definition])
    /// Something that was refused or left out, with its reason.
    case notice(Prose)
    /// Links with a sentence each.
    case links([Definition])
}

/// A sentence or paragraph as pieces, so that emphasis, dates and links need no markup in the words.
public struct Prose: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The pieces in order.
    public var pieces: [Piece]

    /// One piece of prose.
    public enum Piece: Sendable, Hashable {
        /// Plain words.
        case text(String)
        /// Words that carry the point.
        case strong(String)
        /// A date or time: the machine form and the words.
        case time(iso: String, text: String)
        /// A link inside the site.
        case link(Link)
        /// A name from the data (a column, a file, a value), set as code so that no word in it reads as ours.
        case code(String)
    }

    /// Prose from pieces.
    public init(_ pieces: [Piece]) { self.pieces = pieces }

    /// Plain prose.
    public init(_ text: String) { pieces = [.text(text)] }

    /// Plain prose.
    public init(stringLiteral value: String) { self.init(value) }

    /// Without the blank that its last piece has for a further one.
    var ended: Prose {
        guard case .text(let text)? = pieces.last, text.last == " " else { return self }
        return Prose(pieces.dropLast() + [.text(String(text.dropLast()))])
    }

    /// The words alone.
    public var plain: String {
        pieces.map { piece in
            switch piece {
            case .text(let text), .strong(let text), .code(let text), .time(_, let text): text
            case .link(let link): link.text
            }
        }.joined()
    }
}

/// A headline figure.
public struct KeyFigure: Sendable, Hashable {
    /// What is counted.
    public var label: String
    /// The figure in words, with its unit; nil when undefined.
    public var value: String?
    /// n, interval, period, or the reason why there is no value.
    public var note: String
    /// The change against what the note names, in words; nil where there is none.
    public var change: String?
    /// Whether the change is good, bad or neither.
    public var tone: Tone
    /// A small line of its recent past.
    public var sparkline: Figure?
    /// Where the details are.
    public var link: Link?

    /// Describes a headline figure.
    public init(
        label: String, value: String?, note: String, change: String? = nil, tone: Tone = .muted,
        sparkline: Figure? = nil,
        link: Link? = nil
    ) {
        self.label = label
        self.value = value
        self.note = note
        self.change = change
        self.tone = tone
        self.sparkline = sparkline
        self.link = link
    }
}

/// A figure on a page: the picture, its caption and its data.
public struct FigureBlock: Sendable, Hashable {
    /// The picture.
    public var figure: Figure
    /// What to know beside the picture: n, period, zone, method.
    public var caption: Prose
    /// The figures that were drawn; nil only for a sparkline, whose numbers stand beside it.
    public var data: TableBlock?
    /// Whether a screen that is too narrow for it shows its right end first: where days go from left to right, the newest.
    public var opensOnNewest = false

    /// Describes a figure on a page.
    public init(figure: Figure, caption: Prose, data: TableBlock?) {
        self.figure = figure
        self.caption = caption
        self.data = data
    }

    /// The same figure, with its newest days in sight on a narrow screen.
    public var openingOnNewest: FigureBlock {
        var own = self
        own.opensOnNewest = true
        return own
    }
}

/// A table whose cells are already worded, with the raw value beside each where a machine may want it.
public struct TableBlock: Sendable, Hashable {
    /// The caption.
    public var caption: String
    /// The columns.
    public var columns: [Column]
    /// The rows; each as long as `columns`.
    public var rows: [[TableCell]]
    /// The CSV file with the whole table, below the run's folder.
    public var export: Link?

    /// One column.
    public struct Column: Sendable, Hashable {
        /// The heading.
        public var title: String
        /// The unit's symbol; empty for none.
        public var unit: String
        /// Whether the cells are numbers, set flush right with tabular figures.
        public var isNumeric: Bool

        /// Describes a column.
        public init(_ title: String, unit: String = "", isNumeric: Bool = false) {
            self.title = title
            self.unit = unit
            self.isNumeric = isNumeric
        }
    }

    /// Describes a table.
    public init(caption: String, columns: [Column], rows: [[TableCell]], export: Link? = nil) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.export = export
    }
}

/// One cell of a table.
public struct TableCell: Sendable, Hashable {
    /// The words; nil is an undefined value, shown as a dash with `reason`.
    public var text: String?
    /// What a sort compares, where it differs from the words.
    public var sortKey: Double?
    /// Why there is no value.
    public var reason: String?
    /// Where the cell leads.
    public var link: Link?
    /// Whether the cell is good, bad or neither.
    public var tone: Tone

    /// Describes a cell.
    public init(_ text: String?, sortKey: Double? = nil, reason: String? = nil, link: Link? = nil, tone: Tone = .muted)
    {
        self.text = text.map(TableCell.shortened)
        self.sortKey = sortKey
        self.reason = reason
        self.link = link
        self.tone = tone
    }
}

extension TableCell {
    /// The first 200 characters of a text that is longer; files hold the whole.
    static func shortened(_ text: String) -> String {
        text.utf8.count > 200 && text.count > 200 ? text.prefix(200) + "…" : text
    }
}

/// A finding in words.
public struct FindingItem: Sendable, Hashable {
    /// The id by which `assay explain` knows it.
    public var id: String
    /// The claim.
    public var claim: Prose
    /// The evidence: estimate, interval, n, adjusted p, period.
    public var evidence: String
    /// Good, bad or neither.
    public var tone: Tone
    /// Where the details are.
    public var link: Link?
    /// The word before the claim; nil takes the tone's.
    public var mark: String?

    /// Describes a finding.
    public init(
        id: String, claim: Prose, evidence: String, tone: Tone, link: Link? = nil, mark: String? = nil
    ) {
        self.mark = mark
        self.id = id
        self.claim = claim
        self.evidence = evidence
        self.tone = tone
        self.link = link
    }

    /// The word before the claim.
    public var word: String {
        mark ?? say(tone == .good ? "Better" : tone == .bad ? "Worse" : "Note")
    }
}

/// A term and what there is to say about it.
public struct Definition: Sendable, Hashable {
    /// The term, which may lead somewhere.
    public var term: String
    /// Where the term leads.
    public var link: Link?
    /// The explanation.
    public var text: Prose

    /// Describes a term.
    public init(_ term: String, link: Link? = nil, text: Prose) {
        self.term = term
        self.link = link
        self.text = text
    }
}
