import type {
  Plan,
  RebalancingCheck,
  RebalancingRun,
  RebalancingSchedule,
  RebalancingStepRecord,
} from "../../contract/index.ts";
import { counted, drawTable, grouped } from "../io.ts";

/** A run for people: its steps, what was checked, what moves and why, and what happens next. */
export function runInWords(run: RebalancingRun): string {
  const head = `${run.isDry ? "Dry run" : "Run"} of ${run.period}, started by ${run.startedBy} on ${clock(run.startedAt)}: ${run.state}`;
  return [
    `${head}\n${run.outcome === "" ? "" : `${run.outcome}\n`}`,
    stepTable(run.steps),
    checkTable(run.checks),
    run.plan === null ? "" : moveTable(run.plan),
    `${whatNext(run)}\n`,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

export function scheduleInWords({ settings, timeZone, next, period }: RebalancingSchedule): string {
  const { schedule, isScheduled } = settings;
  return [
    `Schedule: ${schedule} (${timeZone})${isScheduled ? "" : ", switched off: nothing runs by itself"}`,
    `Current period: ${period}. Next times: ${next.map(clock).join(", ")}`,
    JSON.stringify(settings, null, 2),
    "",
  ].join("\n");
}

function stepTable(steps: readonly RebalancingStepRecord[]): string {
  return drawTable(
    ["Step", "State", "Took", "Found"],
    steps.map((record) => [record.step, record.state, took(record), found(record.facts)]),
  );
}

function took({ startedAt, endedAt }: RebalancingStepRecord): string {
  if (startedAt === null || endedAt === null) return "";
  return `${grouped((Date.parse(endedAt) - Date.parse(startedAt)) / 1000, 1)} s`;
}

/** What is shown of what a step found, in this order: the store does not keep one. Digests are for machines. */
const SHOWN = [
  ...["model", "lookbackDays", "firstDay", "lastBookedDay", "from", "to", "timeZone", "currency", "confirmed"],
  ...["curves", "withoutCurve", "status", "verdict", "budget", "period", "movedPerWeek", "gain"],
  ...["standing", "differing", "largestDifference", "waiting", "isSame"],
  ...["passed", "trimmed", "held", "blocked", "dataArrived"],
];

function found(facts: RebalancingStepRecord["facts"]): string {
  return SHOWN.flatMap((name) => {
    const value = facts[name];
    if (value === undefined || value === null || value === false || value === 0 || value === "") return [];
    if (value === true) return [wordsOf(name)];
    return [`${wordsOf(name)} ${typeof value === "number" ? figure(value) : value}`];
  }).join(", ");
}

function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function figure(value: number): string {
  return grouped(value, Number.isInteger(value) ? 0 : 2);
}

/** What passed is counted; what did not is told, with what would lift it. */
function checkTable(checks: readonly RebalancingCheck[]): string {
  if (checks.length === 0) return "";
  const told = checks.filter(({ outcome }) => outcome !== "passed");
  const passed = `${counted(checks.length - told.length, "check")} passed.\n`;
  if (told.length === 0) return passed;
  const rows = told.map(({ rule, channel, outcome, text, lift }) => [
    ...[rule, channel ?? "the run", outcome],
    lift === "" ? text : `${text} ${lift}`,
  ]);
  return `${drawTable(["Rule", "Of", "Outcome", "Why, and what would lift it"], rows)}${passed}`;
}

function moveTable({ allocation, period, expected, currency }: Plan): string {
  const rows = allocation.map(({ channel, current, recommended, reason }) => {
    const change = Number(recommended) - Number(current);
    return [channel, figure2(current), figure2(recommended), change === 0 ? "" : signed(change), reason];
  });
  const { revenue, revenueAtCurrent, interval } = expected;
  const range =
    interval === null
      ? ""
      : ` (${grouped(interval.level * 100)} % interval ${signed(interval.low)} to ${signed(interval.high)})`;
  const gain = `Expected a ${period}: ${signed(revenue - revenueAtCurrent)} ${currency} of credited revenue${range}.\n`;
  return `${drawTable(["Channel", `Now a ${period}`, "Plan", "Change", "Why"], rows)}${gain}`;
}

const figure2 = (amount: string | number) => grouped(amount, 2);
const signed = (amount: number) => `${amount < 0 ? "-" : "+"}${figure2(Math.abs(amount))}`;
const clock = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

function whatNext({ state, isDry, proposalId, settings }: RebalancingRun): string {
  if (isDry) return "Next: nothing was put forward; touchline rebalance does that.";
  switch (state) {
    case "underway":
      return "Next: the run goes on; touchline rebalance --cancel stops it.";
    case "proposed":
      return `Next: somebody approves or rejects proposal ${proposalId} on the page; after ${counted(settings.approval.expireAfterDays, "day")} it expires.`;
    case "applied":
      return `Next: take the budgets of proposal ${proposalId} to the platforms; the spend that is imported confirms them.`;
    case "nothing":
      return "Next: nothing is to be done until the next run.";
    case "blocked":
      return "Next: lift what blocked it, then touchline rebalance --again.";
    case "failed":
      return "Next: put right what failed, then touchline rebalance.";
    case "cancelled":
      return "Next: touchline rebalance --again starts it anew.";
  }
}
