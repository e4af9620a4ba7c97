import { simplexEngine } from "../../linear/index.ts";
import { type Multipliers, objectiveValue, violation } from "../certificate.ts";
import { bestSale } from "../sell.ts";
import { type Settled, settle } from "./settle.ts";
import { type Box, neighboursIn } from "./space.ts";
import type { Task } from "./task.ts";

/** A plan of the scaled programme that keeps every limit, step and gap. */
export interface Found extends Settled {
  readonly sold: Float64Array;
  readonly value: number;
}

/** Breach of a limit, relative to the limit, that is only rounding. */
const KEPT = 1e-10;
/** A mixture this near to an allowed spend, in scaled spend, means that spend. */
const SAME = 1e-9;

/** The plan with every spend that is nearly allowed put where it is; null where one is not. */
export function snapped({ spaces }: Task, boxes: readonly Box[], spend: Float64Array): Float64Array | null {
  const snapped = new Float64Array(spend.length);
  for (const [i, x] of spend.entries()) {
    const { below, above } = neighboursIn(boxes[i]!, spaces[i]!.step, x);
    if (below !== null && Math.abs(x - below) <= SAME) snapped[i] = below;
    else if (above !== null && Math.abs(x - above) <= SAME) snapped[i] = above;
    else return null;
  }
  return snapped;
}

/** What sharpening may cost in value, relative to it: only rounding. */
const SHARPENING = 1e-12;

/**
 * The best plan that can be made of one near by: sharpened to all digits of plan and prices, or as it is where that is not
 * possible. Null where no limits are kept.
 * @param spend allowed in every channel
 */
export function planNear(task: Task, boxes: readonly Box[], spend: Float64Array, prices: Multipliers): Found | null {
  const sharp = settle(task, boxes, { spend, prices });
  const plain = judged(task, { spend, prices });
  const sharpened = sharp === null ? null : judged(task, sharp);
  if (plain === null || sharpened === null) return plain ?? sharpened;
  return sharpened.value >= plain.value - SHARPENING * Math.abs(plain.value) ? sharpened : plain;
}

function judged({ programme }: Task, { spend, prices }: Settled): Found | null {
  const sold = bestSale(programme, spend, prices, simplexEngine);
  const plan = { spend, sold };
  return violation(programme, plan) <= KEPT ? { ...plan, prices, value: objectiveValue(programme, plan) } : null;
}
