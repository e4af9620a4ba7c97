import { lateRows } from "@touchline/sql";
import { daysOfMonth, shiftMonth } from "../../calendar-days.ts";
import type { Adjustment, DateRange, ReconciliationLine, RoiReport } from "../../contract/index.ts";
import { minus, sumOf } from "../../exact.ts";
import type { WorkspaceStore } from "../../store/index.ts";
import type { Workspace } from "../../workspace.ts";
import { monthsOf } from "../roi/compared-range.ts";
import { grossOf, type MonthBooks, readBooks } from "../roi/read-books.ts";
import { reconciled } from "../roi/reconcile.ts";
import { closedNow, frozenReport } from "./closed-periods.ts";

export interface LateData {
  /** The months that are closed. */
  readonly closed: readonly string[];
  /** The first month after them: what comes late is counted there. Null where none is closed. */
  readonly nextOpen: string | null;
  /** What closed months have already taken, and what waits for the next one. */
  readonly taken: readonly Adjustment[];
  readonly pending: readonly Adjustment[];
  /** Closed months and what came late against the books of now. */
  readonly lines: readonly ReconciliationLine[];
}

const NONE: LateData = { closed: [], nextOpen: null, taken: [], pending: [], lines: [] };

/**
 * What the books of closed months say now beside what was frozen. What is booked belongs to no channel; spend goes by channel.
 * Law: what was frozen, what closed months have taken since, and what waits, add up to the books of now, to the cent.
 */
export async function readLateData(workspace: Workspace, store: WorkspaceStore): Promise<LateData> {
  const rows = await closedNow(store);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return NONE;
  const closed = rows.map(({ month }) => month);
  const nextOpen = shiftMonth(last.month, 1);
  const range = { from: daysOfMonth(first.month).from, to: daysOfMonth(last.month).to };
  const reports = new Map(rows.map((row) => [row.month, frozenReport(row)]));
  const taken = [...reports.values()].flatMap(({ adjustments }) => adjustments);
  const [books, counts] = await Promise.all([
    readBooks(workspace, range, closed),
    countLate(workspace, range, last.watermark),
  ]);
  const pending = closed.flatMap((month) => {
    const known = [...frozenAmounts(reports.get(month)!), ...taken.filter((each) => each.month === month)];
    return withoutStrayCents(
      differences(amountsOf(books.get(month)!), known).map(
        ({ kind, channel, amount }): Adjustment => ({
          ...{ month, countedIn: nextOpen, channel, kind, amount },
          rows: counts(month, kind, channel),
        }),
      ),
    );
  });
  return { closed, nextOpen, taken, pending, lines: linesOf(reports, [...taken, ...pending], books) };
}

interface Booked {
  readonly kind: Adjustment["kind"];
  readonly channel: string;
  readonly amount: string;
}

function amountsOf({ conversions, revenue, refunds, spend }: MonthBooks): Booked[] {
  return [
    { kind: "revenue", channel: "", amount: grossOf({ revenue, refunds }) },
    { kind: "refund", channel: "", amount: refunds },
    { kind: "conversions", channel: "", amount: conversions },
    ...[...spend].map(([channel, amount]) => ({ kind: "spend" as const, channel, amount })),
  ];
}

function partOf(report: RoiReport, code: ReconciliationLine["code"], part: string): string {
  const line = report.reconciliation.find((each) => each.code === code);
  return line?.parts.find((each) => each.code === part)?.amount ?? "0";
}

/** The same of a frozen report, read from its own lines and rows. */
function frozenAmounts(report: RoiReport): Booked[] {
  const conversions = report.reconciliation.find(({ code }) => code === "conversions")?.booked ?? "0";
  return [
    { kind: "revenue", channel: "", amount: partOf(report, "refunds", "gross") },
    { kind: "refund", channel: "", amount: partOf(report, "refunds", "refunds") },
    { kind: "conversions", channel: "", amount: conversions },
    ...report.rows.map(({ name, figures }) => ({ kind: "spend" as const, channel: name, amount: figures.spend })),
  ];
}

/** What is now less what is known of it already; what has not changed is left out. */
function differences(now: readonly Booked[], known: readonly Booked[]): Booked[] {
  const keyOf = ({ kind, channel }: Booked) => `${kind} ${channel}`;
  const named = new Map([...now, ...known].map((each) => [keyOf(each), each]));
  const sumIn = (list: readonly Booked[], key: string) =>
    sumOf(list.filter((each) => keyOf(each) === key).map(({ amount }) => amount));
  return [...named]
    .map(([key, { kind, channel }]) => ({ kind, channel, amount: minus(sumIn(now, key), sumIn(known, key)) }))
    .filter(({ amount }) => amount !== "0");
}

const sizeOf = (amount: string) => Math.abs(Number(amount));
const CENT = 0.01;

/**
 * A channel to which nothing came may stand a cent apart, because what rounding leaves over goes to other rows once there are more of
 * them. Such cents go with the largest late amount of their month, and where they cancel out, nowhere.
 * Law: the sum stays.
 */
export function withoutStrayCents(late: readonly Adjustment[]): Adjustment[] {
  const isStray = ({ kind, amount, rows }: Adjustment) => kind === "spend" && rows === 0 && sizeOf(amount) <= CENT;
  const [stray, others] = [late.filter(isStray), late.filter((each) => !isStray(each))];
  const left = sumOf(stray.map(({ amount }) => amount));
  if (left === "0") return others;
  const largest = others.filter(({ kind }) => kind === "spend").sort((a, b) => sizeOf(b.amount) - sizeOf(a.amount))[0];
  if (largest === undefined) return [...late];
  return others
    .map((each) => (each === largest ? { ...each, amount: sumOf([each.amount, left]) } : each))
    .filter(({ amount }) => amount !== "0");
}

type CountOf = (month: string, kind: Adjustment["kind"], channel: string) => number;

/** A watermark begins with the number of the newest import that it covers. */
async function countLate(workspace: Workspace, range: DateRange, watermark: string): Promise<CountOf> {
  const { timeZone } = await workspace.settings();
  const afterImport = Number(watermark.split("-")[0]) || 0;
  const rows = await workspace.warehouse.ask(lateRows, { ...range, timeZone, afterImport });
  return (month, kind, channel) => {
    const counted = kind === "conversions" ? "revenue" : kind;
    return rows.find((row) => row.month === month && row.kind === counted && row.channel === channel)?.rows ?? 0;
  };
}

/** Conversions are no money. */
const MONEY = { "closed-periods": ["revenue", "refund"], "closed-spend": ["spend"] } as const;

function linesOf(
  reports: ReadonlyMap<string, RoiReport>,
  late: readonly Adjustment[],
  books: ReadonlyMap<string, MonthBooks>,
): ReconciliationLine[] {
  return (["closed-periods", "closed-spend"] as const).map((code) => {
    const kinds: readonly string[] = MONEY[code];
    const sumIn = (list: readonly Booked[]) =>
      sumOf(list.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => amount));
    return reconciled(
      code,
      [
        ["frozen", sumIn([...reports.values()].flatMap(frozenAmounts))],
        ["late", sumIn(late)],
      ],
      sumIn([...books.values()].flatMap(amountsOf)),
    );
  });
}

/** What came late and is counted in the months of a range. */
export function countedIn({ taken, pending }: LateData, range: DateRange): Adjustment[] {
  const months = new Set(monthsOf(range));
  return [...taken, ...pending].filter((each) => months.has(each.countedIn));
}
