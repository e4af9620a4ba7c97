import {
  type Experiment,
  type ExperimentProblem,
  type Experiments,
  GAP_LIMIT,
  type TestSuggestions,
} from "../contract/index.ts";
import { drawTable, grouped } from "./io.ts";

/** As many decimals as the size of a figure makes readable. */
export function figure(value: number): string {
  return grouped(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

export const percent = (share: number, decimals = 1) => `${grouped(100 * share, decimals)} %`;

export const span = ({ low, high }: { low: number; high: number }, write: (value: number) => string) =>
  `${write(low)} to ${write(high)}`;

const PROBLEMS: Readonly<Record<ExperimentProblem, string>> = {
  "ends-before-start": "not used: it ends before it begins",
  "no-standard-error": "not used: its standard error is not above 0",
  "more-than-booked": "not used: it claims more than all conversions booked on its days",
  "unknown-channel": "not used: no touch and no spend knows its channel",
  "in-future": "not used: it ends in the future",
  "no-bookings": "conversions are not booked on all its days",
};

function verdict({ problems, model, gap }: Experiment): string {
  const [problem] = problems;
  if (problem !== undefined) return PROBLEMS[problem];
  if (model === null) return "no run of the incremental model covers it";
  if (gap === null) return "cannot be compared";
  const z = `${grouped(Math.abs(gap), 1)} standard errors`;
  return Math.abs(gap) <= GAP_LIMIT ? `agree (${z})` : `model ${gap > 0 ? "above" : "below"} the test by ${z}`;
}

export function drawExperiments({ currency, experiments }: Experiments): string {
  if (experiments.length === 0) {
    return "No lift test is known yet: touchline experiments add, touchline import experiments FILE, or touchline experiments design.\n";
  }
  return drawTable(
    ["Test", "Channel", "Method", "Days", "Incremental", "90 %", `Cost of one (${currency})`, "Model", "Verdict"],
    experiments.map((test) => [
      ...[test.experimentId, test.channel, test.method, `${test.startDate} - ${test.endDate}`],
      ...[figure(test.incrementalConversions), span(test.interval, figure)],
      test.costPerIncremental === null ? "-" : grouped(test.costPerIncremental, 2),
      test.model === null ? "-" : figure(test.model.conversions),
      verdict(test),
    ]),
  );
}

/** Of the spend of a channel: below it a test would change next to nothing. */
const LEAST_WORTH = 0.001;

export function drawSuggestions({ currency, model, range, channels, movableShare }: TestSuggestions): string {
  if (model === null || channels.length === 0 || range === null) {
    return "There is nothing to suggest from: import spend and conversions first.\n";
  }
  const isMeasured = channels.some(({ value }) => value !== null);
  const table = drawTable(
    [
      "Channel",
      `Spend a week (${currency})`,
      "Return",
      "Standard error",
      "Return of the others",
      `Worth a week (${currency})`,
      "",
    ],
    channels.map((row) => [
      ...[row.channel, grouped(row.spend), row.mean === null ? "-" : grouped(row.mean, 2)],
      row.standardError === null ? "-" : grouped(row.standardError, 2),
      grouped(row.reference, 2),
      row.value === null ? "-" : grouped(row.value),
      row.isHeld ? "held until tested" : "",
    ]),
  );
  const first = channels[0]!;
  const worth = first.value ?? 0;
  const said = !isMeasured
    ? `The model ${model} gives no interval, so nobody can say what a test is worth: the channels stand by their spend.`
    : channels.every(({ value, spend }) => (value ?? 0) < LEAST_WORTH * spend)
      ? `No test would change where the money goes: even of ${first.channel}, enough is known to decide.`
      : `A test of ${first.channel} would be worth most: about ${grouped(worth)} ${currency} a week, by moving up to ${percent(movableShare, 0)} of its spend the right way.`;
  return `${said}\nModel ${model}, ${range.from} to ${range.to}.\n\n${table}`;
}
