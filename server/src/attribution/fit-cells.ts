import { reconcileMargins } from "@touchline/solver";
import type { CreditCell, SeedCell } from "@touchline/sql";
import type { DateBasis } from "../contract/index.ts";
import type { ChannelFit } from "./models/index.ts";

interface Table {
  readonly dates: readonly string[];
  readonly channels: readonly string[];
}

function tableOf(
  seeds: readonly SeedCell[],
  { dates, channels }: Table,
  amount: (seed: SeedCell) => number,
): Float64Array {
  const row = new Map(dates.map((date, i) => [date, i]));
  const column = new Map(channels.map((channel, i) => [channel, i]));
  const table = new Float64Array(dates.length * channels.length);
  for (const seed of seeds) {
    const at = column.get(seed.channel);
    if (at !== undefined) table[row.get(seed.date)! * channels.length + at]! += amount(seed);
  }
  return table;
}

function rowSums(table: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    table.subarray(row * columns, (row + 1) * columns).reduce((sum, cell) => sum + cell, 0),
  );
}

const notNegative = (amount: number) => Math.max(0, amount);

/** Every column is scaled to its total; one that no journey touched is spread over the days like all the others together. */
function scaleColumns(seed: Float64Array, days: Float64Array, totals: Float64Array): Float64Array {
  const columns = totals.length;
  const sums = new Float64Array(columns);
  seed.forEach((cell, at) => {
    sums[at % columns]! += cell;
  });
  const all = days.reduce((sum, day) => sum + day, 0);
  return seed.map((cell, at) => {
    const column = at % columns;
    if (totals[column] === 0) return 0;
    return sums[column]! > 0
      ? (cell / sums[column]!) * totals[column]!
      : (days[Math.floor(at / columns)]! / all) * totals[column]!;
  });
}

/**
 * A fitted model says what each channel earned over the whole range, not on which day. This spreads it: in proportion to what the
 * journeys of each day gave the channel, and under the conversion basis so that each day also adds up to its own bookings.
 * @returns cells of days x channels, and a warning where days and channels could not both be met exactly
 */
export function fitCells(
  seeds: readonly SeedCell[],
  fit: ChannelFit,
  basis: DateBasis,
): { cells: CreditCell[]; warnings: string[] } {
  const dates = [...new Set(seeds.map(({ date }) => date))].sort();
  const { channels } = fit;
  const table: Table = { dates, channels };
  const warnings: string[] = [];
  const spread = (amount: (seed: SeedCell) => number, shares: readonly number[], what: string): Float64Array => {
    const journeys = tableOf(seeds, table, amount);
    // Refunds beyond what was paid leave negative amounts, which no share of a total can give: they stay with the day's rounding.
    const seed = journeys.map(notNegative);
    const rowTotals = rowSums(journeys, dates.length, channels.length).map(notNegative);
    const total = rowTotals.reduce((sum, day) => sum + day, 0);
    if (total === 0) return new Float64Array(seed.length);
    const columnTotals = Float64Array.from(shares, (share) => share * total);
    if (basis === "touch") return scaleColumns(seed, rowTotals, columnTotals);
    const result = reconcileMargins({ seed, rows: dates.length, columns: channels.length, rowTotals, columnTotals });
    if (!result.converged && result.worstColumnError > 1e-9) {
      warnings.push(
        `There are too few journeys to spread ${what} over days exactly: days add up, a channel's total may be off by ${(result.worstColumnError * 100).toPrecision(2)} %.`,
      );
    }
    return result.cells;
  };
  const conversions = spread((seed) => Number(seed.conversions), fit.share, "conversions");
  const revenue = spread((seed) => Number(seed.revenue), fit.valueShare, "revenue");
  // Margins follow the model's view of value: it has none of its own of them.
  const margin = spread((seed) => Number(seed.margin), fit.valueShare, "margin");
  const cells = dates.flatMap((date, row) =>
    channels.map((channel, column) => {
      const at = row * channels.length + column;
      return { date, channel, conversions: conversions[at]!, revenue: revenue[at]!, margin: margin[at]! };
    }),
  );
  return { cells: cells.filter((cell) => cell.conversions !== 0 || cell.revenue !== 0 || cell.margin !== 0), warnings };
}
