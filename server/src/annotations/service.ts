import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { and, eq, gte, lte } from "drizzle-orm";
import type { z } from "zod";
import type {
  AddAnnotation,
  Annotation,
  AnnotationList,
  AnnotationNote,
  ChangeAnnotation,
  DateRange,
  Role,
} from "../contract/index.ts";
import { type Actor, annotations, proposals, type WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { gatherEvents } from "./gather-events.ts";

type NoteRow = typeof annotations.$inferSelect;

/** Who asks, and of which workspace. */
interface Desk {
  readonly store: WorkspaceStore;
  readonly member: { readonly id: string; readonly name: string; readonly role: Role };
  readonly actor: Actor;
}
type Reader = Desk["member"];
/** Somebody who has written nothing. */
const NOBODY = { id: "", role: "viewer" } as const;

/** Notes of one workspace; more would hide every chart. */
const MOST_NOTES = 2_000;
/** What one answer lists: more flags than that nobody reads. */
const MOST_LISTED = 400;

const ADMINS: readonly string[] = ["admin", "owner"];

/** What people wrote beside the days of a range, and what the data tell by themselves, in the order of time; alike for everybody. */
export async function listAnnotations(
  { store, workspace }: Pick<Desk, "store"> & { readonly workspace: Workspace },
  range: DateRange,
): Promise<AnnotationList> {
  const [notes, plans, events] = await Promise.all([
    store.select(annotations, and(lte(annotations.fromDay, range.to), gte(annotations.toDay, range.from))),
    approvedPlans(store, range, (await workspace.settings()).timeZone),
    gatherEvents(workspace, range),
  ]);
  const written = notes.map((row) => describeNote(row, NOBODY));
  // Where there is too much, what people wrote stays.
  const listed = [...written, ...plans, ...events].slice(0, Math.max(MOST_LISTED, written.length));
  return {
    annotations: listed.sort((a, b) => compareText(a.from, b.from) || compareText(a.id, b.id)),
    left: written.length + plans.length + events.length - listed.length,
  };
}

/** The same list with what this reader may change. */
export const listForReader = (list: AnnotationList, reader: Reader): AnnotationList => ({
  ...list,
  annotations: list.annotations.map((each) =>
    each.kind === "note" ? { ...each, mayChange: mayChange(each.writer.id, reader) } : each,
  ),
});

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Plans that were approved on days of a range, in the zone of the workspace. */
async function approvedPlans(store: WorkspaceStore, range: DateRange, timeZone: string): Promise<Annotation[]> {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  const rows = await store.select(proposals, eq(proposals.state, "approved"));
  return rows.flatMap(({ id, name, deciderName, decidedAt }): Annotation[] => {
    if (decidedAt === null) return [];
    const on = day.format(decidedAt);
    if (on < range.from || on > range.to) return [];
    return [{ kind: "plan", id: `plan ${id}`, from: on, to: on, proposal: id, name, by: deciderName ?? "" }];
  });
}

function describeNote(row: NoteRow, reader: Pick<Reader, "id" | "role">): AnnotationNote {
  return {
    ...{ kind: "note", id: row.id, from: row.fromDay, to: row.toDay, text: row.text },
    writer: { id: row.writerId, name: row.writerName },
    writtenAt: row.writtenAt.toISOString(),
    mayChange: mayChange(row.writerId, reader),
  };
}

/** Who wrote a note, and admins. */
function mayChange(writerId: string, { id, role }: Pick<Reader, "id" | "role">): boolean {
  return writerId === id || ADMINS.includes(role);
}

export function addAnnotation(
  { store, member, actor }: Desk,
  { from, to, text }: z.output<typeof AddAnnotation>,
): Promise<AnnotationNote> {
  return store.transaction(async (tx) => {
    if ((await tx.count(annotations)) >= MOST_NOTES) {
      throw new UserError(`this workspace has ${MOST_NOTES} annotations already: remove some that nobody needs first`);
    }
    const written = await tx.insert(annotations, {
      ...{ id: randomUUID(), fromDay: from, toDay: to, text },
      ...{ writerId: member.id, writerName: member.name, writtenAt: new Date() },
    });
    await tx.audit({
      ...{ actor, action: "annotations.add", subject: subjectOf(written) },
      ...{ before: null, after: factsOf(written) },
    });
    return describeNote(written, member);
  });
}

/** @throws TRPCError NOT_FOUND; FORBIDDEN where somebody else wrote it */
export function changeAnnotation(
  { store, member, actor }: Desk,
  { id, from, to, text }: z.output<typeof ChangeAnnotation>,
): Promise<AnnotationNote> {
  return store.transaction(async (tx) => {
    const before = await requireNote(tx, id, member);
    const [changed] = await tx.update(annotations, { fromDay: from, toDay: to, text }, eq(annotations.id, id));
    if (changed === undefined) throw noSuchNote();
    await tx.audit({
      ...{ actor, action: "annotations.change", subject: subjectOf(changed) },
      ...{ before: factsOf(before), after: factsOf(changed) },
    });
    return describeNote(changed, member);
  });
}

/** @throws TRPCError NOT_FOUND; FORBIDDEN where somebody else wrote it */
export function removeAnnotation({ store, member, actor }: Desk, id: string): Promise<AnnotationNote> {
  return store.transaction(async (tx) => {
    const before = await requireNote(tx, id, member);
    const removed = await tx.remove(annotations, eq(annotations.id, id));
    if (removed.length === 0) throw noSuchNote();
    await tx.audit({
      ...{ actor, action: "annotations.remove", subject: subjectOf(before) },
      ...{ before: factsOf(before), after: null },
    });
    return describeNote(before, member);
  });
}

async function requireNote(store: WorkspaceStore, id: string, member: Reader): Promise<NoteRow> {
  const [row] = await store.select(annotations, eq(annotations.id, id));
  if (row === undefined) throw noSuchNote();
  if (!mayChange(row.writerId, member)) {
    const message = `${row.writerName} wrote this annotation: only they and admins can change it`;
    throw new TRPCError({ code: "FORBIDDEN", message });
  }
  return row;
}

function noSuchNote(): TRPCError {
  return new TRPCError({ code: "NOT_FOUND", message: "there is no such annotation in this workspace" });
}

function subjectOf({ id }: NoteRow) {
  return { kind: "annotation", id };
}

function factsOf({ fromDay, toDay, text, writerName }: NoteRow) {
  return { from: fromDay, to: toDay, text, writer: writerName };
}
