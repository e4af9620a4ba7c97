import { isConcave } from "../../response/curve-families.ts";
import { concaveStretches } from "./best-spend.ts";
import { type Found, planNear, snapped } from "./incumbent.ts";
import { relax } from "./relax.ts";
import type { Box, Space } from "./space.ts";
import type { Task } from "./task.ts";

/** What the last polish may cost in value, relative to it: only rounding. */
const ROUNDING = 1e-12;
/** Half the box around a channel in a convex stretch, as a share of its spend. */
const NEARBY = 1e-3;

/**
 * The plan with prices that speak of the problem and not of the box in which the search found it: steps and switches are
 * held, and every other channel may go anywhere on its stretch of curve.
 */
export function finishPlan(task: Task, found: Found): Found {
  const boxes = task.spaces.map((space, i) => stretchAround(space, found.spend[i]!));
  const points = [...found.spend].map((x) => [x]);
  const { spend, prices } = relax(task, boxes, { points, prices: found.prices }, Number.NEGATIVE_INFINITY, "fully");
  const allowed = snapped(task, boxes, spend);
  const plans = [allowed, found.spend].map((near) => (near === null ? null : planNear(task, boxes, near, prices)));
  const least = found.value - ROUNDING * Math.abs(found.value);
  return plans.find((plan) => plan !== null && plan.value >= least) ?? found;
}

function stretchAround({ curve, bends, step, whole: { off, low, high } }: Space, x: number): Box {
  if (off && x === 0) return { off, low: 1, high: 0 };
  if (step !== null) return { off: false, low: x, high: x };
  if (isConcave(curve)) return { off: false, low, high };
  const stretch = concaveStretches(bends).find(({ from, to }) => x >= from && x <= to);
  const { from, to } = stretch ?? { from: x * (1 - NEARBY), to: x * (1 + NEARBY) };
  return { off: false, low: Math.max(low, from), high: Math.min(high, to) };
}
