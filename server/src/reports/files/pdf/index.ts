import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type { TDocumentDefinitions } from "pdfmake/interfaces";
import type { ReportLocale, RoiReport } from "../../../contract/index.ts";
import { createPrinter } from "../print.ts";
import { fill, wordsIn } from "../words/index.ts";
import { methodPage, reconciliationPage } from "./closing-pages.ts";
import { coverPage, type Page } from "./cover.ts";
import { rowPages } from "./rows.ts";
import { forFont, INK, INK_SOFT, MARGIN } from "./theme.ts";

const FONTS = join(dirname(createRequire(import.meta.url).resolve("pdfmake/package.json")), "fonts", "Roboto") + sep;

/** The writer, which may read its own fonts and nothing else, and fetch nothing. */
async function openWriter() {
  const { default: pdfmake } = await import("pdfmake");
  const font = (style: string) => `${FONTS}Roboto-${style}.ttf`;
  pdfmake.setFonts({
    Roboto: {
      ...{ normal: font("Regular"), bold: font("Medium"), italics: font("Italic"), bolditalics: font("MediumItalic") },
    },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(FONTS) && !path.includes(".."));
  return pdfmake;
}

function documentOf(page: Page): TDocumentDefinitions {
  const { report, words, print } = page;
  const title = `${words.title}, ${report.workspace}, ${print.range(report.range)}`;
  return {
    pageSize: "A4",
    pageMargins: [MARGIN.left, MARGIN.top, MARGIN.right, MARGIN.bottom],
    language: print.locale,
    displayTitle: true,
    info: { title, creator: words.product, producer: words.product, creationDate: new Date(report.writtenAt) },
    defaultStyle: { font: "Roboto", fontSize: 10, color: INK, lineHeight: 1.1 },
    styles: {
      heading: { fontSize: 15, bold: true, margin: [0, 12, 0, 3] },
      small: { fontSize: 11, bold: true, margin: [0, 4, 0, 2] },
      caption: { fontSize: 9, color: INK_SOFT, margin: [0, 2, 0, 2] },
    },
    // A heading with nothing below it belongs to the next page.
    pageBreakBefore: (node, nodes) =>
      node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().every(({ headlineLevel }) => headlineLevel === 2),
    footer: (current, pages) => ({
      margin: [MARGIN.left, 18, MARGIN.right, 0],
      fontSize: 8,
      color: INK_SOFT,
      columns: [
        { text: forFont(`${report.workspace} · ${print.range(report.range)}`) },
        { text: fill(words.head.page, { page: current, pages }), alignment: "right", width: "auto" },
      ],
    }),
    content: [
      ...coverPage(page),
      { text: "", pageBreak: "after" },
      ...rowPages(page),
      ...reconciliationPage(page),
      ...methodPage(page),
    ],
  };
}

/** The report on A4: a cover, charts, tables with their heads on every page, the reconciliation, and how it was worked out. */
export async function writePdf(report: RoiReport, locale: ReportLocale): Promise<Uint8Array> {
  const words = wordsIn(locale);
  const pdfmake = await openWriter();
  const page = { report, words, print: createPrinter(locale, report.currency) };
  return pdfmake.createPdf(documentOf(page)).getBuffer();
}
