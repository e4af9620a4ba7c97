import { judgeLevel } from "@touchline/solver";
import { shiftDay, todayIn } from "../../calendar-days.ts";
import type { RebalancingCheck } from "../../contract/index.ts";
import { groupsOf, seriesOf, type Watched } from "./watched.ts";
import { checkOf } from "./words.ts";

/** How often a run may be stopped by chance alone, over all types and windows that it looks at. */
const FALSE_ALARM = 0.001;
/** Days that are judged together: one for what breaks at once, seven for what leaks. */
const WINDOWS = [1, 3, 7];
/** Less is far below: sales may fall by a third without anything being broken. */
const FAR_BELOW = 0.5;
const FEWEST_TAIL_DAYS = 3;
const MOST_TYPES = 5;
const RECENT_DAYS = 84;
/** Something else goes on while conversions stop: so much of the usual touches, or any spend. */
const GOES_ON = 0.3;
/** Conversions come as ever, and their revenue does not. */
const STILL_COMES = 0.7;

/**
 * Conversion tracking that broke. A type of conversions is held against its own weekdays; where visits fell as well, fewer conversions are
 * to be expected, so that a quiet day is not a broken one.
 */
export function judgeConversions(watched: Watched, timeZone: string, staleAfterHours: number): RebalancingCheck[] {
  const { days } = watched;
  const since = days.at(-RECENT_DAYS) ?? days[0]!;
  const types = [...groupsOf(watched.conversions, ({ conversionType }) => conversionType)]
    .map(([type, rows]) => {
      const recent = rows.filter(({ date }) => date >= since).reduce((sum, row) => sum + row.conversions, 0);
      return { type, rows, recent };
    })
    .sort((a, b) => b.recent - a.recent)
    .slice(0, MOST_TYPES);
  const touches = seriesOf(days, watched.touches, (row) => row.touches);
  const isLive = watched.feeds.some(
    ({ kind, newestRowAt }) =>
      kind === "conversions" && todayIn(timeZone, new Date(newestRowAt)) >= shiftDay(days.at(-1)!, 1),
  );
  let judged = 0;
  const found = types.flatMap(({ type, rows }) => {
    const counts = seriesOf(days, rows, ({ conversions }) => conversions);
    const revenue = seriesOf(days, rows, (row) => Math.max(0, row.revenue));
    const last = counts.findLastIndex((count) => count > 0);
    const tail = days.length - 1 - last;
    const isTail =
      tail >= Math.max(FEWEST_TAIL_DAYS, Math.ceil(staleAfterHours / 24)) && elseGoesOn(watched, touches, last);
    // A day is complete once something came after it.
    const end = isTail ? days.length : isLive ? days.length : last;
    const windows = isTail ? [Math.min(tail, 7)] : WINDOWS;
    // Each window is looked at twice: once for its conversions, once for their revenue.
    const rate = FALSE_ALARM / ((isTail ? 1 : 2 * WINDOWS.length) * types.length);
    for (const window of windows) {
      const upTo = (values: readonly number[]) => values.slice(0, end);
      const span = { from: days[end - window]!, to: days[end - 1]!, days: window, type, falseAlarm: FALSE_ALARM };
      const factor = judgeLevel(upTo(touches), { days: window, of: "counts" })?.share ?? 1;
      const level = judgeLevel(upTo(counts), { days: window, of: "counts", factor });
      if (level === null) continue;
      judged++;
      const { seen, expected, share } = level;
      const numbers = { ...span, seen, expected: Math.round(expected), share };
      if (share < FAR_BELOW && level.below < rate)
        return [checkOf("conversions-dropped", "blocked", { says: seen === 0 ? "zero" : "fallen", ...numbers })];
      const worth = judgeLevel(upTo(revenue), { days: window, of: "amounts" });
      if (worth !== null && share >= STILL_COMES && worth.share < FAR_BELOW * share && worth.below < rate)
        return [
          checkOf("conversions-dropped", "blocked", {
            ...{ says: "revenue", ...span, seen: worth.seen.toFixed(2) },
            ...{ expected: worth.expected.toFixed(2), share: worth.share },
          }),
        ];
    }
    return [];
  });
  if (found.length > 0) return found;
  if (judged === 0) return [checkOf("conversions-dropped", "passed", { says: "unknown" })];
  return [checkOf("conversions-dropped", "passed", { says: "fine", days: WINDOWS.at(-1)!, falseAlarm: FALSE_ALARM })];
}

function elseGoesOn({ days, spend }: Watched, touches: readonly number[], last: number): boolean {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const after = touches.slice(last + 1);
  const before = touches.slice(Math.max(0, last - 27), last + 1);
  if (mean(before) > 0) return mean(after) >= GOES_ON * mean(before);
  return spend.some(({ date, cost }) => cost > 0 && date > days[Math.max(0, last)]!);
}
