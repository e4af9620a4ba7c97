import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { policiesOf } from "../accounts/index.ts";
import type { Plan, ProposalOrigin, ProposeInput } from "../contract/index.ts";
import { type Actor, proposals, type WorkspaceStore } from "../store/index.ts";
import type { ProposalRow } from "./describe-proposal.ts";
import { expireOverdue } from "./expire.ts";
import { movedPerWeek } from "./moved-per-week.ts";
import { factsOf, subjectOf } from "./proposal-facts.ts";

export interface NewProposal {
  readonly origin: ProposalOrigin;
  /** The rebalancing run that it comes from, or the proposal that a way back restores. */
  readonly originId: string | null;
  readonly name: string;
  readonly note: string;
  readonly input: ProposeInput;
  readonly plan: Plan;
  readonly now: Date;
  /** Null: it waits as long as it takes. */
  readonly expireAfterDays: number | null;
  readonly actor: Actor;
  /** As people are called on pages, where the audit calls them otherwise. */
  readonly proposerName?: string;
}

const DAY_MS = 86_400_000;

/**
 * Puts a plan forward, frozen, inside the transaction of whoever does. What a run puts forward takes the place of what earlier runs have
 * waiting: there is one recommendation at a time. The store takes one proposal a run, and no second one.
 */
export async function putForwardPlan(tx: WorkspaceStore, given: NewProposal): Promise<ProposalRow> {
  const { origin, originId, name, note, input, plan, now, expireAfterDays, actor } = given;
  if (origin === "rebalancing") {
    await expireOverdue(tx, now);
    await supersede(tx, actor, now);
  }
  const row = await tx.insert(proposals, {
    ...{ id: randomUUID(), name, note, input, plan, state: "proposed", origin, originId },
    ...{ movedPerWeek: movedPerWeek(plan), secondPersonAbove: (await policiesOf(tx)).secondPersonAbove },
    ...{ proposedBy: actor.id, proposerName: given.proposerName ?? actor.name, proposedAt: now },
    expiresAt: expireAfterDays === null ? null : new Date(now.getTime() + expireAfterDays * DAY_MS),
  });
  const [before, after] = [null, factsOf(row)];
  await tx.audit({ actor, action: "proposals.propose", subject: subjectOf(row), before, after });
  return row;
}

async function supersede(tx: WorkspaceStore, actor: Actor, now: Date): Promise<void> {
  const decision = { decidedBy: actor.id, deciderName: actor.name, decidedAt: now, remark: "" };
  const waiting = and(eq(proposals.state, "proposed"), eq(proposals.origin, "rebalancing"))!;
  for (const row of await tx.update(proposals, { state: "superseded", ...decision }, waiting)) {
    const [before, after] = [factsOf({ ...row, state: "proposed" }), factsOf(row)];
    await tx.audit({ actor, action: "proposals.supersede", subject: subjectOf(row), before, after });
  }
}
