import { gt } from "drizzle-orm";
import type { AuditEntry } from "../contract/index.ts";
import { auditHeads, type WorkspaceStore } from "../store/index.ts";
import { readEntry } from "./read-entries.ts";
import { entriesBetween } from "./verify-chain.ts";

export const AUDIT_FORMATS = ["csv", "ndjson"] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

/** The whole audit of a workspace as it is now, the oldest entry first, line by line. */
export async function* auditLines(store: WorkspaceStore, format: AuditFormat): AsyncGenerator<string> {
  if (format === "csv") yield `${COLUMNS.map(([name]) => name).join(",")}\r\n`;
  const [end] = await store.select(auditHeads, gt(auditHeads.seq, 0));
  for await (const row of entriesBetween(store, 0, end?.seq ?? 0)) {
    const entry = readEntry(row);
    yield format === "csv" ? csvLine(entry) : `${JSON.stringify(entry)}\n`;
  }
}

const COLUMNS: readonly (readonly [name: string, value: (entry: AuditEntry) => unknown])[] = [
  ["seq", ({ seq }) => seq],
  ["at", ({ at }) => at],
  ["actor_kind", ({ actor }) => actor.kind],
  ["actor_id", ({ actor }) => actor.id],
  ["actor_name", ({ actor }) => actor.name],
  ["ip", ({ ip }) => ip],
  ["user_agent", ({ userAgent }) => userAgent],
  ["action", ({ action }) => action],
  ["subject_kind", ({ subject }) => subject.kind],
  ["subject_id", ({ subject }) => subject.id],
  ["before", ({ before }) => asJson(before)],
  ["after", ({ after }) => asJson(after)],
  ["previous_hash", ({ previousHash }) => previousHash],
  ["hash", ({ hash }) => hash],
];

function asJson(value: unknown): string {
  return value === null ? "" : JSON.stringify(value);
}

function csvLine(entry: AuditEntry): string {
  return `${COLUMNS.map(([, value]) => csvCell(String(value(entry) ?? ""))).join(",")}\r\n`;
}

/** What a spreadsheet would work out, it shows: names and reasons are written by people whom nobody has to trust. */
export function csvCell(text: string): string {
  const shown = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n']|^\s|\s$/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
