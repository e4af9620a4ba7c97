import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  countRejected,
  IMPORT_KINDS,
  type ImportKind,
  LAYOUTS,
  listRejected,
  type RejectedSelection,
} from "@touchline/sql";
import { readyToRecord, recordAct } from "../audit/index.ts";
import type { House } from "../house/index.ts";
import { discardRejected, type Mending, replayRejected } from "../rejected/index.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, counted, drawTable, grouped, printable } from "./io.ts";
import { commandActor } from "./who-am-i.ts";

export interface RejectedOptions {
  readonly workspace: string;
  readonly json: boolean;
  readonly kind?: string;
  readonly source?: string;
  readonly reason?: string;
  readonly import?: string;
  readonly state?: string;
}

export interface ListOptions extends RejectedOptions {
  readonly limit: number;
}

export interface ExportOptions extends RejectedOptions {
  readonly out: string;
}

export interface ReplayOptions extends RejectedOptions {
  readonly set: readonly string[];
  readonly replace: readonly string[];
}

const REJECTED_ROWS = { kind: "rejected-rows", id: "" };
const STATES = ["open", "replayed", "discarded"] as const;
const LONGEST_SHOWN = 120;
const WHOLE = 1_000_000;
const EXPORT_PAGE = 10_000;
const WHY_NOT: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  EISDIR: "it is a folder",
  EACCES: "it may not be written by you",
  ENOSPC: "the disk is full",
};

function selectionOf(options: RejectedOptions, defaultState: RejectedSelection["state"]): RejectedSelection {
  const kind = options.kind === undefined ? undefined : IMPORT_KINDS.find((known) => known === options.kind);
  if (options.kind !== undefined && kind === undefined)
    throw new UserError(`--kind: "${options.kind}" is not one of ${IMPORT_KINDS.join(", ")}`, { exitCode: 2 });
  const state = options.state === undefined ? defaultState : STATES.find((known) => known === options.state);
  if (options.state !== undefined && options.state !== "all" && state === undefined)
    throw new UserError(`--state: "${options.state}" is not one of ${STATES.join(", ")}, all`, { exitCode: 2 });
  const importId = options.import === undefined ? undefined : Number(options.import);
  if (importId !== undefined && !Number.isInteger(importId))
    throw new UserError(`--import: "${options.import}" is not the number of an import`, { exitCode: 2 });
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(options.source === undefined ? {} : { source: options.source }),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(importId === undefined ? {} : { importId }),
    ...(state === undefined ? {} : { state }),
  };
}

/** `touchline rejected list`: reasons with their counts, and the first rows of them. */
export async function runRejectedList(house: House, options: ListOptions, io: CommandIo): Promise<number> {
  const { warehouse } = await house.workspace(options.workspace);
  const selection = selectionOf(options, "open");
  const reasons = await countRejected(warehouse, selection);
  const page = { limit: options.limit, offset: 0, longestRaw: options.json ? WHOLE : LONGEST_SHOWN };
  const rows = await listRejected(warehouse, selection, page);
  if (options.json) {
    io.stdout(`${JSON.stringify({ reasons, rows })}\n`);
    return 0;
  }
  if (rows.length === 0) {
    const isNarrowed = Object.keys(selection).some((name) => name !== "state");
    io.stdout(isNarrowed ? "No rejected row is like that.\n" : "No rejected rows.\n");
    return 0;
  }
  io.stdout(
    drawTable(
      ["Reason", "Kind", "Source", "Rows"],
      reasons.map((each) => [each.reason, each.kind, each.source === "" ? "(none)" : each.source, grouped(each.rows)]),
    ),
  );
  io.stdout("\n");
  const all = reasons.reduce((sum, each) => sum + each.rows, 0);
  if (all > rows.length) io.stderr(`touchline: ${rows.length} of ${grouped(all)} rows are shown; --limit shows more\n`);
  for (const row of rows) {
    io.stdout(`${printable(row.file)}, line ${grouped(row.line)} (${row.step}): ${printable(row.reason)}\n`);
    if (row.raw !== "") io.stdout(`    ${printable(row.raw)}\n`);
  }
  return 0;
}

/** @throws UserError when the file is at fault; what the engine says stays as it is */
const refuse = (name: string) => (error: NodeJS.ErrnoException) => {
  if (error.syscall === undefined) throw error;
  throw new UserError(`${name} cannot be written: ${WHY_NOT[error.code ?? ""] ?? error.message}`, { cause: error });
};

