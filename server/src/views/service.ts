import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { asc, eq, or } from "drizzle-orm";
import type { z } from "zod";
import type { RenameView, SavedView, SaveView, ShareView, UpdateView } from "../contract/index.ts";
import { type Actor, savedViews, type WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";

type ViewRow = typeof savedViews.$inferSelect;

/** Who asks, and of which workspace. */
interface Desk {
  readonly store: WorkspaceStore;
  readonly member: { readonly id: string; readonly name: string };
  readonly actor: Actor;
}

/** Of one person in one workspace. */
const MOST_VIEWS = 200;
/** Own ones and those that others share. */
const MOST_LISTED = 1_000;

/** The reader's own views and those that others share, by name. */
export async function listViews({ store, member }: Pick<Desk, "store" | "member">): Promise<SavedView[]> {
  const visible = or(eq(savedViews.ownerId, member.id), eq(savedViews.isShared, true))!;
  const rows = await store.select(savedViews, visible, { orderBy: asc(savedViews.name), limit: MOST_LISTED });
  return rows.map(describeView);
}

/** @throws TRPCError NOT_FOUND also for what somebody else keeps to themselves */
export async function showView({ store, member }: Pick<Desk, "store" | "member">, id: string): Promise<SavedView> {
  const [row] = await store.select(savedViews, eq(savedViews.id, id));
  if (row === undefined || !(row.isShared || row.ownerId === member.id)) throw noSuchView();
  return describeView(row);
}

/**
 * Keeps an address under a name.
 * @throws TRPCError CONFLICT where the reader has a view of this name
 */
export function saveView(
  { store, member, actor }: Desk,
  { name, page, search }: z.output<typeof SaveView>,
): Promise<SavedView> {
  return store.transaction(async (tx) => {
    const written = await tx.insert(savedViews, {
      ...{ id: randomUUID(), name, page, search, isShared: false },
      ...{ ownerId: member.id, ownerName: member.name, savedAt: new Date() },
    });
    await tx.audit({
      ...{ actor, action: "views.save", subject: subjectOf(written) },
      ...{ before: null, after: factsOf(written) },
    });
    const others = await otherViews(tx, written);
    requireFreeName(others, name);
    if (others.length >= MOST_VIEWS) {
      throw new UserError(`you have ${MOST_VIEWS} saved views here already: remove some that you no longer need first`);
    }
    return describeView(written);
  });
}

export function renameView(desk: Desk, { id, name }: z.output<typeof RenameView>): Promise<SavedView> {
  return change(desk, id, "views.rename", { name }, async (tx, renamed) =>
    requireFreeName(await otherViews(tx, renamed), name),
  );
}

/** The name leads to another address from now on, and so does every link to it. */
export function updateView(desk: Desk, { id, page, search }: z.output<typeof UpdateView>): Promise<SavedView> {
  return change(desk, id, "views.update", { page, search, savedAt: new Date() });
}

export function shareView(desk: Desk, { id, isShared }: z.output<typeof ShareView>): Promise<SavedView> {
  return change(desk, id, isShared ? "views.share" : "views.unshare", { isShared });
}

export function removeView({ store, member, actor }: Desk, id: string): Promise<SavedView> {
  return store.transaction(async (tx) => {
    const before = await requireOwn(tx, id, member.id);
    await tx.remove(savedViews, eq(savedViews.id, id));
    await tx.audit({
      ...{ actor, action: "views.remove", subject: subjectOf(before) },
      ...{ before: factsOf(before), after: null },
    });
    return describeView(before);
  });
}

function change(
  { store, member, actor }: Desk,
  id: string,
  action: string,
  to: Partial<ViewRow>,
  check?: (tx: WorkspaceStore, changed: ViewRow) => Promise<void>,
): Promise<SavedView> {
  return store.transaction(async (tx) => {
    const before = await requireOwn(tx, id, member.id);
    const [changed] = await tx.update(savedViews, to, eq(savedViews.id, id));
    if (changed === undefined) throw noSuchView();
    await tx.audit({
      ...{ actor, action, subject: subjectOf(changed) },
      ...{ before: factsOf(before), after: factsOf(changed) },
    });
    await check?.(tx, changed);
    return describeView(changed);
  });
}

/**
 * The owner's other views. To be asked once the audit entry is written: it makes two people's transactions wait for each other, so
 * that of two equal names at once the second one is seen.
 */
async function otherViews(store: WorkspaceStore, { id, ownerId }: ViewRow): Promise<ViewRow[]> {
  const own = await store.select(savedViews, eq(savedViews.ownerId, ownerId));
  return own.filter((each) => each.id !== id);
}

/** @throws TRPCError NOT_FOUND for what the reader does not see, FORBIDDEN for what somebody else shares */
async function requireOwn(store: WorkspaceStore, id: string, readerId: string): Promise<ViewRow> {
  const [row] = await store.select(savedViews, eq(savedViews.id, id));
  if (row === undefined || (row.ownerId !== readerId && !row.isShared)) throw noSuchView();
  if (row.ownerId === readerId) return row;
  const message = `this view is ${row.ownerName}'s: save one of your own from it`;
  throw new TRPCError({ code: "FORBIDDEN", message });
}

/** Names of one person are told apart without the case of their letters. */
function requireFreeName(own: readonly ViewRow[], name: string): void {
  const key = name.toLocaleLowerCase("und");
  const taken = own.find((each) => each.name.toLocaleLowerCase("und") === key);
  if (taken === undefined) return;
  const message = `you have a view called "${taken.name}" already: choose another name, or update that one`;
  throw new TRPCError({ code: "CONFLICT", message });
}

function noSuchView(): TRPCError {
  return new TRPCError({ code: "NOT_FOUND", message: "there is no such view in this workspace" });
}

function describeView({ id, name, page, search, isShared, ownerId, ownerName, savedAt }: ViewRow): SavedView {
  return {
    ...{ id, name, page, search, isShared },
    ...{ owner: { id: ownerId, name: ownerName }, savedAt: savedAt.toISOString() },
  };
}

function subjectOf({ id }: ViewRow) {
  return { kind: "view", id };
}

function factsOf({ name, page, search, isShared }: ViewRow) {
  return { name, page, search, isShared };
}
