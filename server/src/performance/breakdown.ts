import type { z } from "zod";
import { trustOf } from "../attribution/index.ts";
import type { BreakdownAnswer, BreakdownInput, BreakdownRow } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { attributeOf, type BreakdownSide, fetchSide, type RowName } from "./breakdown-side.ts";
import { type Amounts, addAmounts, figuresOf, intervalOf, NO_AMOUNTS, sortFigure } from "./figures.ts";
import { fetchScopedRuns, originOf, type RunsOfRange, type ScopedRun, type ScopedRuns } from "./scoped-runs.ts";

type Asked = z.output<typeof BreakdownInput>;

/**
 * Spend, delivery, credit and claims by channel, campaign, creative or what is known of touches and conversions, beside the days
 * that they are compared with.
 * Law: rows, the others and what no channel is credited with add up exactly to what was booked.
 */
export async function fetchBreakdown(workspace: Workspace, input: Asked): Promise<BreakdownAnswer> {
  const runs = await fetchScopedRuns(workspace, input, attributeOf(input.by));
  const [now, before, origin] = await Promise.all([
    fetchSide(workspace, input, runs.now),
    runs.before === null ? null : fetchSide(workspace, input, runs.before),
    originOf(workspace, runs.now, input.model),
  ]);
  const rows = joinSides(now, before, runs, input);
  const matching = rows.filter(({ name }) => isAsked(name, input));
  const shown = matching.slice(input.skip, input.skip + input.limit);
  const isShown = new Set(shown);
  const rest = rows.filter((row) => !isShown.has(row));
  const isWhole = input.within.channel === null;
  return {
    rows: shown.map(({ row }) => row),
    others: rest.length === 0 ? null : { count: rest.length, ...bothOf(rest) },
    total: { now: figuresOf(now.total), before: before === null ? null : figuresOf(before.total) },
    ...{ count: rows.length, matching: matching.length },
    noTouch: isWhole ? pairOf(runs, ({ chosen }) => baselineOf(chosen)) : null,
    baseline:
      isWhole && runs.now.incremental !== null ? pairOf(runs, ({ incremental }) => baselineOf(incremental)) : null,
    booked: isWhole ? pairOf(runs, ({ chosen }) => creditOf(chosen.report.totals)) : null,
    compared: runs.before?.range ?? null,
    origin,
    incrementalRun: runs.now.incremental?.report.run ?? null,
    refused: runs.refused,
  };
}

interface JoinedRow {
  readonly name: RowName;
  readonly now: Amounts;
  readonly before: Amounts | null;
  readonly row: BreakdownRow;
}

/** Rows of either side, in the order that was asked for. */
function joinSides(
  now: BreakdownSide,
  before: BreakdownSide | null,
  runs: ScopedRuns,
  { by, sort, isAscending }: Asked,
): JoinedRow[] {
  const names = new Map([...(before?.rows ?? []), ...now.rows]);
  const joined = [...names].map(([key, { name }]): JoinedRow => {
    const amounts = { now: now.rows.get(key)?.amounts ?? absentIn(runs.now), before: null as Amounts | null };
    if (before !== null && runs.before !== null)
      amounts.before = before.rows.get(key)?.amounts ?? absentIn(runs.before);
    return { name, ...amounts, row: rowOf(name, amounts, runs, by === "channel") };
  });
  const figure = ({ row }: JoinedRow) => sortFigure(row.now, sort);
  return joined.sort((a, b) => {
    const [left, right] = [figure(a), figure(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(a, b);
    return (isAscending ? left - right : right - left) || byName(a, b);
  });
}

const wordsOf = ({ channel, campaign, creative, value }: RowName) => [channel, campaign, creative, value].join("\n");
const byName = (a: JoinedRow, b: JoinedRow) => (wordsOf(a.name) < wordsOf(b.name) ? -1 : 1);
const isAsked = (name: RowName, { contains, channels }: Asked) =>
  (channels.length === 0 || name.channel === "" || channels.includes(name.channel)) &&
  wordsOf(name).toLowerCase().includes(contains.toLowerCase());

/** A row of the other side only: nothing is credited to it on this one. */
function absentIn({ incremental }: RunsOfRange): Amounts {
  return { ...NO_AMOUNTS, incremental: incremental === null ? null : { conversions: "0", revenue: "0" } };
}

function rowOf(
  name: RowName,
  amounts: { readonly now: Amounts; readonly before: Amounts | null },
  runs: ScopedRuns,
  isChannel: boolean,
): BreakdownRow {
  const { channel, campaign, creative, value } = name;
  const figures = (own: Amounts, { incremental }: RunsOfRange) =>
    figuresOf(
      own,
      isChannel && incremental !== null
        ? intervalOf(incremental.fit.channels[channel]?.interval, own, incremental.report.totals)
        : null,
    );
  const told = isChannel ? (runs.now.incremental ?? runs.now.chosen) : null;
  const { flags, coverage } = trustOf({
    interval: null,
    flags: told?.fit.channels[channel]?.flags ?? [],
    coverage: told?.report.channels.find((each) => each.channel === channel)?.coverage ?? null,
  });
  return {
    ...{ channel, campaign, creative, value, flags, coverage },
    now: figures(amounts.now, runs.now),
    before: amounts.before === null || runs.before === null ? null : figures(amounts.before, runs.before),
  };
}

function bothOf(rows: readonly JoinedRow[]) {
  const before = rows.flatMap((row) => (row.before === null ? [] : [row.before]));
  return {
    now: figuresOf(addAmounts(rows.map((row) => row.now))),
    before: before.length === 0 ? null : figuresOf(addAmounts(before)),
  };
}

function creditOf({ conversions, revenue }: { readonly conversions: string; readonly revenue: string }) {
  return { conversions, revenue };
}

const baselineOf = (run: ScopedRun | null) => (run === null ? null : creditOf(run.report.baseline));

/** A figure of both sides; null where the days shown have none. */
function pairOf(runs: ScopedRuns, pick: (side: RunsOfRange) => { conversions: string; revenue: string } | null) {
  const now = pick(runs.now);
  return now === null ? null : { now, before: runs.before === null ? null : pick(runs.before) };
}
