import type { ProposalRow } from "./describe-proposal.ts";

export function subjectOf({ id }: ProposalRow) {
  return { kind: "proposal", id };
}

/** What the audit keeps of a proposal; the plan itself is frozen in its row. */
export function factsOf({
  name,
  state,
  movedPerWeek,
  secondPersonAbove,
  plan,
  decidedSplit,
  decidedWorth,
  ...row
}: ProposalRow) {
  const split = Object.fromEntries(plan.allocation.map(({ channel, recommended }) => [channel, recommended]));
  const decided = decidedSplit?.map(({ channel, amount }) => [channel, amount] as const);
  return {
    ...{ name, state, movedPerWeek, secondPersonAbove, budget: plan.budget, period: plan.period, split },
    ...(row.origin === "person" ? {} : { origin: row.origin, originId: row.originId }),
    ...(decided === undefined ? {} : { decided: Object.fromEntries(decided) }),
    ...((decidedWorth?.broken.length ?? 0) === 0 ? {} : { despite: decidedWorth!.broken.map(({ text }) => text) }),
  };
}
