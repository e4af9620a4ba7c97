import { ModelError } from "../model-error.ts";

/** One figure a region and day: `values[region x days + day]`, all days of the first region before those of the second. */
export interface RegionPanel {
  readonly regions: readonly string[];
  readonly days: number;
  readonly values: Float64Array;
}

/** Regions are meant by their place in the panel, days by theirs; both ends of the test are included. */
export interface GeoTest {
  readonly testRegions: readonly number[];
  readonly firstDay: number;
  readonly lastDay: number;
  /** Regions that are neither tested nor compared with. */
  readonly excluded?: readonly number[];
}

/** A panel as one test sees it: the test regions as one series, the others beside it, nothing after the last day. */
export interface SplitPanel {
  readonly days: number;
  /** Days before the test: the first day of the test by its place. */
  readonly daysBefore: number;
  readonly treated: Float64Array;
  /** `controls[control x days + day]` */
  readonly controls: Float64Array;
  /** Places in the panel. */
  readonly controlRegions: readonly number[];
}

/** Fewer days before the test say nothing about how its regions move together. */
export const FEWEST_DAYS_BEFORE = 14;
export const FEWEST_CONTROLS = 2;

/** @throws ModelError when the layout and the figures do not fit */
export function requirePanel({ regions, days, values }: RegionPanel): void {
  if (values.length !== regions.length * days) {
    throw new ModelError(`${values.length} figures are not ${regions.length} regions of ${days} days`);
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new ModelError(
      `region ${regions[Math.floor(bad / days)]} has a figure that is no number, on day ${(bad % days) + 1}`,
    );
  }
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum / (to - from);
}

function requireDays({ days }: RegionPanel, { firstDay, lastDay }: GeoTest): void {
  if (lastDay < firstDay) throw new ModelError("the test ends before it begins");
  if (firstDay < FEWEST_DAYS_BEFORE) {
    throw new ModelError(
      `there are ${Math.max(0, firstDay)} days before the test: at least ${FEWEST_DAYS_BEFORE} are needed to see how the regions move together`,
    );
  }
  if (lastDay >= days) throw new ModelError("the test ends after the last day that there are figures for");
}

/**
 * Adds the test regions up and puts the others beside them. Others that had nothing before the test cannot be compared with and are
 * left out.
 * @throws ModelError when there is nothing to test, or nothing to compare with
 */
export function splitPanel(panel: RegionPanel, test: GeoTest): SplitPanel {
  requirePanel(panel);
  requireDays(panel, test);
  const days = test.lastDay + 1;
  const isTest = new Set(test.testRegions);
  if (isTest.size === 0) throw new ModelError("a geo test needs at least one test region");
  const setAside = new Set(test.excluded ?? []);
  const series = (region: number) => panel.values.subarray(region * panel.days, region * panel.days + days);
  const treated = new Float64Array(days);
  for (const region of isTest) for (let day = 0; day < days; day++) treated[day]! += series(region)[day]!;
  if (meanOf(treated, 0, test.firstDay) <= 0) {
    throw new ModelError("the test regions had nothing before the test: there is nothing to compare with");
  }
  const controlRegions = panel.regions
    .map((_, region) => region)
    .filter((region) => !isTest.has(region) && !setAside.has(region) && meanOf(series(region), 0, test.firstDay) > 0);
  if (controlRegions.length < FEWEST_CONTROLS) {
    throw new ModelError(
      `${controlRegions.length} regions are left to compare with: at least ${FEWEST_CONTROLS} are needed that are not tested and had something before the test`,
    );
  }
  const controls = new Float64Array(controlRegions.length * days);
  controlRegions.forEach((region, i) => {
    controls.set(series(region), i * days);
  });
  return { days, daysBefore: test.firstDay, treated, controls, controlRegions };
}
