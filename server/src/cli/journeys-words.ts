import type {
  JourneyBucket,
  JourneyFigures,
  JourneyLengths,
  JourneyPaths,
  JourneyPositions,
  JourneyStep,
  JourneySummary,
} from "../contract/index.ts";
import { counted, drawTable, grouped } from "./io.ts";

/** All that `touchline journeys` prints. */
export interface JourneyAnswers {
  readonly range: { readonly from: string; readonly to: string };
  readonly summary: JourneySummary;
  readonly paths: JourneyPaths;
  readonly lengths: JourneyLengths;
  readonly positions: JourneyPositions;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
const BAR_WIDTH = 30;

/** For the terminal: summary, paths, lengths, positions. */
export function drawJourneys({ range, summary, paths, lengths, positions }: JourneyAnswers): string {
  const head = `Journeys that ended from ${range.from} to ${range.to}, touches up to ${counted(summary.lookbackDays, "day")} before the conversion\n`;
  if (summary.total.journeys === 0) return `${head}\nThere is no such journey.\n`;
  return [
    `${head}\n${drawSummary(summary)}`,
    drawPaths(paths, summary.currency),
    drawBuckets("Time from the first touch to the conversion", lengths.time, nameTime),
    drawBuckets("Touches up to the conversion", lengths.touches, nameTouches),
    drawPositions(positions),
  ].join("\n");
}

function drawSummary({ total, undecided, withinHour, withinDay, time, touches, currency }: JourneySummary): string {
  const lines = [
    `${counted(total.journeys, "journey")}, ${grouped(total.converted)} converted (${percent(total.conversionRate)}): ${counted(total.conversions, "conversion")}, ${money(total.revenue, currency)}`,
  ];
  if (time.median !== null) {
    lines.push(
      `Half of the conversions came within ${duration(time.median)} of the first touch, nine in ten within ${duration(time.p90)}`,
      `${percent(withinHour / total.conversions)} came within an hour of it, ${percent(withinDay / total.conversions)} within a day`,
      `Half of them came after ${grouped(touches.median ?? 0)} touches or fewer, nine in ten after ${grouped(touches.p90 ?? 0)} or fewer`,
    );
  }
  if (undecided > 0) lines.push(`${counted(undecided, "journey")} without a conversion may still get one`);
  return `${lines.join("\n")}\n`;
}

function drawPaths({ rows, others, total, paths }: JourneyPaths, currency: string): string {
  // By campaign, or where only converted ones are asked for, a rate would be 100 % in every line.
  const isMixed = total.unconverted > 0;
  const figures = (row: JourneyFigures, share: number | null) => [
    ...[grouped(row.conversions), percent(share), grouped(row.revenue, 2)],
    ...(isMixed ? [grouped(row.journeys), percent(row.conversionRate), grouped(row.unconverted)] : []),
  ];
  const lines = rows.map((row) => [
    `${row.isCut ? "... > " : ""}${row.path.map(nameStep).join(" > ")}`,
    ...figures(row, row.share),
  ]);
  if (others !== null) lines.push([`(${counted(others.paths, "other path")})`, ...figures(others, others.share)]);
  lines.push(["Total", ...figures(total, total.conversions === 0 ? null : 1)]);
  const head = ["Path", "Conversions", "Share", `Revenue${unit(currency)}`];
  if (isMixed) head.push("Journeys", "Rate", "Unconverted");
  return `Most common paths (${grouped(rows.length)} of ${grouped(paths)})\n\n${drawTable(head, lines)}`;
}

function drawBuckets(
  title: string,
  buckets: readonly JourneyBucket[],
  nameOf: (bucket: JourneyBucket) => string,
): string {
  const all = buckets.reduce((sum, { conversions }) => sum + conversions, 0);
  const most = Math.max(1, ...buckets.map(({ conversions }) => conversions));
  const rows = buckets.map((bucket) => [
    nameOf(bucket),
    grouped(bucket.conversions),
    percent(all === 0 ? null : bucket.conversions / all),
    "#".repeat(Math.round((bucket.conversions / most) * BAR_WIDTH)),
  ]);
  return `${title}\n\n${drawTable(["", "Conversions", "Share", ""], rows)}`;
}

function drawPositions({ rows, steps }: JourneyPositions): string {
  const lines = rows.map(({ step, opens, assists, closes, alone, assistRatio }) => [
    nameStep(step),
    ...[opens, assists, closes, alone].map(({ conversions }) => grouped(conversions)),
    assistRatio === null ? "-" : assistRatio.toFixed(2),
  ]);
  const title = `Conversions by position (${grouped(rows.length)} of ${grouped(steps)})`;
  return `${title}\n\n${drawTable(["", "Opens", "Assists", "Closes", "Alone", "Assists/closes"], lines)}`;
}

function nameStep({ channel, campaign }: JourneyStep): string {
  return campaign === undefined ? channel : `${channel} / ${campaign === "" ? "(none)" : campaign}`;
}

const unit = (currency: string) => (currency === "" ? "" : ` ${currency}`);
const money = (amount: string, currency: string) => `${grouped(amount, 2)}${unit(currency)}`;
const percent = (share: number | null) => (share === null ? "-" : `${(share * 100).toFixed(1)} %`);

function duration(seconds: number | null): string {
  if (seconds === null) return "-";
  if (seconds < 60) return counted(seconds, "second");
  if (seconds < 2 * HOUR) return counted(Math.round(seconds / 60), "minute");
  return seconds < 2 * DAY ? `${trimmed(seconds / HOUR)} hours` : `${trimmed(seconds / DAY)} days`;
}

const trimmed = (value: number) => String(Number(value.toFixed(1)));

function nameTime({ low, high }: JourneyBucket): string {
  const name = (seconds: number) => (seconds % DAY === 0 ? `${seconds / DAY} d` : `${seconds / HOUR} h`);
  if (low === 0) return `under ${name(high ?? 0)}`;
  return high === null ? `${name(low)} and more` : `${name(low)} to ${name(high)}`;
}

function nameTouches({ low, high }: JourneyBucket): string {
  if (high === null) return `${low} and more`;
  return high - low === 1 ? String(low) : `${low} to ${high - 1}`;
}
