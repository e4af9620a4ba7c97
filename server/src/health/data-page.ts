import {
  feeds,
  importsPage,
  type RejectedSelection,
  receivedByDay,
  refusedBySource,
  refusedPage,
  refusedReasons,
} from "@touchline/sql";
import type { z } from "zod";
import {
  type Freshness,
  ImportKindName,
  type ImportsInput,
  type ImportsPage,
  type ReceivedByDay,
  type RefusedInput,
  type RefusedPage,
  type RefusedReasons,
  type RefusedReasonsInput,
  type RefusedSelection,
  SpendChange,
} from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";

const IMPORTS_PAGE = 25;
const REFUSED_PAGE = 50;
const DAYS_OF_ROWS = 60;

/** Every source and kind that has a row: its days, when it was last heard of, what it has refused. */
export async function fetchFreshness(workspace: Workspace, now = new Date()): Promise<Freshness> {
  const { warehouse } = workspace;
  const { timeZone } = await workspace.settings();
  const [days, refused] = await Promise.all([
    warehouse.ask(feeds, { timeZone, now: now.toISOString() }),
    warehouse.ask(refusedBySource, {}),
  ]);
  return days.map(({ recent: _recent, nameless: _nameless, refused: _refused, ...feed }) => ({
    ...feed,
    newestRowAt: isoTime(feed.newestRowAt),
    lastImportAt: isoTime(feed.lastImportAt),
    rejected: refused.find(({ source, kind }) => source === feed.source && kind === feed.kind)?.rows ?? 0,
  }));
}

/** The ledger of imports, newest first. */
export async function fetchImports(
  workspace: Workspace,
  { page, source, kind }: z.output<typeof ImportsInput>,
): Promise<ImportsPage> {
  const rows = await workspace.warehouse.ask(importsPage, {
    ...{ ofSource: source ?? null, ofKind: kind ?? null },
    ...{ limit: IMPORTS_PAGE, offset: page * IMPORTS_PAGE },
  });
  return {
    total: rows[0]?.total ?? 0,
    pageSize: IMPORTS_PAGE,
    rows: rows.map(({ total: _total, changes, ...row }) => ({
      ...row,
      kind: ImportKindName.parse(row.kind),
      changes: changes === "" ? [] : SpendChange.array().parse(JSON.parse(changes)),
    })),
  };
}

export async function fetchReceivedByDay(workspace: Workspace, now = new Date()): Promise<ReceivedByDay> {
  const { timeZone } = await workspace.settings();
  return workspace.warehouse.ask(receivedByDay, { timeZone, now: now.toISOString(), days: DAYS_OF_ROWS });
}

export async function fetchRefused(
  workspace: Workspace,
  { page, source, kind, reason, state }: z.output<typeof RefusedInput>,
): Promise<RefusedPage> {
  const rows = await workspace.warehouse.ask(refusedPage, {
    ...{ ofSource: source ?? null, ofKind: kind ?? null, ofReason: reason ?? null, ofState: state ?? null },
    ...{ limit: REFUSED_PAGE, offset: page * REFUSED_PAGE },
  });
  return {
    total: rows[0]?.total ?? 0,
    pageSize: REFUSED_PAGE,
    rows: rows.map(({ total: _total, ...row }) => ({ ...row, kind: ImportKindName.parse(row.kind) })),
  };
}

export async function fetchRefusedReasons(
  workspace: Workspace,
  { state }: z.output<typeof RefusedReasonsInput>,
): Promise<RefusedReasons> {
  const rows = await workspace.warehouse.ask(refusedReasons, { ofState: state ?? null });
  return rows.map((row) => ({ ...row, kind: ImportKindName.parse(row.kind) }));
}

/** Some times come with an offset where a day of another zone ends. */
function isoTime(text: string): string {
  return new Date(text).toISOString();
}

/** The rejected rows that the page means; reasons there are without the text that they quote. */
export function selectRefused({ source, kind, reason, rows }: RefusedSelection): RejectedSelection {
  return { source, kind, pattern: reason, rows };
}
