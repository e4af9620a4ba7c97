import { TRPCError } from "@trpc/server";
import { eq } from "drizzle-orm";
import { nameWayBack, type Role, type WayBack, type WentBack } from "../../contract/index.ts";
import { approveWithin, putForwardPlan, whyNotApproveRow } from "../../proposals/index.ts";
import { type Actor, activations, proposals, type WorkspaceStore } from "../../store/index.ts";
import { approvedProposals, whyNoWayBack } from "../approved-proposals.ts";
import { prepareWayBack } from "../prepare-activation.ts";
import { restoredPlan } from "./restored-plan.ts";

interface Asker {
  readonly store: WorkspaceStore;
  readonly member: { readonly id: string; readonly name: string; readonly role: Role };
  readonly actor: Actor;
}

/**
 * Takes the standing plan back: a proposal of what was spent before it, approved at once where this person may and the rules ask for nobody
 * else; otherwise it waits for whoever may. Everything is one transaction behind the lock of the plan's row: of two clicks one goes
 * back and the other finds it done, and a process that is killed has gone back or not.
 */
export function goBack(
  { store, member, actor }: Asker,
  { proposalId, remark }: { proposalId: string; remark: string },
  now: Date,
): Promise<WentBack> {
  return store.transaction(async (tx) => {
    // Writes what is there already: whoever comes second waits here until the first has ended, and then sees what it did.
    const [row] = await tx.update(proposals, { id: proposalId }, eq(proposals.id, proposalId));
    if (row === undefined)
      throw new TRPCError({ code: "NOT_FOUND", message: "there is no such proposal in this workspace" });
    const approved = await approvedProposals(tx);
    const place = approved.findIndex(({ id }) => id === proposalId);
    const rows = await tx.select(activations, eq(activations.proposalId, proposalId));
    const why = await whyNoWayBack(tx, row, { place, rows });
    if (why !== "possible") throw new TRPCError({ code: "CONFLICT", message: inWords(why, row.name) });
    const prepared = await prepareWayBack(tx, proposalId);
    const back = await putForwardPlan(tx, {
      ...{ origin: "way-back", originId: proposalId, name: nameWayBack(row.name), note: remark },
      ...{ input: row.input, plan: restoredPlan(row.plan, row.decidedSplit, row.name), now },
      ...{ expireAfterDays: null, actor, proposerName: member.name },
    });
    if ((await whyNotApproveRow(tx, back, member, now)) !== null) return { proposalId: back.id, isApproved: false };
    await approveWithin(tx, { member, actor }, back.id, { remark, split: null, worth: null, prepared, now });
    return { proposalId: back.id, isApproved: true };
  });
}

function inWords(why: Exclude<WayBack, "possible">, name: string): string {
  switch (why) {
    case "not-approved":
      return `"${name}" was not approved, so there is nothing to go back from`;
    case "later-plan":
      return `a later plan stands since "${name}" was approved: go back from that one`;
    case "nothing-moved":
      return `"${name}" moved nothing, so there is nothing to go back from`;
    case "taken":
      return `the way back from "${name}" was taken already: look for it among the proposals`;
  }
}
