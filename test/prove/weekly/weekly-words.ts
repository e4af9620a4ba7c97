import { targetsInWords } from "../targets.ts";
import { movedShare } from "./rails.ts";
import type { Week, WeeklyResult } from "./weekly-result.ts";
import { checkWeekly, isLossBeyondNoise, summariseWeeks } from "./weekly-summary.ts";

const share = (value: number | null, decimals = 1): string =>
  value === null || !Number.isFinite(value) ? "-" : `${(100 * value).toFixed(decimals)} %`;
const counts = (all: Readonly<Record<string, number>>): string =>
  Object.entries(all)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

/** One week, as soon as it is over. */
export function weekInWords(week: Week): string {
  const [moved, gain, allowed] = [week.moved, week.gain / week.worthToday, week.allowed / week.worthToday].map((each) =>
    share(each),
  );
  const why = week.state === "applied" || week.outcome === "" ? "" : ` (${week.outcome})`;
  return `${week.date} ${week.state}: ${moved} moved, gain ${gain} of ${allowed} allowed ${marksOf(week)}${why}`.trimEnd();
}

/** A market's weeks as a table; gains as shares of what today's split brings in the week. */
export function weeksInWords({ kind, seed, weeks }: WeeklyResult): string {
  const head = ["week of", "state", "moved", "promised", "gain", "step", "noise", "allowed", "of movable", "", "rules"];
  const rows = weeks.map((week) => [
    ...[
      week.date,
      week.state,
      share(week.moved),
      share(week.promised === null ? null : week.promised / week.worthToday),
    ],
    ...[week.gain, week.step, week.noise, week.allowed, week.allowedOfMovable].map((each) =>
      share(each / week.worthToday),
    ),
    ...[marksOf(week), counts(week.rules)],
  ]);
  return `\n${kind} ${seed}\n${drawTable(head, rows)}`;
}

function marksOf(week: Week): string {
  return [isLossBeyondNoise(week) ? "LOSS" : "", week.breaches.length > 0 ? "RAIL" : ""].join(" ").trim();
}

/** What came of a market: its figures, and each channel at the start, at the end and where the truth leads. */
export function marketInWords(result: WeeklyResult): string {
  const one = summariseWeeks(result);
  const { weeks, channels, kind, seed } = result;
  const last = weeks.at(-1)!;
  const wanted = movedShare(
    channels.map(({ today }) => today),
    channels.map(({ allowed }) => allowed),
  );
  const rows = channels.flatMap(({ name, today, allowed, isPaid, isDemandCapture }, i) =>
    isPaid && today > 0
      ? [
          [
            ...[name, ...[today, last.split[i]!, allowed].map((each) => each.toFixed(2))],
            ...[isDemandCapture ? "demand capture" : "", heldIn(weeks, name)],
          ],
        ]
      : [],
  );
  return [
    `${kind} ${seed}: captured ${figure(one.captured)} of what the rails allow (${share(one.gained)} of ${share(one.allowed)}), ${figure(one.capturedOfMovable)} where held channels stay (${share(one.allowedOfMovable)}); promised ${share(one.promised)}; `,
    `${one.losses} weeks with a loss, ${one.lossesBeyondNoise} beyond noise, largest ${share(one.largestLoss, 2)}; ${one.breaches} breaches; ${counts(one.states)}; budget within ${share(one.budgetDrift)}; the truth moves ${share(wanted, 0)}; ${one.secondsAWeek.toFixed(1)} s a week\n`,
    drawTable(["channel", "a day", "at the end", "allowed", "", "weeks held"], rows),
  ].join("");
}

function heldIn(weeks: readonly Week[], channel: string): string {
  const rules: Record<string, number> = {};
  for (const { held } of weeks) {
    const rule = held?.[channel];
    if (rule !== undefined) rules[rule] = (rules[rule] ?? 0) + 1;
  }
  return counts(rules);
}

/** All markets in a line each, and the targets. */
export function weeklyInWords(results: readonly WeeklyResult[]): string {
  const head = [
    "market",
    "captured",
    "of movable",
    "gained",
    "allowed",
    "promised",
    "losses",
    "beyond",
    "largest",
    "under",
    "rails",
    "runs",
  ];
  const rows = results.map((result) => {
    const one = summariseWeeks(result);
    return [
      ...[`${result.kind} ${result.seed}`, figure(one.captured), figure(one.capturedOfMovable)],
      ...[one.gained, one.allowed, one.promised].map((each) => share(each)),
      ...[String(one.losses), String(one.lossesBeyondNoise), share(one.largestLoss, 2), String(one.underWater)],
      ...[String(one.breaches), counts(one.states)],
    ];
  });
  return `\n${drawTable(head, rows)}\n${LEGEND}\n\n${targetsInWords(checkWeekly(results), "Targets of weekly runs")}`;
}

const LEGEND =
  "gained, allowed, promised: sums of all weeks' gains over the split at the start, as shares of what that split would have brought; captured: gained of allowed; of movable: where channels stay that a guard-rail held; losses: weeks worth less than the week before, beyond what chance makes of the moved money, the largest; under: weeks in which less had been gained than lost so far; rails: broken ones; runs: by state.";

const figure = (value: number | null): string => (value === null ? "-" : value.toFixed(2));

function drawTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (/^-?[\d.]+( %)?$|^-$/.test(cell) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join("  ")
      .trimEnd();
  return `${[line(head), ...rows.map(line)].join("\n")}\n`;
}
