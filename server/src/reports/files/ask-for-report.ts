import type { Request, Response } from "express";
import { z } from "zod";
import { Month, ReportLocale, type RoiReport, RoiReportInput } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";
import { canonicalJson, printOf } from "../late/index.ts";
import { ROI_FILE_TYPES, roiFileName, writeRoiFile } from "./write-roi-file.ts";

/** As machines get it, beside the formats for people. */
export const ANSWER_FORMATS = ["json", "csv", "xlsx", "pdf"] as const;
export const AnswerFormat = z.enum(ANSWER_FORMATS);
export type AnswerFormat = z.infer<typeof AnswerFormat>;

const Query = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  level: z.string().optional(),
  model: z.string().optional(),
  compare: z.string().optional(),
  locale: ReportLocale.default("en"),
});

/**
 * What an address asks for behind its "?".
 * @throws UserError that names what cannot be read
 */
export function readQuery(query: Request["query"]): { input: RoiReportInput; locale: ReportLocale } {
  const asked = Query.safeParse(query);
  if (!asked.success) throw unreadable(asked.error);
  const { from, to, locale, ...choices } = asked.data;
  if (from === undefined || to === undefined)
    throw new UserError("say which days the report is of: ?from=2026-10-01&to=2026-10-31");
  const input = RoiReportInput.safeParse({ range: { from, to }, ...choices });
  if (!input.success) throw unreadable(input.error);
  return { input: input.data, locale };
}

function unreadable({ issues }: z.ZodError): UserError {
  const [issue] = issues;
  const name = issue?.path.filter((part) => part !== "range").join(".") ?? "";
  return new UserError(`${name === "" ? "the days" : name}: ${issue?.message ?? "cannot be read"}`);
}

/** The language of a file of a closed month. */
export function readLocale(query: Request["query"]): ReportLocale {
  const asked = z.object({ locale: ReportLocale.default("en") }).safeParse(query);
  if (!asked.success) throw unreadable(asked.error);
  return asked.data.locale;
}

/** The month that an address names. */
export function readMonth(text: unknown): string {
  const asked = z.object({ month: Month }).safeParse({ month: text });
  if (!asked.success) throw unreadable(asked.error);
  return asked.data.month;
}

interface Asked {
  readonly format: AnswerFormat;
  readonly locale: ReportLocale;
}

/**
 * What an answer is made of, as a print. An open report says when it was written, so its bytes are never the same twice; what it says is,
 * as long as nothing changed, and that is what a weak tag stands for.
 */
function tagOf(report: RoiReport, { format, locale }: Asked): string {
  const { writtenAt, ...said } = report;
  const made = canonicalJson({ ...said, format, locale, writtenAt: report.closed === null ? null : writtenAt });
  return `${report.closed === null ? "W/" : ""}"${printOf(made).slice(0, 32)}"`;
}

/**
 * By hand: Express takes "Cache-Control: no-cache" for "send it all again", and fetch adds that to every question with a tag. It only says
 * that no cache in between may answer.
 */
function hasAlready(request: Request, tag: string): boolean {
  const plain = (text: string) => text.trim().replace(/^W\//, "");
  const asked = request.get("if-none-match")?.split(",").map(plain) ?? [];
  return asked.includes("*") || asked.includes(plain(tag));
}

/** Sends a report as a file with a name. Whoever has what it says already gets none, and none is written. */
export async function sendReport(report: RoiReport, asked: Asked, request: Request, response: Response): Promise<void> {
  const { format, locale } = asked;
  const tag = tagOf(report, asked);
  response.set({ ETag: tag, "Content-Language": locale });
  if (hasAlready(request, tag)) return void response.status(304).end();
  const body = format === "json" ? JSON.stringify(report) : Buffer.from(await writeRoiFile(report, format, locale));
  response.set("Content-Type", format === "json" ? "application/json; charset=utf-8" : ROI_FILE_TYPES[format]);
  if (format !== "json") response.set("Content-Disposition", `attachment; filename="${roiFileName(report, format)}"`);
  response.send(body);
}
