import { judgeLevel } from "@touchline/solver";
import type { RebalancingCheck } from "../../contract/index.ts";
import { endOfSpend } from "./channel-silent.ts";
import { groupsOf, RECENT_DAYS, type SpendCell, seriesOf, type Watched } from "./watched.ts";
import { checkOf } from "./words.ts";

/** How often a run may be stopped by chance alone, over all channels and windows that it looks at. */
const FALSE_ALARM = 0.001;
const WINDOWS = [1, 3, 7];
/** A file that counts twice makes two of one, of what a touch costs too: where touches rose as well, more was really bought. */
const JUMP = 1.7;
const RISEN = 1.3;
const FEWEST_TOUCHES = 20;
/** Rows coincide by chance now and then: so many, of so many different amounts, do not. */
const FEWEST_ROWS = 3;
const FEWEST_NAMESAKES = 7;
/** Of the spend of the last weeks. */
const LEAST_TWICE = 0.01;
/** What is not paid day by day (fees, invoices) jumps by its nature. */
const DAILY = 0.7;

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Spend that counts twice: rows that coincide to the cent, or a jump that the channel's own touches do not follow. */
export function judgeSpend(watched: Watched): RebalancingCheck[] {
  const twice = judgeTwice(watched);
  return twice.length > 0 ? twice : judgeJumps(watched);
}

function judgeTwice({ twice, spend, days, currency }: Watched): RebalancingCheck[] {
  const since = days.at(-RECENT_DAYS) ?? days[0]!;
  const all = sumOf(spend.filter(({ date }) => date >= since).map(({ cost }) => cost));
  return twice
    .filter(
      ({ rows, amounts, namesakes, cost }) =>
        rows >= FEWEST_ROWS &&
        (amounts >= FEWEST_ROWS || namesakes >= FEWEST_NAMESAKES) &&
        Number(cost) >= LEAST_TWICE * all,
    )
    .map(({ source, other, rows, cost, firstDay, lastDay }) =>
      checkOf("spend-jumped", "blocked", {
        ...{ says: "twice", source, other, rows, amount: Number(cost).toFixed(2), currency },
        ...{ from: firstDay, to: lastDay },
      }),
    );
}

function judgeJumps(watched: Watched): RebalancingCheck[] {
  const { days, currency } = watched;
  const end = endOfSpend(watched) + 1;
  const since = days[Math.max(0, end - 91)] ?? "";
  const daily = [...groupsOf(watched.spend, ({ channel }) => channel)].filter(([, rows]) => {
    const recent = new Set(rows.filter(({ date, cost }) => cost > 0 && date > since).map(({ date }) => date));
    return recent.size >= DAILY * Math.min(91, end);
  });
  const series = [
    { channel: "", rows: daily.flatMap(([, rows]) => rows) },
    ...daily.map(([channel, rows]) => ({ channel, rows })),
  ];
  const rate = FALSE_ALARM / (WINDOWS.length * series.length);
  let judged = 0;
  for (const { channel, rows } of series) {
    const values = (of: (row: SpendCell) => number) => seriesOf(days, rows, of).slice(0, end);
    const touches = seriesOf(
      days,
      watched.touches.filter((row) => channel === "" || row.channel === channel),
      (row) => row.touches,
    ).slice(0, end);
    const costs = values(({ cost }) => cost);
    // Spend wanders, and touches follow it: what one touch costs wanders much less.
    const prices = costs.map((cost, day) => cost / (touches[day]! + 1));
    for (const window of WINDOWS) {
      const level = judgeLevel(costs, { days: window, of: "amounts" });
      if (level === null || !(level.expected > 0)) continue;
      judged++;
      const seen = judgeLevel(touches, { days: window, of: "counts" });
      const isKnown = seen !== null && seen.expected >= FEWEST_TOUCHES;
      // Without touches only the whole account tells: a channel's budget may be doubled by whoever runs it.
      if (!isKnown && channel !== "") continue;
      const jump = isKnown ? judgeLevel(prices, { days: window, of: "amounts" })! : level;
      if (level.share < RISEN || jump.share < JUMP || jump.above >= rate) continue;
      const factorOf = (of: (row: SpendCell) => number) => {
        const judgedLevel = judgeLevel(values(of), { days: window, of: "counts" });
        return judgedLevel !== null && judgedLevel.expected > 0 ? { factor: judgedLevel.share } : null;
      };
      const [clicks, impressions] = [factorOf((row) => row.clicks), factorOf((row) => row.impressions)];
      return [
        checkOf(
          "spend-jumped",
          "blocked",
          {
            ...{ says: "jumped", from: days[end - window]!, to: days[end - 1]!, days: window, currency },
            ...{ seen: level.seen.toFixed(2), expected: level.expected.toFixed(2), factor: level.share },
            ...{ touches: seen?.share ?? 0, falseAlarm: FALSE_ALARM },
            ...(clicks === null ? {} : { clicks: clicks.factor }),
            ...(impressions === null ? {} : { impressions: impressions.factor }),
          },
          channel === "" ? null : channel,
        ),
      ];
    }
  }
  if (judged === 0) return [checkOf("spend-jumped", "passed", { says: "unknown" })];
  return [checkOf("spend-jumped", "passed", { says: "fine", days: WINDOWS.at(-1)!, falseAlarm: FALSE_ALARM })];
}
