import type { LiftEvidence } from "./calibrate.ts";
import type { CaptureSignature } from "./demand-capture.ts";
import { closingTouches } from "./describe-effects.ts";
import type { IncrementalStatistics } from "./statistics.ts";

/** A lift test as it was run; days count from the first day of the window. */
export interface LiftTest {
  readonly id: string;
  readonly channel: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly incremental: number;
  readonly standardError: number;
  /** Part of the channel's spend that differed between test and control; 1 where all of it was switched off. */
  readonly part: number;
}

/** The channels whose effects a test is held against, and the first day that these are of. */
interface FittedDays {
  readonly fitted: readonly number[];
  readonly firstDay: number;
}

/** The effects are of the fitted days: a test is held against them by its touches over theirs. */
export function evidenceOf(
  test: LiftTest,
  statistics: IncrementalStatistics,
  { fitted, firstDay }: FittedDays,
): LiftEvidence[] {
  const channel = fitted.indexOf(test.channel);
  if (channel < 0) return [];
  const { inside, ofFittedDays } = countTouches(test, statistics, firstDay);
  if (inside === 0 || ofFittedDays === 0 || !(test.standardError > 0)) return [];
  const share = (inside / ofFittedDays) * test.part;
  return [{ channel, incremental: test.incremental, standardError: test.standardError, share }];
}

function countTouches(
  test: LiftTest,
  { days, buckets, channels, touchesByDay }: IncrementalStatistics,
  fromDay: number,
): { inside: number; ofFittedDays: number } {
  let inside = 0;
  let ofFittedDays = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    for (let day = 0; day < days; day++) {
      const touches = touchesByDay[(bucket * channels.length + test.channel) * days + day]!;
      if (day >= fromDay) ofFittedDays += touches;
      if (day >= test.firstDay && day <= test.lastDay) inside += touches;
    }
  }
  return { inside, ofFittedDays };
}

/** All of a channel's effect on the fitted days, as lift tests alone tell it. */
export interface TestedEffect {
  readonly mean: number;
  readonly standardError: number;
}

/** What lift tests say of a channel, each by its precision; null where none speaks of it. */
export function testedEffect(
  tests: readonly LiftTest[],
  statistics: IncrementalStatistics,
  channel: number,
  firstDay: number,
): TestedEffect | null {
  let weight = 0;
  let sum = 0;
  const evidence = tests.flatMap((test) => evidenceOf(test, statistics, { fitted: [channel], firstDay }));
  for (const { incremental, standardError, share } of evidence) {
    const precision = (share / standardError) ** 2;
    weight += precision;
    sum += (precision * incremental) / share;
  }
  return weight > 0 ? { mean: Math.max(0, sum / weight), standardError: 1 / Math.sqrt(weight) } : null;
}

/** Standard errors by which a test has to be above what capture could be. */
const CLEARLY = 1.645;

/**
 * Lift tests outrank a signature: where they found more conversions than follow the touches of a flagged channel at once, it does more
 * than meet people who were about to buy, and is fitted like any other, with the tests as evidence.
 * Law: no test, no change; a test that finds less than follows at once leaves the flag.
 */
export function clearByTests(
  signatures: readonly CaptureSignature[],
  tests: readonly LiftTest[],
  statistics: IncrementalStatistics,
): CaptureSignature[] {
  return signatures.map((signature) => {
    const tested = signature.isFlagged ? testedEffect(tests, statistics, signature.channel, 0) : null;
    const atOnce = tested === null ? 0 : closingTouches(statistics, signature.channel, 0).length;
    const isMore = tested !== null && tested.mean - CLEARLY * tested.standardError > atOnce;
    return isMore ? { ...signature, isFlagged: false } : signature;
  });
}
