import type { ReportLocale, RoiReport } from "../../../contract/index.ts";
import { createPrinter } from "../print.ts";
import { wordsIn } from "../words/index.ts";
import { Formulas } from "./cells.ts";
import { fixTimes } from "./fix-times.ts";
import { sheetsOf } from "./sheets.ts";

/** The report as a workbook: typed cells, totals as formulas with what they come to, heads that stay in sight, and a sheet of notes. */
export async function writeXlsx(report: RoiReport, locale: ReportLocale): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/node");
  const formulas = new Formulas();
  const sheets = sheetsOf({
    ...{ report, formulas, words: wordsIn(locale) },
    print: createPrinter(locale, report.currency),
  });
  const transform = (xml: string, _: unknown, { sheetIndex }: { sheetIndex: number }) =>
    formulas.writeValues(xml, sheetIndex);
  const values = { files: { transform: { "xl/worksheets/sheet{id}.xml": { transform } } } };
  const archive = await write(sheets, { fontFamily: "Calibri", fontSize: 11, features: [values] }).toBuffer();
  return fixTimes(new Uint8Array(archive), new Date(report.writtenAt));
}
