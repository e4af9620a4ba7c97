import type { MovementAnswer } from "../contract/index.ts";
import type { AskedMovement } from "./movement.ts";
import type { RunsOfRange } from "./scoped-runs.ts";

/** Of a normal distribution, half the width of the middle 90 % in deviations. */
const HALF_WIDTH = 1.645;

/**
 * How far a change may be chance. By the model's intervals of both sides, taken as independent: what the model errs by on both
 * sides alike does not move a difference, so that this is rather too wide. Where there are none, by how much a number of that size
 * varies by itself: its root.
 */
export function noiseOf(
  before: RunsOfRange,
  now: RunsOfRange,
  { channel, campaign, measure, model }: AskedMovement,
): MovementAnswer["noise"] {
  const isIncremental = measure === "incremental" || model === "incremental";
  if (isIncremental && channel !== null && campaign === null) {
    const widths = [before, now].map((side) => halfWidthOf(side, channel));
    if (widths.every((width) => width !== null)) return { from: "interval", halfWidth: Math.hypot(...widths) };
  }
  return {
    from: "counting",
    halfWidth: HALF_WIDTH * Math.hypot(...[before, now].map((side) => countingOf(side, channel))),
  };
}

function halfWidthOf({ chosen: { report, fit } }: RunsOfRange, channel: string): number | null {
  const interval = fit.channels[channel]?.interval;
  if (!interval) return null;
  return ((interval.high - interval.low) / 2) * worthOf(report, channel);
}

function countingOf({ chosen: { report } }: RunsOfRange, channel: string | null): number {
  const row = channel === null ? report.totals : report.channels.find((each) => each.channel === channel);
  return Math.sqrt(Math.max(0, Number(row?.conversions ?? 0))) * worthOf(report, channel);
}

/** What one conversion brings: of the channel, or of all where it has none. */
function worthOf(report: RunsOfRange["chosen"]["report"], channel: string | null): number {
  const row = channel === null ? undefined : report.channels.find((each) => each.channel === channel);
  const of = row !== undefined && Number(row.conversions) > 0 ? row : report.totals;
  return Number(of.conversions) > 0 ? Number(of.revenue) / Number(of.conversions) : 0;
}
