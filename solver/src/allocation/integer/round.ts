import type { Relaxed } from "./relax.ts";
import { type Box, neighboursIn } from "./space.ts";
import type { Task } from "./task.ts";

/**
 * Boxes in which every step and every switch is settled near a mixture: by the nearest, all down, all up. What is left is
 * continuous. Only a guess at good plans.
 */
export function roundedBoxes({ spaces }: Task, boxes: readonly Box[], { spend }: Relaxed): (readonly Box[])[] {
  const isOpen = boxes.some(({ off }, i) => off || spaces[i]!.step !== null);
  if (!isOpen) return [];
  const ways = [
    (x: number, below: number, above: number) => (x - below < above - x ? below : above),
    (_: number, below: number) => below,
    (_: number, __: number, above: number) => above,
  ];
  return ways.map((way) =>
    boxes.map((box, i): Box => {
      const { step } = spaces[i]!;
      const x = spend[i]!;
      const { below, above } = neighboursIn(box, step, x);
      const chosen = way(x, below ?? above!, above ?? below!);
      if (chosen === 0 && box.off) return { off: true, low: 1, high: 0 };
      return step === null ? { ...box, off: false } : { off: false, low: chosen, high: chosen };
    }),
  );
}
