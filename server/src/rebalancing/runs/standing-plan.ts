import { desc, eq } from "drizzle-orm";
import { DAYS_PER_PERIOD, type Plan, type ProposalOrigin } from "../../contract/index.ts";
import { withDecided } from "../../proposals/index.ts";
import { proposals, type WorkspaceStore } from "../../store/index.ts";

/** Differences below this share of the budget are none that somebody would act on. */
const SMALL = 1e-3;

/** A plan against the one that was approved last. Amounts are a week's. */
export interface Comparison {
  readonly standing: {
    readonly id: string;
    readonly name: string;
    readonly origin: ProposalOrigin;
    readonly decidedAt: string;
  } | null;
  /** Channels that are recommended another spend than was approved, and the largest such difference. */
  readonly differing: number;
  readonly largestDifference: number;
  /** Proposals of people that wait for somebody. */
  readonly waiting: number;
  /** It says what was approved already, and what is spent does not follow that yet. */
  readonly isSame: boolean;
}

export async function compareWithStanding(store: WorkspaceStore, plan: Plan): Promise<Comparison> {
  const [[standing], waiting] = await Promise.all([
    store.select(proposals, eq(proposals.state, "approved"), { orderBy: desc(proposals.decidedAt), limit: 1 }),
    store.count(proposals, eq(proposals.state, "proposed")),
  ]);
  if (standing === undefined) return { standing: null, differing: 0, largestDifference: 0, waiting, isSame: false };
  const [was, is] = [weeklyOf(withDecided(standing.plan, standing.decidedSplit)), weeklyOf(plan)];
  const differences = [...new Set([...was.keys(), ...is.keys()])].map((channel) =>
    Math.abs((is.get(channel) ?? 0) - (was.get(channel) ?? 0)),
  );
  const small = SMALL * [...is.values()].reduce((sum, amount) => sum + amount, 0);
  const differing = differences.filter((difference) => difference > small).length;
  const { id, name, origin, decidedAt } = standing;
  return {
    standing: { id, name, origin, decidedAt: decidedAt?.toISOString() ?? "" },
    ...{ differing, largestDifference: Math.max(0, ...differences), waiting, isSame: differing === 0 },
  };
}

/** What every channel is to spend in a week. */
function weeklyOf({ allocation, period }: Plan): Map<string, number> {
  const factor = DAYS_PER_PERIOD.week / DAYS_PER_PERIOD[period];
  return new Map(allocation.map(({ channel, recommended }) => [channel, factor * Number(recommended)]));
}
