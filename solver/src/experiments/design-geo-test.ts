import { ModelError } from "../model-error.ts";
import { checkTimeBefore, type TimeBefore } from "./analyse-geo-test.ts";
import { spreadOfWindows } from "./block-permutation.ts";
import { dropControls, scaleControls } from "./counterfactual.ts";
import { estimateAgainst, estimateLift } from "./estimate-lift.ts";
import { FEWEST_CONTROLS, FEWEST_DAYS_BEFORE, type RegionPanel, requirePanel, splitPanel } from "./panel.ts";
import { simulatePower, type TestPower } from "./power.ts";

export interface GeoDesignOptions {
  readonly testDays: number;
  /** Regions that must be the tested ones; where none are given they are chosen. */
  readonly testRegions?: readonly number[] | undefined;
  /** Regions that are neither tested nor compared with. */
  readonly excluded?: readonly number[] | undefined;
  /** How many regions to test; several numbers are tried where it is not given. */
  readonly count?: number | undefined;
  /** Most of the whole metric that the chosen regions may have together. */
  readonly mostShare: number;
  readonly windows: number;
  readonly power: number;
  readonly random: () => number;
}

export interface GeoDesign extends TestPower {
  readonly testRegions: readonly number[];
  /** Of the whole metric. */
  readonly share: number;
  readonly fitError: number;
  readonly controls: readonly { readonly region: number; readonly weight: number }[];
  readonly timeBefore: TimeBefore | null;
  /** Of the metric in the test regions over as many days as the test has, as things are. */
  readonly expected: number;
}

/** One region alone may have its own luck, which nothing tells from an effect. */
const USUAL_COUNTS = [2, 3, 4, 5] as const;
const SIMULATED = 6;

interface Candidate {
  readonly testRegions: readonly number[];
  readonly share: number;
  readonly noise: number;
}

const totalsOf = ({ regions, days, values }: RegionPanel) =>
  regions.map((_, region) =>
    values.subarray(region * days, (region + 1) * days).reduce((sum, value) => sum + value, 0),
  );

