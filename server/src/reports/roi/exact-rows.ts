import type { ReportLevel } from "../../contract/index.ts";
import { sumOf } from "../../exact.ts";
import type { PlannedRow } from "./plan-of-days.ts";
import type { Side } from "./read-side.ts";
import { scaled } from "./share-out.ts";

/** What a row is made of, with all of its digits. Null: not known. */
export interface ExactRow {
  readonly key: RowKey;
  readonly spend: string;
  readonly attributedConversions: string;
  readonly attributedRevenue: string;
  readonly incrementalConversions: string;
  readonly incrementalRevenue: string;
  readonly margin: string | null;
  readonly presentValue: string | null;
  readonly budget: string | null;
  readonly committed: string | null;
  readonly invoiced: string | null;
  /** By channel, of the incremental side: what pays the row's spend back. */
  readonly byChannel: ReadonlyMap<string, { readonly revenue: string; readonly margin: string | null }>;
}

export interface RowKey {
  readonly name: string;
  readonly campaign: string | null;
}

interface Place {
  readonly month: string;
  readonly channel: string;
  readonly campaign: string;
}

export const keyText = ({ name, campaign }: RowKey): string => JSON.stringify([name, campaign]);

/** The row that something at this place belongs to. */
export type KeyOf = (place: Place) => RowKey;

export function keyOfLevel(level: ReportLevel): KeyOf {
  switch (level) {
    case "channel":
      return ({ channel }) => ({ name: channel, campaign: null });
    case "campaign":
      return ({ channel, campaign }) => ({ name: channel, campaign });
    case "month":
      return ({ month }) => ({ name: month, campaign: null });
  }
}

/** The keys of a side, in one order: what rounding leaves over goes by it. */
export function keysOf(side: Side, keyOf: KeyOf, planned: readonly PlannedRow[]): RowKey[] {
  const places: Place[] = [...side.spend, ...side.attributed.credit, ...(side.incremental?.credit ?? [])];
  const keys = new Map<string, RowKey>();
  for (const place of places) keys.set(keyText(keyOf(place)), keyOf(place));
  const isByCampaign = [...keys.values()].some(({ campaign }) => campaign !== null);
  if (!isByCampaign)
    for (const { month, channel } of planned) {
      const key = keyOf({ month, channel, campaign: "" });
      keys.set(keyText(key), key);
    }
  return [...keys.values()].sort(inOrder);
}

export function inOrder(a: RowKey, b: RowKey): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return (a.campaign ?? "") < (b.campaign ?? "") ? -1 : 1;
}

/** Margin as the conversions say it, or a share of the revenue where they say none; null where neither is known. */
export type MarginOf = ((row: { revenue: string; margin: string }) => string) | null;

export function marginOf(side: Side, marginShare: number | null): MarginOf {
  if (side.attributed.report.totals.margin !== undefined) return ({ margin }) => margin;
  return marginShare === null ? null : ({ revenue }) => scaled(revenue, marginShare);
}

/** Rows of a side by key, and none besides: what has no key among them is left out by nobody. */
export function exactRows(
  side: Side,
  {
    keys,
    keyOf,
    planned,
    marginShare,
  }: {
    readonly keys: readonly RowKey[];
    readonly keyOf: KeyOf;
    readonly planned: readonly PlannedRow[];
    readonly marginShare: number | null;
  },
): ExactRow[] {
  const by = <T extends Place>(rows: readonly T[]) => {
    const groups = new Map<string, T[]>();
    for (const row of rows) {
      const text = keyText(keyOf(row));
      const group = groups.get(text);
      if (group === undefined) groups.set(text, [row]);
      else group.push(row);
    }
    return groups;
  };
  const [spend, attributed, incremental] = [
    by(side.spend),
    by(side.attributed.credit),
    by(side.incremental?.credit ?? []),
  ];
  const plans = by(planned.map((row) => ({ ...row, campaign: "" })));
  const margin = marginOf(side, marginShare);
  return keys.map((key): ExactRow => {
    const text = keyText(key);
    const [credited, caused] = [attributed.get(text) ?? [], incremental.get(text) ?? []];
    const entered = (kind: PlannedRow["kind"]) => {
      const own = (key.campaign === null ? (plans.get(text) ?? []) : []).filter((row) => row.kind === kind);
      return own.length === 0 ? null : sumOf(own.map(({ amount }) => amount));
    };
    const worthOf = ({ month, revenue }: { month: string; revenue: string }) =>
      scaled(revenue, side.worth?.get(month) ?? 1);
    const channels = [...new Set(caused.map(({ channel }) => channel))];
    return {
      key,
      spend: sumOf((spend.get(text) ?? []).map((row) => row.spend)),
      attributedConversions: sumOf(credited.map(({ conversions }) => conversions)),
      attributedRevenue: sumOf(credited.map(({ revenue }) => revenue)),
      incrementalConversions: sumOf(caused.map(({ conversions }) => conversions)),
      incrementalRevenue: sumOf(caused.map(({ revenue }) => revenue)),
      margin: margin === null ? null : sumOf(caused.map(margin)),
      presentValue: side.worth === null ? null : sumOf(caused.map(worthOf)),
      ...{ budget: entered("budget"), committed: entered("commitment"), invoiced: entered("invoice") },
      byChannel: new Map(
        channels.map((channel) => {
          const own = caused.filter((row) => row.channel === channel);
          const revenue = sumOf(own.map((row) => row.revenue));
          return [channel, { revenue, margin: margin === null ? null : sumOf(own.map(margin)) }];
        }),
      ),
    };
  });
}
