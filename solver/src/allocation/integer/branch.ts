import { curveValue } from "../../response/curve-families.ts";
import { unitPrices } from "../certificate.ts";
import type { Relaxed } from "./relax.ts";
import { type Box, isEmptyBox, neighboursIn, type Space, tidyBox } from "./space.ts";
import type { Task } from "./task.ts";

/** Halves are no thinner than this share of their box, so that a split always gets on. */
const THINNEST = 0.05;
/** A loss below this, in scaled value, is rounding. */
const ROUNDING = 1e-13;

/**
 * Both parts of the box that loses most when its mixture is replaced by what is allowed next to it, by channel; null where no
 * box loses anything.
 */
export function splitWorst(
  task: Task,
  boxes: readonly Box[],
  { spend, prices, mixed }: Relaxed,
): [readonly Box[], readonly Box[]] | null {
  const { weight, cost } = unitPrices(task.programme, prices);
  let worst = -1;
  let most = ROUNDING;
  for (const [i, space] of task.spaces.entries()) {
    const { below, above } = neighboursIn(boxes[i]!, space.step, spend[i]!);
    const gain = (x: number) => weight[i]! * curveValue(space.curve, x) - cost[i]! * x;
    const hoped = weight[i]! * mixed[i]! - cost[i]! * spend[i]!;
    const kept = Math.max(...[below, above].flatMap((x) => (x === null ? [] : [gain(x)])));
    // Between two allowed spends even a mixture that loses nothing is none: limits may hold for it alone
    const gap = below !== null && above !== null ? Math.min(spend[i]! - below, above - spend[i]!) : 0;
    const loss = hoped - kept + 1e-6 * gap;
    if (loss <= most) continue;
    most = loss;
    worst = i;
  }
  return worst < 0 ? null : splitAt(boxes, worst, task.spaces[worst]!, spend[worst]!);
}

/** Halves the widest box, where nothing else tells them apart; null where all boxes are points. */
export function splitWidest(task: Task, boxes: readonly Box[]): [readonly Box[], readonly Box[]] | null {
  let widest = -1;
  let most = 1e-9;
  for (const [i, { off, low, high }] of boxes.entries()) {
    const width = high < low ? 0 : off ? high : high - low;
    if (width <= most) continue;
    most = width;
    widest = i;
  }
  if (widest < 0) return null;
  const { off, low, high } = boxes[widest]!;
  return splitAt(boxes, widest, task.spaces[widest]!, off ? low / 2 : (low + high) / 2);
}

function splitAt(boxes: readonly Box[], at: number, { step }: Space, x: number): [readonly Box[], readonly Box[]] {
  const box = boxes[at]!;
  const { off, low, high } = box;
  const withBox = (part: Box) => boxes.map((one, i) => (i === at ? part : one));
  // Beside the gap: off or on
  if (off && x < low) return [withBox({ off, low: 1, high: 0 }), withBox({ off: false, low, high })];
  const margin = THINNEST * (high - low);
  const cut = Math.min(high - margin, Math.max(low + margin, x));
  if (step === null) return [withBox({ off, low, high: cut }), withBox({ off: false, low: cut, high })];
  const { below } = neighboursIn({ off: false, low, high }, step, cut);
  const last = Math.min(below ?? low, high - step);
  return [
    withBox(tidyBox({ off, low, high: last }, step)),
    withBox(tidyBox({ off: false, low: last + step, high }, step)),
  ];
}

export function isPossible(boxes: readonly Box[]): boolean {
  return !boxes.some(isEmptyBox);
}
