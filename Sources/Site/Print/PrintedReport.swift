import Charts
import Drawing
import Report
import Words

/// A report as one PDF document.
enum PrintedReport {
    /// Contents on the first sheet, below the title, and on every further one.
    fileprivate static let contentsOnSheet = (first: 38, further: 44)

    /// The document's bytes, the same for the same pages, run and style sheet.
    static func pdf(
        _ pages: [Page], run: SiteRun, title: String, version: String, styleSheet: [UInt8]
    ) throws(DrawingError) -> [UInt8] {
        let document = document(pages, run: run, title: title, version: version)
        return try PDFDrawing.pdf(
            document, palette: PrintPalette(styleSheet: String(decoding: styleSheet, as: UTF8.self)))
    }

    static func document(_ pages: [Page], run: SiteRun, title: String, version: String) -> PrintedDocument {
        var document = PrintedDocument(
            title: "\(title), \(run.day)", subject: pages.first?.lead.plain ?? "", creator: "Assay \(version)",
            date: "\(run.folder)T00:00:00Z", width: PrintLayout.width, height: PrintLayout.height)
        let measures = (TextMeasure.cairo(), TextMeasure.cairoBold())
        let (first, further) = contentsOnSheet
        let contents = 1 + max(0, pages.count - first + further - 1) / further
        var body = PrintLayout(plain: measures.0, bold: measures.1, offset: contents)
        for page in pages { body.set(page) }
        var front = PrintLayout(plain: measures.0, bold: measures.1, offset: 0)
        front.setContents(pages, body.headings.filter { $0.level == 0 }, run: run, title: title, version: version)
        document.sheets = front.sheets + body.linked()
        document.outline =
            [.init(say("Contents"), level: 0, target: .init(sheet: 0, y: 0))] + body.headings
        let count = document.sheets.count
        for number in document.sheets.indices {
            let text = "\(number + 1) / \(count)"
            let width = measures.0.width(text, 7.5)
            let y = PrintLayout.height - 34
            document.sheets[number] += [
                .text(
                    .init(
                        say("\(title) · \(run.folder) · zone \(run.zone)"), x: PrintLayout.margin, y: y, size: 7.5,
                        colour: "soft")),
                .text(.init(text, x: PrintLayout.width - PrintLayout.margin - width, y: y, size: 7.5, colour: "soft")),
            ]
        }
        return document
    }
}

extension PrintLayout {
    /// The title and the chapters with the number of their first sheet.
    fileprivate mutating func setContents(
        _ pages: [Page], _ chapters: [PrintedDocument.Heading], run: SiteRun, title: String, version: String
    ) {
        y += 10
        paragraph([Run(text: title, isBold: true)], size: 22, after: 2)
        paragraph([Run(text: say("Report for \(run.day), zone \(run.zone)"))], size: 11, after: 2)
        paragraph([Run(text: say("Run \(run.id), Assay \(version)"), colour: "soft")], size: 8, after: 12)
        paragraph([Run(text: say("Contents"), isBold: true)], size: 13, after: 4)
        let (first, further) = PrintedReport.contentsOnSheet
        for (place, chapter) in chapters.enumerated() {
            if place >= first, (place - first) % further == 0 { breakSheet() }
            y += 15
            let number = "\(chapter.target.sheet + 1)"
            let right = PrintLayout.width - PrintLayout.margin - plain.width(number, 10)
            let shown = plain.fitted(chapter.title, size: 10, to: PrintLayout.column - 40)
            for (text, x) in [(shown, PrintLayout.margin), (number, right)] {
                add(
                    .text(
                        PrintedDocument.Words(
                            text, x: x, y: y, size: 10, colour: "link", width: plain.width(text, 10),
                            target: chapter.target)))
            }
        }
    }
}
