import { and, desc, eq, inArray, isNotNull, or } from "drizzle-orm";
import { Plan, ProposeInput } from "../../contract/index.ts";
import type { MadePlan } from "../../planning/index.ts";
import { activations, proposals, rebalancingRuns, type WorkspaceStore } from "../../store/index.ts";
import type { DecidedPlan } from "./plan-weeks.ts";

/** A year of weekly plans, and some of people. */
const MOST_PLANS = 80;

type Run = typeof rebalancingRuns.$inferSelect;

export interface KnownPlan extends DecidedPlan {
  readonly plan: Plan;
  /** Of the amounts that were decided; null where somebody changed them and nobody could tell what they are worth. */
  readonly expected: Plan["expected"] | null;
  readonly by: string;
  readonly remark: string;
  readonly run: Pick<Run, "id" | "state"> | null;
  /** Imported spend has confirmed every channel that it moves. */
  readonly isConfirmed: boolean;
}

/** Plans that were approved, and recommendations that were rejected. One that another version wrote cannot be judged: it is left out. */
export async function fetchPlans(store: WorkspaceStore): Promise<KnownPlan[]> {
  const isOverride = and(eq(proposals.state, "rejected"), eq(proposals.origin, "rebalancing"));
  const rows = await store.select(
    proposals,
    and(or(eq(proposals.state, "approved"), isOverride), isNotNull(proposals.decidedAt)),
    { orderBy: desc(proposals.decidedAt), limit: MOST_PLANS },
  );
  if (rows.length === 0) return [];
  const [runs, confirmed] = await Promise.all([runsOf(store, rows), confirmedPlans(store, rows)]);
  return rows.flatMap(({ id, state, decidedAt, decidedSplit, decidedWorth, deciderName, remark, ...row }) => {
    const plan = Plan.safeParse(row.plan);
    if (!plan.success || decidedAt === null) return [];
    const run = row.origin === "rebalancing" ? runs.get(row.originId ?? "") : undefined;
    return [
      {
        ...{ id, isApproved: state === "approved", decidedAt, plan: plan.data, decidedSplit, remark: remark ?? "" },
        expected: decidedSplit === null ? plan.data.expected : (decidedWorth?.expected ?? null),
        ...{ by: deciderName ?? "", isConfirmed: confirmed.has(id), run: run ?? null },
      },
    ];
  });
}

type Rows = readonly (typeof proposals.$inferSelect)[];

async function runsOf(store: WorkspaceStore, rows: Rows): Promise<ReadonlyMap<string, Run>> {
  const ids = rows.flatMap(({ originId }) => originId ?? []);
  const found = ids.length === 0 ? [] : await store.select(rebalancingRuns, inArray(rebalancingRuns.id, ids));
  return new Map(found.map((run) => [run.id, run]));
}

async function confirmedPlans(store: WorkspaceStore, rows: Rows): Promise<ReadonlySet<string>> {
  const ids = rows.map(({ id }) => id);
  const channels = await store.select(activations, inArray(activations.proposalId, ids));
  const open = new Set(
    channels
      .filter(({ fromDaily, toDaily, confirmedAt }) => fromDaily !== toDaily && confirmedAt === null)
      .map(({ proposalId }) => proposalId),
  );
  return new Set(channels.map(({ proposalId }) => proposalId).filter((id) => !open.has(id)));
}

/** The last two runs that came as far as a plan, the newer first. A plan that was put forward is kept with its proposal. */
export async function lastPlans(store: WorkspaceStore): Promise<MadePlan[]> {
  const isPlanned = or(isNotNull(rebalancingRuns.plan), isNotNull(rebalancingRuns.proposalId));
  const runs = await store.select(rebalancingRuns, and(eq(rebalancingRuns.isDry, false), isPlanned), {
    ...{ orderBy: desc(rebalancingRuns.startedAt), limit: 2 },
  });
  const ids = runs.flatMap(({ proposalId }) => proposalId ?? []);
  const kept = ids.length === 0 ? [] : await store.select(proposals, inArray(proposals.id, ids));
  return runs.flatMap(({ id, period, startedAt, proposalId, ...run }) => {
    const row = kept.find((each) => each.id === proposalId) ?? run;
    const [plan, input] = [Plan.safeParse(row.plan), ProposeInput.safeParse(row.input)];
    if (!plan.success || !input.success) return [];
    return [{ id, name: period, madeAt: startedAt.toISOString(), input: input.data, plan: plan.data }];
  });
}
