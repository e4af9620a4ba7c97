import type { Engines, LinearOutcome, LinearRow } from "../../linear/index.ts";
import { curveValue } from "../../response/curve-families.ts";
import { nearZero } from "../near-zero.ts";
import { cutIntoSegments, firstTangents, tangentsAround } from "../segments.ts";
import { atWork, type WeeksProgramme } from "./compile-weeks.ts";
import { type JudgedWeeks, judgeWeeks, scaleOfWeeks, scaleWeeks } from "./maximise-weeks.ts";
import { gapOfWeeks } from "./weeks-bound.ts";

const MOST_PASSES = 14;
const TARGET_GAP = 1e-10;
/** Half a grid of tangents, as a share of what is at work: finer, and slopes differ by less than the engine can tell. */
const FINEST_GRID = 3e-4;
const SECONDS = 10;

/**
 * The plan through linear programmes: every week's curve is replaced by the lower envelope of some of its tangents and touched
 * again around the plan that this gives. Slower than the climb and less exact, and without its need for room between limits:
 * straight curves and limits that leave one single plan are no trouble here.
 * @returns null when the engine gives no plan
 */
export function tangentWeeks(programme: WeeksProgramme, ceiling: Float64Array, engines: Engines): JudgedWeeks | null {
  const scale = scaleOfWeeks(programme, ceiling);
  const scaled = scaleWeeks(programme, scale);
  const most = ceiling.map((one) => one / scale.money);
  const least = atWork(scaled, scaled.lower);
  const highest = atWork(scaled, most);
  const grids = scaled.channels.map(({ curve }, i) =>
    Array.from(least[i]!, (low, t) => ({
      tangents: firstTangents(curve, low, highest[i]![t]!),
      radius: (highest[i]![t]! - low) / 2,
      centre: Number.NaN,
    })),
  );
  let best: JudgedWeeks | null = null;
  for (let passes = 1; passes <= MOST_PASSES; passes++) {
    const linear = solveTangents(scaled, most, grids, engines);
    if (linear === null) break;
    const spend = linear.x.map((x, cell) => {
      const money = x * scale.money;
      return Math.min(programme.upper[cell]!, Math.max(programme.lower[cell]!, money));
    });
    const prices = linear.prices.map((price) => (price * scale.value) / scale.money);
    const judged = judgeWeeks(programme, ceiling, { spend, touch: spend, prices, steps: 0, passes });
    // Tangents lie above the curves, so what bounds the linear programme bounds the plan, and closer than its coarse prices do
    const bound = Math.min(judged.bound, linear.bound * scale.value);
    const found = { ...judged, bound, gap: gapOfWeeks(programme, spend, bound) };
    if (best === null || found.gap < best.gap) best = found;
    if (best.gap <= TARGET_GAP) break;
    const work = atWork(scaled, linear.x);
    for (const [i, { curve }] of scaled.channels.entries()) {
      for (const [t, grid] of grids[i]!.entries()) {
        const at = work[i]![t]!;
        const stays = Number.isNaN(grid.centre) || Math.abs(at - grid.centre) < grid.radius / 2;
        grid.radius = stays ? Math.max(grid.radius / 4, FINEST_GRID * at) : 2 * grid.radius;
        grid.centre = at;
        grid.tangents = tangentsAround(curve, at, grid.radius, [], least[i]![t]!, highest[i]![t]!);
      }
    }
  }
  return best;
}

interface Touched {
  readonly tangents: readonly number[];
}

/**
 * Columns: spend above its lower bound by cell, then the segments of channel 0 in week 0, in week 1, ... Rows: those of the
 * programme, then one a channel and week, which fills no more segments than what is at work.
 */
function solveTangents(
  scaled: WeeksProgramme,
  most: Float64Array,
  grids: readonly (readonly Touched[])[],
  engines: Engines,
): { x: Float64Array; prices: Float64Array; bound: number } | null {
  const { lower, weeks } = scaled;
  let constant = lower.reduce((sum, low) => sum - scaled.cost * low, 0);
  const work = atWork(scaled, lower);
  const highest = atWork(scaled, most);
  const objective: number[] = Array.from(lower, () => -scaled.cost);
  const upper: number[] = Array.from(lower, (low, cell) => Math.max(0, most[cell]! - low));
  const rows: LinearRow[] = scaled.rows.map(({ cells, coefficients, sense, value }) => {
    const taken = cells.reduce((sum, cell, t) => sum + coefficients[t]! * lower[cell]!, 0);
    return { columns: cells, coefficients, sense, value: nearZero(value - taken) };
  });
  for (const [i, { curve, worth, reach }] of scaled.channels.entries()) {
    for (const [t, { tangents }] of grids[i]!.entries()) {
      if (!(worth[t]! > 0) || highest[i]![t]! <= work[i]![t]!) {
        constant += worth[t]! * curveValue(curve, work[i]![t]!);
        continue;
      }
      const { base, slopes, widths } = cutIntoSegments(curve, tangents, work[i]![t]!, highest[i]![t]!);
      constant += worth[t]! * base;
      const columns = slopes.map((_, k) => objective.length + k);
      const coefficients = slopes.map(() => 1);
      objective.push(...slopes.map((slope) => worth[t]! * slope));
      upper.push(...widths);
      for (let s = 0; s < weeks; s++) {
        const share = reach[t * weeks + s]!;
        if (share === 0) continue;
        columns.push(i * weeks + s);
        coefficients.push(-share);
      }
      rows.push({ sense: "<=", value: 0, columns, coefficients });
    }
  }
  const programme = { objective: Float64Array.from(objective), upper: Float64Array.from(upper), rows };
  const outcome: LinearOutcome = engines.large.solve(programme, { seconds: SECONDS });
  if (outcome.kind !== "optimal") return null;
  return {
    x: lower.map((low, cell) => low + outcome.x[cell]!),
    prices: outcome.prices.subarray(0, scaled.rows.length),
    bound: outcome.bound + constant,
  };
}
