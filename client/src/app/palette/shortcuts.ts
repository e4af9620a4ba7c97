import type { DateRange } from "@touchline/server/contract";
import { addDays, countDays, overlapOf } from "../date-range.ts";

/** The letter after "g" that leads to a page. */
export const GO_KEYS = {
  t: "/",
  p: "/performance",
  a: "/attribution",
  q: "/attribution/quality",
  j: "/journeys",
  c: "/curves",
  l: "/planner",
  b: "/pacing",
  r: "/rebalancing",
  e: "/tests",
  o: "/reports",
  d: "/data",
  w: "/portfolio",
  s: "/settings",
} as const;
type GoKey = keyof typeof GO_KEYS;

export type Shortcut =
  | { readonly kind: "go"; readonly to: (typeof GO_KEYS)[GoKey] }
  /** The days before or after those that are shown, as many. */
  | { readonly kind: "shift"; readonly by: -1 | 1 }
  | { readonly kind: "palette" }
  | { readonly kind: "help" };

const SINGLE: Readonly<Record<string, Shortcut>> = {
  "/": { kind: "palette" },
  "?": { kind: "help" },
  "[": { kind: "shift", by: -1 },
  "]": { kind: "shift", by: 1 },
};

/** How long "g" waits for its letter. */
export const GO_WAIT_MS = 1_500;

/**
 * What a key does after the one before.
 * @param isGoing whether "g" was pressed just before
 * @returns "going" where a letter has to follow; null where the key means nothing
 */
export function readShortcut(key: string, isGoing: boolean): Shortcut | "going" | null {
  if (isGoing && Object.hasOwn(GO_KEYS, key)) return { kind: "go", to: GO_KEYS[key as GoKey] };
  if (key === "g") return "going";
  return Object.hasOwn(SINGLE, key) ? (SINGLE[key] ?? null) : null;
}

interface Pressed {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  getModifierState(key: "AltGraph"): boolean;
}

/** Many keyboards write "[" with AltGr, which Windows calls Ctrl and Alt. */
export function isPlain(event: Pressed): boolean {
  return event.getModifierState("AltGraph") || !(event.ctrlKey || event.metaKey || event.altKey);
}

/** As many days just before or after; null where there is no data on any of them. */
export function shiftedRange(range: DateRange, days: DateRange, by: -1 | 1): DateRange | null {
  const length = by * countDays(range);
  const shifted = { from: addDays(range.from, length), to: addDays(range.to, length) };
  return overlapOf(shifted, days) === null ? null : shifted;
}
