import type { Engines, LinearRow } from "../../linear/index.ts";
import { smallestConflict } from "../conflict.ts";
import type { WeeksProblem, WeeksRepair } from "./problem.ts";
import { rulesOf, type WeeksRow, type WeeksRule } from "./rules.ts";

export interface WeeksConflict {
  /** Limits that no plan keeps together; without any one of them the others can be kept. Empty when no conflict was proved */
  readonly conflict: readonly WeeksRule["limit"][];
  readonly repairs: readonly WeeksRepair[];
}

/** A limit is broken when it is missed by more than this share of the largest amount in the problem. */
const FEASIBLE = 1e-9;
const SECONDS = 5;
const BISECTIONS = 45;

/** Why the limits cannot hold together, and which single number would have to change, by how much at least. */
export function conflictOfWeeks(problem: WeeksProblem, engines: Engines): WeeksConflict {
  const rules = rulesOf(problem);
  const limits: Limits = { cells: problem.channels.length * problem.weeks, money: largestAmount(problem), engines };
  if (!isImpossible(limits, rules)) return { conflict: [], repairs: [] };
  const conflict = smallestConflict(rules, (some) => isImpossible(limits, some));
  const repairs = conflict.flatMap((rule) => {
    const to = repairOf(limits, rules, rule);
    return to === null ? [] : [{ limit: rule.limit, to }];
  });
  const change = ({ limit, to }: WeeksRepair) => Math.abs(to - limit.value) / Math.max(limit.value, Number.MIN_VALUE);
  repairs.sort((a, b) => change(a) - change(b));
  return { conflict: conflict.map(({ limit }) => limit), repairs };
}

interface Limits {
  readonly cells: number;
  readonly money: number;
  readonly engines: Engines;
}

/** Proved: a programme that can always be kept, whose least stretch is not next to nothing. */
function isImpossible(limits: Limits, rules: readonly WeeksRule[]): boolean {
  const stretch = leastStretch(limits, rules, null);
  return stretch !== null && stretch.up + stretch.down > FEASIBLE;
}

/** The number at which the rule lets all rules hold, moved as little as possible; null when none was found. */
function repairOf(limits: Limits, rules: readonly WeeksRule[], rule: WeeksRule): number | null {
  const others = rules.filter((other) => other !== rule);
  const works = (value: number) =>
    value >= 0 && !isImpossible(limits, [...others, { ...rule, rows: () => rule.rows(value) }]);
  if (rule.limit.type !== "pacing_pct") {
    const stretch = leastStretch(limits, rules, rule);
    if (stretch === null) return null;
    const moved = rule.limit.value + (stretch.up - stretch.down) * limits.money;
    const to = Math.abs(moved) > FEASIBLE * limits.money ? moved : 0;
    // The engine's last digits are noise: the round number beside them is what was meant, if it works
    return [Number(to.toPrecision(10)), to].find(works) ?? null;
  }
  // A pace multiplies what it holds, so it is searched
  let low = rule.limit.value;
  let high = 100;
  while (!works(high)) {
    high *= 10;
    if (high > 1e7) return null;
  }
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (works(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * How far limits have to give for a plan to exist, caps upwards and floors downwards, in units of `money`: all limits alike, or
 * only the one that is given. Null when the engine does not say.
 */
function leastStretch(
  { cells, money, engines }: Limits,
  rules: readonly WeeksRule[],
  only: WeeksRule | null,
): { readonly up: number; readonly down: number } | null {
  const [up, down] = [cells, cells + 1];
  const rows: LinearRow[] = [];
  for (const rule of rules) {
    const gives = only === null || rule === only;
    for (const row of rule.rows(rule.limit.value)) rows.push(...stretchRow(row, gives, money, up, down));
  }
  const objective = new Float64Array(cells + 2);
  objective[up] = -1;
  objective[down] = -1;
  const upper = new Float64Array(cells + 2).fill(Number.POSITIVE_INFINITY);
  const outcome = engines.large.solve({ objective, upper, rows }, { seconds: SECONDS });
  if (outcome.kind !== "optimal") return null;
  return { up: outcome.x[up]!, down: outcome.x[down]! };
}

/** A row that gives lets its number rise by the first stretch where that helps, and fall by the second. */
function stretchRow(
  { cells, coefficients, sense, value }: WeeksRow,
  gives: boolean,
  money: number,
  up: number,
  down: number,
): LinearRow[] {
  const row = (side: "<=" | ">="): LinearRow => ({
    sense: side,
    value: value / money,
    columns: gives ? [...cells, side === "<=" ? up : down] : cells,
    coefficients: gives ? [...coefficients, side === "<=" ? -1 : 1] : coefficients,
  });
  return sense === "=" ? [row("<="), row(">=")] : [row(sense)];
}

function largestAmount(problem: WeeksProblem): number {
  const amounts = rulesOf(problem).flatMap(({ limit }) => (limit.type === "pacing_pct" ? [] : [limit.value]));
  return Math.max(...amounts, 0) || 1;
}
