import { randomUUID } from "node:crypto";
import {
  countMentions,
  countNamed,
  hashIdentifier,
  identifierPrint,
  type RowCounts,
  unfinishedForgetting,
} from "@touchline/sql";
import { desc, eq } from "drizzle-orm";
import type { PrivacyRequest } from "../contract/index.ts";
import { type Actor, privacyRequests, type WorkspaceStore } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";
import { type ErasureReport, erasePerson, resolvePerson } from "./erase-person.ts";
import { exportPerson, type PersonExport } from "./export-person.ts";
import { withdrawConsent } from "./withdraw-consent.ts";

/** Who acts on a person's request: somebody on the page, or a command. */
export interface RequestDesk {
  readonly workspace: Workspace;
  readonly actor: Actor;
}

const MOST_SHOWN = 1_000;

/** The newest first. */
export async function listRequests(store: WorkspaceStore): Promise<PrivacyRequest[]> {
  const order = { orderBy: desc(privacyRequests.doneAt), limit: MOST_SHOWN };
  return (await store.select(privacyRequests, undefined, order)).map(asRequest);
}

/** Erases a person, looks again, and remembers what was found then. */
export async function eraseOnRequest(
  desk: RequestDesk,
  identifier: string,
  { dataFolder }: { readonly dataFolder: string },
): Promise<{ report: ErasureReport; request: PrivacyRequest }> {
  const { workspace } = desk;
  // What links the person's identifiers goes with the erasure: afterwards nobody could tell which to look for.
  const hashes = await resolvePerson(workspace, identifier);
  return recorded(desk, "erasure", identifier, async () => {
    const report = await erasePerson(workspace, identifier, { dataFolder });
    const { identifiers, rows, mentions, isComplete } = report;
    const left = total(await countNamed(workspace.warehouse, hashes));
    const rowsLeft = left + (await countMentions(workspace.warehouse, hashes, identifier));
    const outcome = { identifiers, rows: { ...rows, mentions }, rowsLeft, isComplete: isComplete && rowsLeft === 0 };
    return { report, outcome };
  });
}

/** Everything that stands under a person, remembered as handed over. */
export async function exportOnRequest(
  desk: RequestDesk,
  identifier: string,
): Promise<{ report: PersonExport; request: PrivacyRequest }> {
  return recorded(desk, "access", identifier, async () => {
    const report = await exportPerson(desk.workspace, identifier);
    const rows = Object.fromEntries(Object.entries(report.data).map(([what, list]) => [what, list.length]));
    const identifiers = report.about["identifiers found"];
    return { report, outcome: { identifiers, rows, rowsLeft: null, isComplete: true } };
  });
}

/** Takes one identifier out of its events, and remembers how many there were. */
export async function withdrawOnRequest(
  desk: RequestDesk,
  identifier: string,
): Promise<{ report: undefined; request: PrivacyRequest }> {
  const { warehouse } = desk.workspace;
  return recorded(desk, "withdrawal", identifier, async () => {
    const hash = await hashIdentifier(warehouse, identifier);
    const rows = await countNamed(warehouse, [hash]);
    await withdrawConsent(desk.workspace, identifier, new Date());
    // It stays begun while an import is running that may bring more of it.
    const isComplete = (await warehouse.ask(unfinishedForgetting, {})).every((each) => each.hash !== hash);
    return { report: undefined, outcome: { identifiers: 1, rows, rowsLeft: null, isComplete } };
  });
}

type Outcome = Pick<PrivacyRequest, "identifiers" | "rows" | "rowsLeft" | "isComplete">;

/**
 * Remembers a request before it is worked on and its outcome afterwards, with an audit entry: one that was stopped in the middle
 * stands there as not complete. The identifier itself is kept nowhere.
 */
async function recorded<R>(
  { workspace, actor }: RequestDesk,
  kind: PrivacyRequest["kind"],
  identifier: string,
  work: () => Promise<{ report: R; outcome: Outcome }>,
): Promise<{ report: R; request: PrivacyRequest }> {
  await resolvePerson(workspace, identifier); // Refuses an empty one.
  const [store, id] = [await workspace.store.open(), randomUUID()];
  await store.insert(privacyRequests, {
    ...{ id, kind, print: identifierPrint(workspace.warehouse, identifier), doneBy: actor.name, doneAt: new Date() },
    ...{ isComplete: false, identifiers: 0, rows: {}, rowsLeft: null },
  });
  const { report, outcome } = await work();
  const request = await store.transaction(async (tx) => {
    const rows = Object.fromEntries(Object.entries(outcome.rows).filter(([, count]) => count > 0));
    const [row] = await tx.update(
      privacyRequests,
      { ...outcome, rows, doneAt: new Date() },
      eq(privacyRequests.id, id),
    );
    const done = asRequest(row!);
    const { id: _, doneBy: __, doneAt: ___, ...after } = done;
    await tx.audit({ actor, action: `privacy.${kind}`, subject: { kind: "privacy-request", id }, after });
    return done;
  });
  return { report, request };
}

function asRequest(row: typeof privacyRequests.$inferSelect): PrivacyRequest {
  const { workspaceId: _, doneAt, ...request } = row;
  return { ...request, doneAt: doneAt.toISOString() };
}

function total(rows: RowCounts): number {
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}
