import { channelOfPoints, type GivenPoint } from "./channel-of-points.ts";
import { rowsByChannel } from "./csv-curves.ts";
import { type CsvRow, type CsvTable, optionalCell, requireCell } from "./csv-table.ts";
import { type GivenChannel, type GivenModel, refuseFile } from "./given-model.ts";

/** Meridian's own default for its credible intervals. */
const LEVEL = 0.9;

/** Whether a table is Meridian's response curves: one row a channel and spend multiplier, or one more a metric. */
export function isMeridian({ columns }: CsvTable): boolean {
  return columns.includes("spend_multiplier") && columns.includes("spend");
}

/**
 * Response curves of Meridian's analyzer as a table: `channel, spend_multiplier, spend` with either `mean, ci_lo, ci_hi` (one row a
 * point) or `metric, incremental_outcome` (one row a point and metric). Today's spend is that of multiplier 1. Amounts are totals of
 * the times that the curves were computed for.
 */
export function readMeridian(file: string, table: CsvTable): GivenModel {
  const isLong = table.columns.includes("metric") && table.columns.includes("incremental_outcome");
  if (!isLong && !table.columns.includes("mean"))
    refuseFile(
      file,
      "has a spend_multiplier like Meridian's response curves, but neither mean nor metric and incremental_outcome",
    );
  const notes: string[] = [];
  const channels = [...rowsByChannel(file, table)].map(([name, rows], i): GivenChannel => {
    const points = isLong ? pointsOfLong(file, rows) : rows.map((row) => pointOfWide(file, row));
    const { channel, note } = channelOfPoints({ file, name, level: LEVEL }, points, i);
    if (note !== null) notes.push(note);
    const today = rows.find((row) => Math.abs(requireCell(file, row, "spend_multiplier") - 1) < 1e-9);
    if (today === undefined) refuseFile(file, `${name}: has no row with spend_multiplier 1, which is today's spend`);
    const current = requireCell(file, today, "spend");
    // Multipliers above 1 are the model's word, not what was seen
    return { ...channel, current, largestSpendSeen: current, flags: [] };
  });
  return { currency: null, days: null, channels, notes };
}

function pointOfWide(file: string, row: CsvRow): GivenPoint {
  return {
    spend: requireCell(file, row, "spend"),
    response: requireCell(file, row, "mean"),
    low: optionalCell(file, row, "ci_lo"),
    high: optionalCell(file, row, "ci_hi"),
  };
}

function pointsOfLong(file: string, rows: readonly CsvRow[]): GivenPoint[] {
  const byMultiplier = new Map<number, CsvRow[]>();
  for (const row of rows) {
    const multiplier = requireCell(file, row, "spend_multiplier");
    byMultiplier.set(multiplier, [...(byMultiplier.get(multiplier) ?? []), row]);
  }
  return [...byMultiplier.values()].map((metrics) => {
    const outcome = (metric: string) => {
      const row = metrics.find(({ cells }) => cells.metric === metric);
      return row === undefined ? null : requireCell(file, row, "incremental_outcome");
    };
    const response = outcome("mean");
    if (response === null) refuseFile(file, `line ${metrics[0]!.line}: the metric mean is missing at this spend`);
    return { spend: requireCell(file, metrics[0]!, "spend"), response, low: outcome("ci_lo"), high: outcome("ci_hi") };
  });
}
