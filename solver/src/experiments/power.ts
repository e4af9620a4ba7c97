import { GEO_LEVEL } from "./analyse-geo-test.ts";
import { liftTest, scaleAllDays } from "./block-permutation.ts";
import { FEWEST_DAYS_BEFORE, type RegionPanel, type SplitPanel, splitPanel } from "./panel.ts";

export interface PowerOptions {
  readonly testDays: number;
  readonly excluded?: readonly number[];
  /** How many past windows a test is pretended in; all where there are no more. */
  readonly windows: number;
  /** Share of the windows that an effect must be found in. */
  readonly power: number;
  /** Uniform in [0, 1): the same sequence draws the same windows. */
  readonly random: () => number;
}

export interface TestPower {
  /** The smallest lift that is found in the wished share of windows; null where none up to 100 % is. */
  readonly detectableLift: number | null;
  /** Share of windows in which something was found although nothing was there; about 10 % of them when the test is right. */
  readonly falseAlarms: number;
  readonly windows: number;
  /** Share of windows in which a lift of so much is found. */
  readonly curve: readonly { readonly lift: number; readonly found: number }[];
}

const CURVE_LIFTS = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3] as const;
const LARGEST_LIFT = 1;
const BISECTIONS = 10;

/** The first days of past windows, drawn without repeats, in order. */
function drawWindows(days: number, { testDays, windows, random }: PowerOptions): number[] {
  const all = Array.from(
    { length: Math.max(0, days - testDays - FEWEST_DAYS_BEFORE + 1) },
    (_, i) => FEWEST_DAYS_BEFORE + i,
  );
  // The later half is like the test to come: as much time before it, and the same season.
  const late = all.slice(Math.floor(all.length / 2));
  for (let i = late.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [late[i], late[j]] = [late[j]!, late[i]!];
  }
  return late.slice(0, windows).sort((a, b) => a - b);
}

/** The smallest lift that a pretended test of this window finds; infinite where it finds none. A false alarm finds 0. */
function smallestFound(split: SplitPanel): number {
  const test = liftTest(split, scaleAllDays(split), "synthetic-control", 1);
  // Sales times 1 + lift, held against no effect, are sales as they were, held against a fall by as much.
  const isFound = (lift: number): boolean => test.p(-lift / (1 + lift)) <= 1 - GEO_LEVEL;
  if (isFound(0)) return 0;
  if (!isFound(LARGEST_LIFT)) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, LARGEST_LIFT];
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (isFound(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * How large an effect a test in these regions would find: known lifts are put on windows of the past, and looked for as the analysis
 * will, by synthetic control at 90 %.
 */
export function simulatePower(panel: RegionPanel, testRegions: readonly number[], options: PowerOptions): TestPower {
  const found = drawWindows(panel.days, options)
    .map((firstDay) => {
      const lastDay = firstDay + options.testDays - 1;
      return smallestFound(splitPanel(panel, { testRegions, firstDay, lastDay, excluded: options.excluded ?? [] }));
    })
    .sort((a, b) => a - b);
  const shareFound = (lift: number) => found.filter((smallest) => smallest <= lift).length / found.length;
  const detectable = found[Math.ceil(options.power * found.length) - 1] ?? Number.POSITIVE_INFINITY;
  return {
    detectableLift: Number.isFinite(detectable) ? detectable : null,
    falseAlarms: shareFound(0),
    windows: found.length,
    curve: CURVE_LIFTS.map((lift) => ({ lift, found: shareFound(lift) })),
  };
}
