import { decomposeChange, type MovementPart, type MovementParts, type MovementState } from "./decompose-change.ts";

export interface MovementPair {
  readonly before: MovementState;
  readonly now: MovementState;
}

function spentIn(states: readonly MovementState[]): number {
  return states.reduce((sum, { spend }) => sum + Math.max(0, spend ?? 0), 0);
}

/**
 * The change of what several channels bring together, with what comes without any: the parts of the channels added up, where a
 * channel's volume is cut into the growth of all spend and the change of its share of it.
 * Laws: the parts add up to the change of the sum; where every channel's spend grows alike, nothing is mix.
 */
export function decomposeTotal(
  channels: readonly MovementPair[],
  baseline: { readonly before: number; readonly now: number } = { before: 0, now: 0 },
): MovementParts {
  const spentBefore = spentIn(channels.map(({ before }) => before));
  const spentNow = spentIn(channels.map(({ now }) => now));
  const allSpend = spentBefore > 0 && spentNow > 0 ? Math.log(spentNow / spentBefore) : null;
  const totals: MovementParts = {};
  for (const { before, now } of channels) {
    for (const [part, amount] of Object.entries(decomposeChange(before, now, allSpend)) as [MovementPart, number][]) {
      totals[part] = (totals[part] ?? 0) + amount;
    }
  }
  if (baseline.before !== baseline.now) totals.baseline = baseline.now - baseline.before;
  return totals;
}
