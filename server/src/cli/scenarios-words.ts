import {
  commonPeriod,
  DAYS_PER_PERIOD,
  type Scenario,
  type ScenarioComparison,
  type ScenarioSummary,
} from "../contract/index.ts";
import { GOAL_UNITS, priceInWords } from "../planning/index.ts";
import { drawTable, grouped, printable } from "./io.ts";

const STATUS = { optimal: "plan", leave: "leave", infeasible: "impossible" } as const;

export function drawScenarios(list: readonly ScenarioSummary[]): string {
  if (list.length === 0) return "No scenario is saved. touchline scenarios save NAME saves one.\n";
  const rows = list.map(({ name, id, savedAt, savedBy, input, status, spend, currency, expected }) => [
    name,
    id.slice(0, 8),
    savedAt.slice(0, 16).replace("T", " "),
    savedBy,
    STATUS[status],
    `${grouped(spend)} ${currency} a ${input.period}`,
    gainOf(expected.goal),
  ]);
  return drawTable(["Name", "Id", "Saved", "By", "Says", "Spends", "Gains"], rows);
}

export function drawScenario({ name, plan }: Scenario): string {
  const { expected, status, currency, period } = plan;
  const { goal, value, valueAtCurrent } = expected.goal;
  const what = goal === "revenue" ? "credited revenue" : GOAL_UNITS[goal];
  const unit = goal === "conversions" ? "" : ` ${currency}`;
  const rows = plan.allocation.map(({ channel, current, recommended }) => [
    channel,
    grouped(current, 2),
    grouped(recommended, 2),
  ]);
  const says =
    status === "infeasible"
      ? "Its limits contradict each other.\n"
      : `Expected ${what} ${grouped(value)}${unit} a ${period}, today ${grouped(valueAtCurrent)}.\n`;
  return `Saved as "${printable(name)}".\n\n${drawTable(["Channel", `Today ${currency}`, `Plan ${currency}`], rows)}\n${says}`;
}

/** Side by side in amounts of their period, or per day, so that scenarios of different periods can be compared. */
export function drawComparison({ scenarios, channels }: ScenarioComparison): string {
  const period = commonPeriod(scenarios.map(({ scenario }) => scenario.plan.period));
  const days = DAYS_PER_PERIOD[period];
  const isRecomputed = scenarios.some(({ today }) => today !== null);
  const head = scenarios.flatMap(({ scenario }) => [scenario.name, ...(isRecomputed ? ["today"] : [])]);
  const figure = (value: number | null | undefined) =>
    value === null || value === undefined ? "-" : grouped(value * days, 2);
  const rows = channels.map(({ channel, saved, today }) => [
    channel,
    ...saved.flatMap((value, i) => [figure(value), ...(isRecomputed ? [figure(today[i])] : [])]),
  ]);
  const total = (pick: (row: (typeof channels)[number]) => number | null | undefined) =>
    figure(channels.reduce((sum, row) => sum + (pick(row) ?? 0), 0));
  const totals = scenarios.flatMap((_, i) => [
    total(({ saved }) => saved[i]),
    ...(isRecomputed ? [total(({ today }) => today[i])] : []),
  ]);
  const results = scenarios.flatMap(({ scenario: { plan }, today }) => {
    const resultOf = ({ expected: { goal }, period: own }: typeof plan) =>
      `${figure(goal.value / DAYS_PER_PERIOD[own])} ${GOAL_UNITS[goal.goal]}`;
    return [resultOf(plan), ...(isRecomputed ? [today === null ? "-" : resultOf(today.plan)] : [])];
  });
  const table = drawTable(
    [`Spend a ${period}`, ...head],
    [...rows, ["All", ...totals], [`Brings a ${period}`, ...results]],
  );
  return [table, ...scenarios.map(drawNotes)].join("");
}

function drawNotes({ scenario, today }: ScenarioComparison["scenarios"][number]): string {
  const { plan, name } = scenario;
  const binding = plan.shadowPrices.map(
    ({ limit, price }) => `  ${printable(priceInWords(limit, price, plan.period))}\n`,
  );
  const conflict = plan.conflict.map(({ text }) => `  impossible: ${printable(text)}\n`);
  const changes = today === null ? [] : today.changes.channels.map(({ text }) => `  ${printable(text)}\n`);
  const since = today === null ? "" : `  ${printable(today.changes.text)}\n`;
  return [
    "\n",
    `${printable(name)}: ${gainOf(plan.expected.goal)} a ${plan.period}\n`,
    ...binding,
    ...conflict,
    since,
    ...changes,
  ].join("");
}

/** "+1,200 margin (800 to 1,500)": more of the goal than today brings. */
function gainOf({ goal, value, valueAtCurrent, interval }: Scenario["plan"]["expected"]["goal"]): string {
  const gain = value - valueAtCurrent;
  const range = interval === null ? "" : ` (${grouped(interval.low)} to ${grouped(interval.high)})`;
  return `${gain >= 0 ? "+" : ""}${grouped(gain)} ${GOAL_UNITS[goal]}${range}`;
}
