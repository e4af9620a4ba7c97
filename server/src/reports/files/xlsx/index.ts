import type { ReportLocale, RoiReport } from "../../../contract/index.ts";
import { createPrinter } from "../print.ts";
import { wordsIn } from "../words/index.ts";
import { columnName, Formulas } from "./cells.ts";
import { fixTimes } from "./fix-times.ts";
import { printAcross, repeatHeads } from "./paper.ts";
import { sheetsOf } from "./sheets.ts";

/** The report as a workbook: typed cells, totals as formulas with what they come to, heads that stay in sight, and a sheet of notes. */
export async function writeXlsx(report: RoiReport, locale: ReportLocale): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/node");
  const formulas = new Formulas();
  const sheets = sheetsOf({
    ...{ report, formulas, words: wordsIn(locale) },
    print: createPrinter(locale, report.currency),
  });
  // The figures of every row do not fit beside each other on one page, in a size that can be read.
  const sheet = (xml: string, _: unknown, { sheetIndex }: { sheetIndex: number }) =>
    printAcross(formulas.writeValues(xml, sheetIndex), sheetIndex === 0 ? 2 : 1);
  const heads = sheets.map(({ sheet: name, stickyRowsCount, stickyColumnsCount }) =>
    stickyRowsCount === undefined ? null : { sheet: name ?? "", names: columnName((stickyColumnsCount ?? 1) - 1) },
  );
  const book = (xml: string) => repeatHeads(xml, heads);
  const transform = { "xl/worksheets/sheet{id}.xml": { transform: sheet }, "xl/workbook.xml": { transform: book } };
  const features = [{ files: { transform } }];
  const archive = await write(sheets, { fontFamily: "Calibri", fontSize: 11, features }).toBuffer();
  return fixTimes(new Uint8Array(archive), new Date(report.writtenAt));
}
