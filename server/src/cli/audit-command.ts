import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { AUDIT_FORMATS, auditLines, readAudit, verifyAudit } from "../audit/index.ts";
import type { AuditEntry } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import type { WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, drawTable, grouped } from "./io.ts";
import { commandActor } from "./who-am-i.ts";

export interface AuditOptions {
  readonly workspace: string;
  readonly json: boolean;
  /** What belongs to no workspace. */
  readonly installation: boolean;
}

export interface AuditListOptions extends AuditOptions {
  readonly limit: number;
  readonly action: string;
  readonly actor: string;
}

export interface AuditVerifyOptions extends AuditOptions {
  readonly expect?: string;
}

/** The chain that a command looks at; null where there is no store yet. */
async function chainOf(house: House, { workspace: name, installation }: AuditOptions): Promise<WorkspaceStore | null> {
  const store = await (await house.workspace(name)).store.openIfAny();
  return store !== null && installation ? (await house.store()).in("") : store;
}

const nameOf = ({ workspace, installation }: AuditOptions) =>
  installation ? "the installation" : `workspace ${workspace}`;

/** `touchline audit list`: what happened, the newest first. */
export async function runAuditList(house: House, options: AuditListOptions, io: CommandIo): Promise<number> {
  const store = await chainOf(house, options);
  const { limit, action, actor } = options;
  const page =
    store === null ? { entries: [], total: 0 } : await readAudit(store, { before: null, action, actor }, limit);
  if (options.json) io.stdout(`${JSON.stringify(page)}\n`);
  else if (page.entries.length === 0) io.stdout("The audit has no such entry yet.\n");
  else {
    io.stdout(drawTable(["When (UTC)", "Entry", "Who", "What", "On what"], page.entries.map(inCells)));
    if (page.total > page.entries.length)
      io.stderr(`touchline: the newest ${page.entries.length} of ${page.total} are shown; --limit shows more\n`);
  }
  return 0;
}

function inCells({ seq, at, actor, action, subject }: AuditEntry): string[] {
  const when = at.slice(0, 19).replace("T", " ");
  return [when, String(seq), `${actor.name} (${actor.kind})`, action, `${subject.kind} ${subject.id}`];
}

/** `touchline audit verify`: 0 when the chain is whole, 1 when it is broken. */
export async function runAuditVerify(house: House, options: AuditVerifyOptions, io: CommandIo): Promise<number> {
  const { expect } = options;
  if (expect !== undefined && !/^[0-9a-f]{64}$/.test(expect))
    throw new UserError("--expect: a hash has 64 digits 0 to 9 and a to f; touchline audit verify prints it", {
      exitCode: 2,
    });
  const store = await chainOf(house, options);
  if (store === null) {
    if (expect !== undefined)
      throw new UserError(
        "there is no audit here, and a hash of one was kept: this is another folder, or the accounts are gone",
      );
    io.stdout(options.json ? `${JSON.stringify({ entries: 0, isWhole: true })}\n` : "There is no audit yet.\n");
    return 0;
  }
  const check = await verifyAudit(store, expect);
  const { entries, isWhole, head, broken } = check;
  if (options.json) io.stdout(`${JSON.stringify(check)}\n`);
  else if (isWhole)
    io.stdout(
      `The audit of ${nameOf(options)} is whole: ${grouped(entries)} ${entries === 1 ? "entry" : "entries"}. Keep this hash elsewhere:\n${head}\n`,
    );
  else io.stdout(`The audit of ${nameOf(options)} is broken at entry ${broken!.seq}: ${broken!.reason}.\n`);
  return isWhole ? 0 : 1;
}

/** `touchline audit export FILE`: everything, as CSV or NDJSON by the file's name. */
export async function runAuditExport(
  house: House,
  file: string,
  options: AuditOptions,
  io: CommandIo,
): Promise<number> {
  const format = AUDIT_FORMATS.find((each) => file.endsWith(`.${each}`));
  if (format === undefined)
    throw new UserError(`${file}: the name of the file ends with .csv or .ndjson, which says what is written`, {
      exitCode: 2,
    });
  const store = await chainOf(house, options);
  if (store === null) throw new UserError("there is no audit yet: nothing was written");
  const subject = { kind: options.installation ? "installation" : "workspace", id: store.workspaceId };
  const refuse = (error: NodeJS.ErrnoException) => {
    if (error.syscall === undefined) throw error;
    throw new UserError(`${file} cannot be written: ${error.message}`, { cause: error });
  };
  // Opened first: what cannot be written is not told of as exported.
  const target = await open(resolve(io.cwd, file), "w", 0o600).catch(refuse);
  await store.audit({ actor: commandActor(), action: "audit.export", subject, after: { format } });
  await pipeline(auditLines(store, format), target.createWriteStream()).catch(refuse);
  io.stdout(options.json ? `${JSON.stringify({ file })}\n` : `The audit of ${nameOf(options)} stands in ${file}.\n`);
  return 0;
}
