import type { Words } from "../../i18n/words.ts";

export type Direction = "up" | "down" | "same";

export interface Change {
  readonly direction: Direction;
  /** "+6.2%", with its sign. */
  readonly text: string;
  /** "higher", "lower", "unchanged". */
  readonly word: string;
  readonly share: number;
}

/** Below a twentieth of a per cent a change prints as 0.0 %: it is no change. */
const SMALLEST_CHANGE = 0.0005;

export function directionOf(share: number): Direction {
  if (Math.abs(share) < SMALLEST_CHANGE) return "same";
  return share > 0 ? "up" : "down";
}

/** Relative change; null where there was nothing before, because no percentage describes that. */
export function relativeChange(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : (now - before) / Math.abs(before);
}

export function describeChange(share: number | null, { t, format }: Words): Change | null {
  if (share === null) return null;
  const direction = directionOf(share);
  return {
    direction,
    text: format.percentChange(direction === "same" ? 0 : share),
    word: t(`change.${direction}`),
    share,
  };
}

/** What somebody who earns by it sees: more is good, less is bad, unless it is a cost, or says nothing by itself. */
export function toneOf(change: Change | null, good: Direction | null): "positive" | "negative" | "neutral" {
  if (change === null || change.direction === "same" || good === null) return "neutral";
  return change.direction === good ? "positive" : "negative";
}
