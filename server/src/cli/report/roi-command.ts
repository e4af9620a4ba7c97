import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { ReportFormat, ReportLocale, type RoiReport, RoiReportInput } from "../../contract/index.ts";
import type { House } from "../../house/index.ts";
import { writeRoiFile } from "../../reports/files/index.ts";
import { buildRoiReport } from "../../reports/roi/index.ts";
import { UserError } from "../../user-error.ts";
import { requireDate, requireModel } from "../attribute-command.ts";
import type { CommandIo } from "../io.ts";
import { withRunProgress } from "../run-progress.ts";
import { reportInWords } from "./report-words.ts";

export interface FileOptions {
  readonly format?: string;
  readonly locale: string;
  readonly out?: string;
}

export interface RoiOptions extends FileOptions {
  readonly workspace: string;
  readonly json: boolean;
  readonly from: string;
  readonly to: string;
  readonly level: string;
  readonly model?: string;
  readonly compare: string;
}

export async function runRoi(house: House, options: RoiOptions, io: CommandIo): Promise<number> {
  requireFile(options);
  const range = { from: requireDate(options.from, "--from"), to: requireDate(options.to, "--to") };
  const { level, compare } = options;
  const model = options.model === undefined ? {} : { model: requireModel(options.model) };
  const input = RoiReportInput.safeParse({ range, level, compare, ...model });
  if (!input.success) {
    const { path, message } = input.error.issues[0]!;
    throw new UserError(`--${path[0] === "range" ? "from" : String(path[0])}: ${message}`, { exitCode: 2 });
  }
  const workspace = await house.workspace(options.workspace);
  const store = await workspace.store.open();
  const now = (io.now ?? (() => new Date()))();
  const report = await withRunProgress(workspace, io, () => buildRoiReport(workspace, store, input.data, now));
  await giveReport(report, options, io, options.json);
  return 0;
}

/** @throws UserError for a file without a format, or the other way round */
export function requireFile({ format, out, locale }: FileOptions): void {
  const wrong = (text: string) => new UserError(text, { exitCode: 2 });
  if ((format === undefined) !== (out === undefined))
    throw wrong("--format and --out go together: which file, and where");
  if (format !== undefined && !ReportFormat.safeParse(format).success)
    throw wrong(`--format: "${format}" is not csv, xlsx or pdf`);
  if (!ReportLocale.safeParse(locale).success) throw wrong(`--locale: "${locale}" is not en or fr`);
}

/** As a file, as JSON, or in words. */
export async function giveReport(
  report: RoiReport,
  { format, locale, out }: FileOptions,
  io: CommandIo,
  isJson: boolean,
): Promise<void> {
  if (out !== undefined) {
    const bytes = await writeRoiFile(report, ReportFormat.parse(format), ReportLocale.parse(locale));
    try {
      writeFileSync(resolve(io.cwd, out), bytes);
    } catch (error) {
      throw new UserError(`${out} cannot be written: ${(error as Error).message}`, { cause: error });
    }
  }
  if (isJson) io.stdout(`${JSON.stringify(report)}\n`);
  else io.stdout(out === undefined ? reportInWords(report) : `Written to ${out}.\n`);
}