/** How alike two regions move: the correlation of their days. */
function correlation({ days, values }: RegionPanel, a: number, b: number, means: readonly number[]): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let day = 0; day < days; day++) {
    const x = values[a * days + day]! - means[a]!;
    const y = values[b * days + day]! - means[b]!;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Each region with those that move most like it, of every wished size: what is in one group has its likes outside too. */
function groupsOf(panel: RegionPanel, eligible: readonly number[], counts: readonly number[]): number[][] {
  const means = totalsOf(panel).map((total) => total / panel.days);
  const groups = new Map<string, number[]>();
  for (const seed of eligible) {
    const alike = eligible
      .filter((region) => region !== seed)
      .map((region) => ({ region, r: correlation(panel, seed, region, means) }))
      .filter(({ r }) => Number.isFinite(r))
      .sort((a, b) => b.r - a.r)
      .map(({ region }) => region);
    for (const count of counts) {
      const group = [seed, ...alike.slice(0, count - 1)].sort((a, b) => a - b);
      if (group.length === count) groups.set(group.join(" "), group);
    }
  }
  return [...groups.values()];
}

/** Sums up the days of some regions. */
function sumOf({ days, values }: RegionPanel, regions: readonly number[]): Float64Array {
  const sum = new Float64Array(days);
  for (const region of regions) for (let day = 0; day < days; day++) sum[day]! += values[region * days + day]!;
  return sum;
}

/**
 * For a group: root mean square of what synthetic control misses of so many days together, over all days of the panel. Quick, and good for an
 * order. The regions are scaled and multiplied with each other once, for all groups.
 */
function noiseMeter(panel: RegionPanel, eligible: readonly number[], testDays: number) {
  const { days, values } = panel;
  const series = new Float64Array(eligible.length * days);
  eligible.forEach((region, place) => {
    series.set(values.subarray(region * days, (region + 1) * days), place * days);
  });
  const all = scaleControls(series, days, days);
  const placeOf = new Map(eligible.map((region, place) => [region, place]));
  return (group: readonly number[]): number => {
    const others = dropControls(all, new Set(group.map((region) => placeOf.get(region)!)));
    const treated = sumOf(panel, group);
    const { counterfactual } = estimateAgainst(treated, others, "synthetic-control", 1);
    return spreadOfWindows(
      treated.map((value, day) => value / counterfactual[day]! - 1),
      testDays,
    );
  };
}

/**
 * The days of the past that the choice of regions stands on. Those after them say how small an effect the chosen ones show: the luckiest of many
 * groups would promise too much on the days that it was chosen for.
 */
function daysToChooseOn({ regions, days, values }: RegionPanel, testDays: number): RegionPanel {
  const half = Math.max(Math.floor(days / 2), testDays + FEWEST_DAYS_BEFORE);
  const early = new Float64Array(regions.length * half);
  regions.forEach((_, region) => {
    early.set(values.subarray(region * days, region * days + half), region * half);
  });
  return { regions, days: half, values: early };
}

function chooseCandidates(whole: RegionPanel, options: GeoDesignOptions): Candidate[] {
  const panel = daysToChooseOn(whole, options.testDays);
  const { testDays, mostShare, count } = options;
  const excluded = options.excluded ?? [];
  const totals = totalsOf(panel);
  const all = totals.reduce((sum, total) => sum + total, 0);
  const shareOf = (group: readonly number[]) => group.reduce((sum, region) => sum + totals[region]!, 0) / all;
  const eligible = panel.regions
    .map((_, region) => region)
    .filter((region) => !excluded.includes(region) && totals[region]! > 0);
  const most = eligible.length - FEWEST_CONTROLS;
  const counts = (count === undefined ? USUAL_COUNTS : [count]).filter((size) => size <= most);
  if (counts.length === 0) {
    throw new ModelError(
      `${eligible.length} regions have figures: a test needs at least ${(count ?? 1) + FEWEST_CONTROLS}, ${FEWEST_CONTROLS} of them to compare with`,
    );
  }
  const groups = groupsOf(panel, eligible, counts).map((testRegions) => ({ testRegions, share: shareOf(testRegions) }));
  const affordable = groups.filter(({ share }) => share <= mostShare);
  if (affordable.length === 0) {
    throw new ModelError(
      `no ${count ?? ""} regions that move alike have less than ${Math.round(mostShare * 100)} % of the whole between them: name the test regions, or test fewer`.replace(
        "  ",
        " ",
      ),
    );
  }
  const noise = noiseMeter(panel, eligible, testDays);
  return affordable
    .map((group) => ({ ...group, noise: noise(group.testRegions) }))
    .sort((a, b) => a.noise - b.noise)
    .slice(0, SIMULATED);
}

function designOf(
  panel: RegionPanel,
  testRegions: readonly number[],
  share: number,
  options: GeoDesignOptions,
): GeoDesign {
  const { testDays, windows, power, random } = options;
  const excluded = options.excluded ?? [];
  const coming = { testRegions, excluded, firstDay: panel.days - testDays, lastDay: panel.days - 1 };
  const split = splitPanel(panel, coming);
  const { weights, fitError } = estimateLift(split, "synthetic-control", 1);
  let expected = 0;
  for (let day = split.daysBefore; day < split.days; day++) expected += split.treated[day]!;
  return {
    ...simulatePower(panel, testRegions, { testDays, windows, power, random, excluded }),
    testRegions,
    share,
    fitError,
    expected,
    controls: split.controlRegions
      .map((region, i) => ({ region, weight: weights[i]! }))
      .filter(({ weight }) => weight > 1e-4)
      .sort((a, b) => b.weight - a.weight),
    // A test that would begin tomorrow: the days before it are the last ones there are.
    timeBefore: checkTimeBefore(panel, {
      testRegions,
      excluded,
      firstDay: panel.days,
      lastDay: panel.days + testDays - 1,
    }),
  };
}

/**
 * Test regions and the smallest effect that they would show; one answer where the regions are given. The order stands on the first half of
 * the past and the effects on the second, so that the first one's effect is no lucky one.
 * @throws ModelError when there are too few regions or days
 */
export function designGeoTest(panel: RegionPanel, options: GeoDesignOptions): GeoDesign[] {
  requirePanel(panel);
  if (panel.days < options.testDays + 2 * FEWEST_DAYS_BEFORE) {
    throw new ModelError(
      `there are ${panel.days} days of figures: to design a test of ${options.testDays} days at least ${options.testDays + 2 * FEWEST_DAYS_BEFORE} are needed`,
    );
  }
  const { testRegions } = options;
  if (testRegions !== undefined) {
    const totals = totalsOf(panel);
    const share =
      testRegions.reduce((sum, region) => sum + totals[region]!, 0) / totals.reduce((sum, total) => sum + total, 0);
    return [designOf(panel, testRegions, share, options)];
  }
  return chooseCandidates(panel, options).map(({ testRegions: chosen, share }) =>
    designOf(panel, chosen, share, options),
  );
}
