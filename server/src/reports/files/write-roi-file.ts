import type { ReportFormat, ReportLocale, RoiReport } from "../../contract/index.ts";
import { writeCsv } from "./csv.ts";
import { writeInThread } from "./write-in-thread.ts";

export const ROI_FILE_TYPES: Readonly<Record<ReportFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
};

/**
 * A report as a file. The same report gives the same bytes: no clock is asked and nothing is drawn by lot. What takes its time is written
 * beside the thread that serves.
 */
export function writeRoiFile(report: RoiReport, format: ReportFormat, locale: ReportLocale): Promise<Uint8Array> {
  if (format === "csv") return Promise.resolve(writeCsv(report, locale));
  return writeInThread({ report, format, locale });
}

/** "roi_shop_2026-10-01_2026-10-31.pdf": a name that every file system takes. */
export function roiFileName({ workspace, range, level }: RoiReport, format: ReportFormat): string {
  const shop = workspace
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  const parts = ["roi", ...(shop === "" ? [] : [shop]), range.from, range.to, ...(level === "channel" ? [] : [level])];
  return `${parts.join("_")}.${format}`;
}
