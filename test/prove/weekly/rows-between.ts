import { DAY } from "../market/season.ts";
import type { MarketRows } from "../write-files.ts";

/** Those rows of a market that lie in a span of time, first moment included, last one not. */
export function rowsBetween(from: number, to: number, rows: MarketRows): MarketRows {
  const { touches, conversions, spend } = rows;
  const isInside = (second: number) => second >= from && second < to;
  return {
    ...rows,
    touches: keep(touches, (row) => isInside(touches.second[row]!)),
    conversions: keep(conversions, (row) => isInside(conversions.second[row]!)),
    spend: keep(spend, (row) => isInside(spend.day[row]! * DAY)),
  };
}

type Column = Uint8Array | Uint16Array | Uint32Array | Int16Array | Int32Array | Float64Array;

function keep<T extends object>(columns: T, isKept: (row: number) => boolean): T {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, (column as Column).filter((_, row) => isKept(row))]),
  ) as T;
}
