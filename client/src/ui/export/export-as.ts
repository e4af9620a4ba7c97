import type { Words } from "../../i18n/words.ts";
import type { TableModel } from "../table-model.ts";
import { type CsvDialect, MACHINE_CSV, spreadsheetCsv, writeCsv } from "./csv.ts";
import type { ExportPlace } from "./export-context.ts";
import type { ExportKind } from "./export-kinds.ts";
import { fileName } from "./file-name.ts";
import { type ExportedThing, writeNotes } from "./notes.ts";
import { rasterise, takePicture } from "./picture.ts";
import { saveFile } from "./save-file.ts";
import { sheetsOf, writeXlsx } from "./xlsx.ts";

interface ExportRequest {
  readonly words: Words;
  readonly place: ExportPlace | null;
  readonly table: TableModel;
  readonly thing: ExportedThing;
  /** What pictures show, from the top. */
  readonly parts: readonly Element[];
}

/** Two dots of the picture for each of the screen: sharp on slides and in print. */
const SCALE = 2;
const ENDINGS: Readonly<Record<ExportKind, string>> = {
  ...{ csv: "csv", machine: "csv", xlsx: "xlsx", png: "png", pngDark: "png", svg: "svg" },
};

function csvOf({ table, place }: ExportRequest, dialect: CsvDialect): Blob {
  return new Blob([writeCsv(table, dialect, place?.currency ?? "")], { type: "text/csv;charset=utf-8" });
}

function xlsxOf({ words, place, table, thing }: ExportRequest): Promise<Blob> {
  const { t, format } = words;
  const notes = writeNotes(thing, place, { when: new Date(), address: window.location.href }, words);
  const names = { figures: t("exports.sheetFigures"), notes: t("exports.sheetNotes") };
  return writeXlsx(sheetsOf(table, notes, names, { code: place?.currency ?? "", symbol: format.currencySymbol }));
}

async function contentOf(kind: ExportKind, request: ExportRequest): Promise<Blob> {
  switch (kind) {
    case "csv":
      return csvOf(request, spreadsheetCsv(request.words.format.language));
    case "machine":
      return csvOf(request, MACHINE_CSV);
    case "xlsx":
      return xlsxOf(request);
    case "svg":
      return new Blob([takePicture(request.parts, "light").svg], { type: "image/svg+xml" });
    case "png":
      return rasterise(takePicture(request.parts, "light"), SCALE);
    case "pngDark":
      return rasterise(takePicture(request.parts, "dark"), SCALE);
  }
}

/** @returns the name that the file was saved under */
export async function exportAs(kind: ExportKind, request: ExportRequest): Promise<string> {
  const { place, thing } = request;
  const range = thing.origin?.range ?? thing.origin?.result?.range ?? place?.range ?? null;
  const content = await contentOf(kind, request);
  const days = range === null ? [] : [range.from, range.to];
  const name = fileName([thing.title, place?.workspace ?? "", ...days], ENDINGS[kind]);
  saveFile(name, content);
  return name;
}
