import { judgeLevel } from "@touchline/solver";
import type { RebalancingCheck } from "../../contract/index.ts";
import { groupsOf, seriesOf, type Watched } from "./watched.ts";
import { checkOf } from "./words.ts";

/** How often a run may be stopped by chance alone, over all days and sources that it looks at. */
const FALSE_ALARM = 0.001;
const NEWEST_DAYS = 7;
/** A day with more than this of its usual rows is whole enough. */
const SHORT = 0.5;

/** A source that did not deliver all of a day. A day counts once the same source has delivered a later one. */
export function judgeComplete(watched: Watched, silent: readonly string[]): RebalancingCheck[] {
  const { days } = watched;
  const spent = seriesOf(
    days,
    watched.spend.filter(({ channel }) => !silent.includes(channel)),
    ({ cost }) => cost,
  );
  const loud = watched.touches.filter(({ channel }) => !silent.includes(channel));
  const series = [
    ...[...groupsOf(loud, ({ source }) => source)].map(([source, rows]) => {
      return { kind: "touchpoints", source, values: seriesOf(days, rows, ({ touches }) => touches) };
    }),
    ...[
      ...groupsOf(
        watched.spend.filter(({ channel }) => !silent.includes(channel)),
        ({ source }) => source,
      ),
    ].map(([source, rows]) => ({ kind: "spend", source, values: seriesOf(days, rows, (row) => row.rows) })),
  ];
  const rate = FALSE_ALARM / (NEWEST_DAYS * Math.max(1, series.length));
  let judged = 0;
  const short = series.flatMap(({ kind, source, values }) => {
    const last = values.findLastIndex((rows) => rows > 0);
    return Array.from({ length: NEWEST_DAYS }, (_, back) => days.length - 1 - back).flatMap((day) => {
      if (day >= last || day < 0) return [];
      const factor = kind === "touchpoints" ? spendShare(spent, day) : 1;
      const level = judgeLevel(values.slice(0, day + 1), { days: 1, of: "counts", factor });
      if (level === null) return [];
      judged++;
      if (level.share >= SHORT || level.below >= rate) return [];
      return [{ kind, source, day: days[day]!, ...level }];
    });
  });
  if (judged === 0) return [checkOf("incomplete-days", "passed", { says: "unknown" })];
  if (short.length === 0)
    return [checkOf("incomplete-days", "passed", { says: "fine", days: NEWEST_DAYS, falseAlarm: FALSE_ALARM })];
  return short.map(({ kind, source, day, seen, expected, share }) =>
    checkOf("incomplete-days", "blocked", {
      ...{ says: "short", kind, source, day, rows: seen, usual: Math.round(expected), share, falseAlarm: FALSE_ALARM },
    }),
  );
}

/** Where less was spent, fewer touches are to be expected. */
function spendShare(spent: readonly number[], day: number): number {
  return judgeLevel(spent.slice(0, day + 1), { days: 1, of: "amounts" })?.share ?? 1;
}