/** `touchline rejected export --out FILE`: one JSON object a row, with its text as it came. */
export async function runRejectedExport(house: House, options: ExportOptions, io: CommandIo): Promise<number> {
  const { warehouse } = await house.workspace(options.workspace);
  const selection = selectionOf(options, "open");
  let written = 0;
  async function* lines() {
    for (;;) {
      const rows = await listRejected(warehouse, selection, { limit: EXPORT_PAGE, offset: written, longestRaw: WHOLE });
      for (const row of rows) yield `${JSON.stringify(row)}\n`;
      written += rows.length;
      if (rows.length < EXPORT_PAGE) return;
    }
  }
  // Opened before the rows are asked for: an error that a stream reports while nobody listens ends the process, a server's too.
  const file = await open(resolve(io.cwd, options.out), "w", 0o600).catch(refuse(options.out));
  await pipeline(lines, file.createWriteStream()).catch(refuse(options.out));
  io.stdout(
    options.json
      ? `${JSON.stringify({ file: options.out, rows: written })}\n`
      : `${counted(written, "row")} written to ${options.out}.\n`,
  );
  return 0;
}

const COLUMNS = new Set(IMPORT_KINDS.flatMap((kind: ImportKind) => LAYOUTS[kind].map(({ name }) => name)));

function requireColumn(name: string, option: string): void {
  if (!COLUMNS.has(name))
    throw new UserError(`${option}: there is no column "${name}"; columns are those of docs/cli.md`, { exitCode: 2 });
}

function mendingOf({ set, replace }: ReplayOptions): Mending {
  const texts = new Map<string, string>();
  for (const entry of set) {
    const [, name = "", text = ""] = /^([^=]+)=(.*)$/.exec(entry) ?? [];
    if (name === "") throw new UserError(`--set: "${entry}" is not of the form column=text`, { exitCode: 2 });
    requireColumn(name, "--set");
    texts.set(name, text);
  }
  const replacements = new Map<string, Map<string, string>>();
  for (const entry of replace) {
    const [, name = "", old = "", text = ""] = /^([^:=]+):(.*?)=(.*)$/.exec(entry) ?? [];
    if (name === "")
      throw new UserError(`--replace: "${entry}" is not of the form column:text=new text`, { exitCode: 2 });
    requireColumn(name, "--replace");
    replacements.set(name, (replacements.get(name) ?? new Map<string, string>()).set(old, text));
  }
  return { set: texts, replace: replacements };
}

/** `touchline rejected replay`: tries the open rows again, mended where --set or --replace say how. */
export async function runRejectedReplay(house: House, options: ReplayOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const mending = mendingOf(options);
  const selection = selectionOf(options, "open");
  await readyToRecord(workspace);
  const report = await replayRejected(workspace, selection, { spoolFolder: house.spoolFolder, mending });
  const asked = { ...selection, set: options.set, replace: options.replace };
  await recordAct(workspace, commandActor(), "rejected.replay", REJECTED_ROWS, undefined, { ...asked, ...report });
  if (options.json) io.stdout(`${JSON.stringify(report)}\n`);
  else {
    const parts = [`${grouped(report.stored)} stored`];
    if (report.replaced > 0) parts.push(`${grouped(report.replaced)} replaced`);
    if (report.duplicates > 0) parts.push(`${grouped(report.duplicates)} already there`);
    io.stdout(
      `${counted(report.replayed, "row")} tried again: ${parts.join(", ")}, ${grouped(report.rejected)} rejected again.\n`,
    );
    if (report.notReplayable > 0)
      io.stdout(
        `${counted(report.notReplayable, "row")} cannot be read again from here: mend the file and import it again.\n`,
      );
  }
  return report.rejected > 0 ? 1 : 0;
}

/** `touchline rejected discard`: puts the open rows aside for good; their text is dropped. */
export async function runRejectedDiscard(house: House, options: RejectedOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const selection = selectionOf(options, "open");
  await readyToRecord(workspace);
  const discarded = await discardRejected(workspace, selection);
  await recordAct(workspace, commandActor(), "rejected.discard", REJECTED_ROWS, undefined, { ...selection, discarded });
  io.stdout(options.json ? `${JSON.stringify({ discarded })}\n` : `${counted(discarded, "row")} discarded.\n`);
  return 0;
}
