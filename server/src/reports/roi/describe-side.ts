import type { RoiFigures } from "../../contract/index.ts";
import { sumKnown, sumOf } from "../../exact.ts";
import { withRatios } from "../ratios.ts";
import type { ExactRow } from "./exact-rows.ts";
import { type ArrivalShares, arrivalShares, type Flow, paybackDays } from "./payback.ts";
import type { Side } from "./read-side.ts";
import { shareOut, toPlaces } from "./share-out.ts";

const CENTS = 2;
/** One conversion is shared between touches. */
const PARTS = 4;

interface Amounts {
  readonly conversions: string;
  readonly revenue: string;
}

/** A side as it is printed: every total is the sum of its rows. */
export interface DescribedSide {
  readonly rows: readonly RoiFigures[];
  readonly total: RoiFigures;
  /** What the chosen model credits to no channel. */
  readonly unattributed: Amounts;
  /** What no channel caused. */
  readonly baseline: Amounts;
  /** Channels with an effect but no interval: they stand in the total's interval with their estimate. */
  readonly withoutInterval: number;
}

/** First what goes to channels and what does not, then the channels' part over the rows: so every level has the same totals. */
function shareCredit(
  rows: readonly string[],
  rest: string,
  places: number,
): { rows: string[]; total: string; rest: string } {
  const credited = sumOf(rows);
  const [total, left] = shareOut(toPlaces(sumOf([credited, rest]), places), [credited, rest], places);
  return { rows: shareOut(total!, rows, places), total: total!, rest: left! };
}

function shareKnown(amounts: readonly (string | null)[]): (string | null)[] {
  const known = amounts.map((amount) => amount ?? "0");
  const shared = shareOut(toPlaces(sumOf(known), CENTS), known, CENTS);
  return amounts.map((amount, i) => (amount === null ? null : shared[i]!));
}

type Credited = "attributedConversions" | "attributedRevenue" | "incrementalConversions" | "incrementalRevenue";

/** Rows with their total: rounded once, here. */
export function describeSide(side: Side, exact: readonly ExactRow[], isByChannel: boolean): DescribedSide {
  const { attributed, incremental } = side;
  const unattributed = attributed.report.baseline;
  const baseline = incremental === null ? attributed.report.totals : incremental.report.baseline;
  const share = (name: Credited, rest: string, places: number) =>
    shareCredit(
      exact.map((row) => row[name]),
      rest,
      places,
    );
  const [ac, ar] = [
    share("attributedConversions", unattributed.conversions, PARTS),
    share("attributedRevenue", unattributed.revenue, CENTS),
  ];
  const [ic, ir] = [
    share("incrementalConversions", baseline.conversions, PARTS),
    share("incrementalRevenue", baseline.revenue, CENTS),
  ];
  const known = (name: "margin" | "presentValue" | "budget" | "committed" | "invoiced") =>
    shareKnown(exact.map((row) => row[name]));
  const [margin, presentValue] = [known("margin"), known("presentValue")];
  const [budget, committed, invoiced] = [known("budget"), known("committed"), known("invoiced")];
  const spend = shareKnown(exact.map((row) => row.spend)).map((amount) => amount!);
  const intervals = intervalsOf(side);
  const shares = incremental === null ? new Map<string, number[]>() : arrivalShares(incremental.fit);
  const rows = exact.map((row, i) => {
    const own = isByChannel ? (intervals.get(row.key.name) ?? null) : null;
    return withRatios({
      ...{ spend: spend[i]!, attributedConversions: ac.rows[i]!, attributedRevenue: ar.rows[i]! },
      ...{ incrementalConversions: ic.rows[i]!, incrementalRevenue: ir.rows[i]! },
      ...{ incrementalLow: own?.low ?? null, incrementalHigh: own?.high ?? null },
      ...{ margin: margin[i]!, presentValue: presentValue[i]! },
      ...{ budget: budget[i]!, committed: committed[i]!, invoiced: invoiced[i]! },
      paybackDays: paybackOf([row], shares),
    });
  });
  const interval = totalInterval(intervals, side);
  const total = withRatios({
    ...{ spend: sumOf(spend), attributedConversions: ac.total, attributedRevenue: ar.total },
    ...{ incrementalConversions: ic.total, incrementalRevenue: ir.total },
    ...{ incrementalLow: interval?.low ?? null, incrementalHigh: interval?.high ?? null },
    ...{ margin: sumKnown(margin), presentValue: sumKnown(presentValue) },
    ...{ budget: sumKnown(budget), committed: sumKnown(committed), invoiced: sumKnown(invoiced) },
    paybackDays: paybackOf(exact, shares),
  });
  return {
    ...{ rows, total },
    unattributed: { conversions: ac.rest, revenue: ar.rest },
    baseline: { conversions: ic.rest, revenue: ir.rest },
    withoutInterval: interval?.missing ?? 0,
  };
}

function paybackOf(rows: readonly ExactRow[], shares: ArrivalShares): number | null {
  const flows = rows.flatMap(({ byChannel }) =>
    [...byChannel].map(([channel, { revenue, margin }]): Flow => ({ channel, brought: Number(margin ?? revenue) })),
  );
  return paybackDays(Number(sumOf(rows.map(({ spend }) => spend))), flows, shares);
}

interface MoneyInterval {
  readonly low: string;
  readonly high: string;
}

/** The model's intervals are of conversions: in money at what one conversion of the channel brings. */
function intervalsOf({ incremental }: Side): ReadonlyMap<string, MoneyInterval> {
  const found = new Map<string, MoneyInterval>();
  if (incremental === null) return found;
  const { totals, channels } = incremental.report;
  for (const { channel, interval, conversions, revenue } of channels) {
    if (interval === null) continue;
    const of = Number(conversions) > 0 ? { conversions, revenue } : totals;
    const each = Number(of.conversions) > 0 ? Number(of.revenue) / Number(of.conversions) : 0;
    const [low, high] = [interval.low, interval.high].map((count) => toPlaces((count * each).toFixed(12), CENTS));
    found.set(channel, { low: low!, high: high! });
  }
  return found;
}

/**
 * As wide as it can be: as if all channels were off in the same direction. Channels without an interval count with their estimate. Null
 * where none has one.
 */
function totalInterval(
  intervals: ReadonlyMap<string, MoneyInterval>,
  { incremental }: Side,
): (MoneyInterval & { readonly missing: number }) | null {
  if (incremental === null || intervals.size === 0) return null;
  const others = incremental.report.channels.filter(
    ({ channel, conversions }) => !intervals.has(channel) && Number(conversions) !== 0,
  );
  const estimates = others.map(({ revenue }) => toPlaces(revenue, CENTS));
  const add = (side: "low" | "high") => sumOf([...[...intervals.values()].map((each) => each[side]), ...estimates]);
  return { low: add("low"), high: add("high"), missing: others.length };
}
