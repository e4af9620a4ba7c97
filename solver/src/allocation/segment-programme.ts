import type { LinearProgramme, LinearRow } from "../linear/index.ts";
import type { Multipliers } from "./certificate.ts";
import { nearZero } from "./near-zero.ts";
import type { Programme } from "./programme.ts";
import type { Segments } from "./segments.ts";

/**
 * The linear programme over the segments of all curves.
 *
 *     columns  segments of channel 0, of channel 1, ..., then one a stocked channel: what it sells
 *     rows     spend rows, returns, stocks, then one a stocked channel: it sells at most its response
 *
 * @param room how far limits are loosened, relative to their value
 */
export function segmentProgramme(scaled: Programme, segments: readonly Segments[], room: number): LinearProgramme {
  const layout = layOut(scaled, segments);
  return {
    objective: objectiveOf(scaled, layout),
    upper: Float64Array.of(
      ...segments.flatMap(({ widths }) => widths),
      ...layout.stocked.map(() => Number.POSITIVE_INFINITY),
    ),
    rows: [
      ...spendRows(scaled, layout, room),
      ...returnRows(scaled, segments, layout, room),
      ...stockRows(scaled, segments, layout, room),
    ],
  };
}

interface Layout {
  readonly slopes: readonly number[];
  /** The channel of each segment */
  readonly owner: readonly number[];
  readonly columnsOf: readonly (readonly number[])[];
  /** Channels that sell from a stock */
  readonly stocked: readonly number[];
  /** Column of what a channel sells; null where it sells all of its response */
  readonly saleOf: readonly (number | null)[];
}

function layOut({ stocks }: Programme, segments: readonly Segments[]): Layout {
  const owner = segments.flatMap(({ slopes }, i) => slopes.map(() => i));
  const columnsOf: number[][] = segments.map(() => []);
  for (const [column, i] of owner.entries()) columnsOf[i]!.push(column);
  const stocked = [...segments.keys()].filter((i) => stocks.some(({ use }) => use[i]! > 0));
  const saleOf = segments.map((_, i) => (stocked.includes(i) ? owner.length + stocked.indexOf(i) : null));
  return { slopes: segments.flatMap(({ slopes }) => slopes), owner, columnsOf, stocked, saleOf };
}

function objectiveOf({ worth, cost }: Programme, { slopes, owner, stocked, saleOf }: Layout): Float64Array {
  return Float64Array.of(
    ...owner.map((i, column) => (saleOf[i] === null ? worth[i]! * slopes[column]! : 0) - cost[i]!),
    ...stocked.map((i) => worth[i]!),
  );
}

function spendRows({ rows, lower }: Programme, { columnsOf }: Layout, room: number): LinearRow[] {
  return rows.map(({ members, coefficients, sense, value }) => {
    const spent = members.reduce((sum, i, t) => sum + coefficients[t]! * lower[i]!, 0);
    const slack = room * Math.abs(value);
    const relaxed = sense === "<=" ? value + slack : sense === ">=" ? value - slack : value;
    return {
      sense,
      value: nearZero(relaxed - spent),
      columns: members.flatMap((i) => columnsOf[i]!),
      coefficients: members.flatMap((i, t) => columnsOf[i]!.map(() => coefficients[t]!)),
    };
  });
}

function returnRows(
  { returns, lower }: Programme,
  segments: readonly Segments[],
  { slopes, columnsOf, saleOf }: Layout,
  room: number,
): LinearRow[] {
  return returns.map(({ gain, cost, value }) => {
    const columns: number[] = [];
    const coefficients: number[] = [];
    let slack = room * Math.max(1, value) - value;
    for (const [i, { base }] of segments.entries()) {
      if (gain[i] === 0 && cost[i] === 0) continue;
      const sale = saleOf[i]!;
      slack += (sale === null ? gain[i]! * base : 0) - cost[i]! * lower[i]!;
      for (const column of columnsOf[i]!) {
        columns.push(column);
        coefficients.push(cost[i]! - (sale === null ? gain[i]! * slopes[column]! : 0));
      }
      if (sale === null || gain[i] === 0) continue;
      columns.push(sale);
      coefficients.push(-gain[i]!);
    }
    return { sense: "<=", value: nearZero(slack), columns, coefficients };
  });
}

function stockRows(
  { stocks }: Programme,
  segments: readonly Segments[],
  { slopes, columnsOf, stocked, saleOf }: Layout,
  room: number,
): LinearRow[] {
  const held = stocks.map(({ use, value }): LinearRow => {
    const users = stocked.filter((i) => use[i]! > 0);
    return {
      sense: "<=",
      value: value * (1 + room),
      columns: users.map((i) => saleOf[i]!),
      coefficients: users.map((i) => use[i]!),
    };
  });
  const sales = stocked.map((i): LinearRow => {
    const columns = columnsOf[i]!;
    return {
      sense: "<=",
      value: nearZero(segments[i]!.base),
      columns: [saleOf[i]!, ...columns],
      coefficients: [1, ...columns.map((column) => -slopes[column]!)],
    };
  });
  return [...held, ...sales];
}

export function pricesOf({ rows, returns, stocks }: Programme, prices: Float64Array): Multipliers {
  const stocksFrom = rows.length + returns.length;
  return {
    rows: prices.slice(0, rows.length),
    returns: prices.slice(rows.length, stocksFrom),
    stocks: prices.slice(stocksFrom, stocksFrom + stocks.length),
  };
}

export function spendOf(scaled: Programme, segments: readonly Segments[], x: Float64Array): Float64Array {
  const spend = Float64Array.from(scaled.lower);
  let column = 0;
  for (const [i, { slopes }] of segments.entries()) for (const _ of slopes) spend[i]! += x[column++]!;
  return spend;
}

export function soldOf(scaled: Programme, segments: readonly Segments[], x: Float64Array): Float64Array {
  const { slopes, columnsOf, saleOf } = layOut(scaled, segments);
  return Float64Array.from(segments, ({ base }, i) => {
    const sale = saleOf[i]!;
    return sale === null ? columnsOf[i]!.reduce((sum, column) => sum + slopes[column]! * x[column]!, base) : x[sale]!;
  });
}
