import { TRPCError } from "@trpc/server";
import { and, desc, eq, inArray } from "drizzle-orm";
import type { WayBack } from "../contract/index.ts";
import { type activations, proposals, type WorkspaceStore } from "../store/index.ts";

type ProposalRow = typeof proposals.$inferSelect;

/** The plan that was approved last. @returns null where none was */
export async function standingProposal(store: WorkspaceStore): Promise<ProposalRow | null> {
  const [newest] = await approvedProposals(store);
  return newest ?? null;
}

/** Whether the split before a plan can be asked back: of the plan that stands, once. */
export async function whyNoWayBack(
  store: WorkspaceStore,
  { id, state }: ProposalRow,
  { place, rows }: { place: number; rows: readonly (typeof activations.$inferSelect)[] },
): Promise<WayBack> {
  if (state !== "approved" || place < 0) return "not-approved";
  const asked = await store.select(
    proposals,
    and(
      eq(proposals.origin, "way-back"),
      eq(proposals.originId, id),
      inArray(proposals.state, ["proposed", "approved"]),
    ),
  );
  if (asked.length > 0) return "taken";
  if (place > 0) return "later-plan";
  return rows.length === 0 ? "nothing-moved" : "possible";
}

/** The newest decision first; of two at one moment the one that was put forward later. */
export function approvedProposals(store: WorkspaceStore): Promise<ProposalRow[]> {
  return store.select(proposals, eq(proposals.state, "approved"), {
    orderBy: [desc(proposals.decidedAt), desc(proposals.proposedAt)],
  });
}

export async function requireProposal(store: WorkspaceStore, id: string): Promise<ProposalRow> {
  const [row] = await store.select(proposals, eq(proposals.id, id));
  if (row === undefined)
    throw new TRPCError({ code: "NOT_FOUND", message: "there is no such proposal in this workspace" });
  return row;
}
