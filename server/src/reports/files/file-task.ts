import type { ReportFormat, ReportLocale, RoiReport } from "../../contract/index.ts";
import { writePdf } from "./pdf/index.ts";
import { writeXlsx } from "./xlsx/index.ts";

/** A file that takes its time. */
export interface FileTask {
  readonly report: RoiReport;
  readonly format: Exclude<ReportFormat, "csv">;
  readonly locale: ReportLocale;
}

export type FileAnswer = { readonly bytes: Uint8Array } | { readonly failed: string };

/** Writes a file of a report. What goes wrong is an answer as well: the thread lives on. */
export async function writeTask({ report, format, locale }: FileTask): Promise<FileAnswer> {
  try {
    return { bytes: await (format === "pdf" ? writePdf : writeXlsx)(report, locale) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
