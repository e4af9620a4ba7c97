import type { DecidedSplit, Plan } from "../../contract/index.ts";

type Row = Plan["allocation"][number];

/**
 * The plan that undoes another: from what it decided back to what was spent before it, to the cent. What it promises is what the other one
 * promised, the other way round; nothing is planned anew, so nothing can have changed meanwhile.
 */
export function restoredPlan(plan: Plan, decided: DecidedSplit | null, name: string): Plan {
  const amounts = new Map(decided?.map(({ channel, amount }) => [channel, amount]));
  const allocation = plan.allocation.map((row) => restoredRow(row, amounts.get(row.channel) ?? row.recommended, name));
  const total = allocation.reduce((sum, { recommended }) => sum + Math.round(100 * Number(recommended)), 0);
  return {
    ...plan,
    ...{ status: "optimal", budget: (total / 100).toFixed(2), allocation, expected: reversed(plan.expected) },
    ...{ considered: null, shadowPrices: [], conflict: [], repair: [], warnings: [], changes: null },
    certificate: { gap: 0, feasibility: 0, scope: "global" },
  };
}

function restoredRow(row: Row, decided: string, name: string): Row {
  const isSame = Number(decided) === Number(row.current);
  const { revenue } = row;
  return {
    ...row,
    ...{ current: decided, recommended: row.current, marginalRoas: null },
    revenue: revenue === null ? null : { current: revenue.recommended, recommended: revenue.current },
    reason: isSame ? "It stays as it is." : `Back to what was spent before the plan "${name}".`,
    why: {
      ...{ code: isSame ? "unchanged" : "fixed", marginalNow: null, marginalThen: null, marginalPlan: null },
      ...{ averageOfMove: null, stop: null },
    },
  };
}

function reversed({
  revenue,
  revenueAtCurrent,
  interval,
  probabilityOfGain,
  goal,
}: Plan["expected"]): Plan["expected"] {
  const back = (of: typeof interval) => (of === null ? null : { level: of.level, low: -of.high, high: -of.low });
  const chance = (of: number | null) => (of === null ? null : 1 - of);
  return {
    ...{ revenue: revenueAtCurrent, revenueAtCurrent: revenue },
    ...{ interval: back(interval), probabilityOfGain: chance(probabilityOfGain) },
    goal: {
      ...{ goal: goal.goal, value: goal.valueAtCurrent, valueAtCurrent: goal.value },
      ...{ interval: back(goal.interval), probabilityOfGain: chance(goal.probabilityOfGain) },
    },
  };
}
