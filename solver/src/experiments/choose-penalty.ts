import { againstTarget, predict, scaleControls, weighingOf } from "./counterfactual.ts";
import type { SplitPanel } from "./panel.ts";

const PENALTIES = [0.3, 1, 3, 10, 30, 100] as const;
const BLOCKS = 4;

/** The days of a panel before its test, without those of one block, which come after them: what is fitted never sees the block. */
function holdOut({ treated, controls, days, daysBefore }: SplitPanel, block: number) {
  const first = Math.floor((block * daysBefore) / BLOCKS);
  const last = Math.floor(((block + 1) * daysBefore) / BLOCKS);
  const order = Array.from({ length: daysBefore }, (_, day) => day);
  const held = order.splice(first, last - first);
  const reordered = [...order, ...held];
  const count = controls.length / days;
  const moved = new Float64Array(count * daysBefore);
  for (let i = 0; i < count; i++) {
    reordered.forEach((day, at) => {
      moved[i * daysBefore + at] = controls[i * days + day]!;
    });
  }
  return { target: Float64Array.from(reordered, (day) => treated[day]!), moved, fitDays: order.length };
}

/** The penalty of the augmented method, out of a few, that misses the held-out quarters of the time before by least. */
export function choosePenalty(panel: SplitPanel): number {
  const missed = PENALTIES.map(() => 0);
  for (let block = 0; block < BLOCKS; block++) {
    const { target, moved, fitDays } = holdOut(panel, block);
    const { daysBefore } = panel;
    const controls = moved.some((value) => value !== 0) ? scaleControls(moved, daysBefore, fitDays) : undefined;
    const mean = target.subarray(0, fitDays).reduce((sum, value) => sum + value, 0) / fitDays;
    if (controls === undefined || mean <= 0 || controls.series.some((value) => !Number.isFinite(value))) continue;
    const scaled = target.map((value) => value / mean);
    const products = againstTarget(controls, scaled);
    PENALTIES.forEach((penalty, i) => {
      const predicted = predict(controls, weighingOf("augmented-synthetic-control", controls, penalty)(products));
      for (let day = fitDays; day < daysBefore; day++) missed[i]! += (scaled[day]! - predicted[day]!) ** 2;
    });
  }
  return PENALTIES[missed.indexOf(Math.min(...missed))]!;
}
