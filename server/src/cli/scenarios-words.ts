import { DAYS_PER_PERIOD, type Scenario, type ScenarioComparison, type ScenarioSummary } from "../contract/index.ts";
import { priceInWords } from "../planning/index.ts";
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
    gainOf(expected),
  ]);
  return drawTable(["Name", "Id", "Saved", "By", "Says", "Spends", "Revenue gained"], rows);
}

export function drawScenario({ name, plan }: Scenario): string {
  const { expected, status, currency, period } = plan;
  const rows = plan.allocation.map(({ channel, current, recommended }) => [
    channel,
    grouped(current, 2),
    grouped(recommended, 2),
  ]);
  const says =
    status === "infeasible"
      ? "Its limits contradict each other.\n"
      : `Expected credited revenue ${grouped(expected.revenue)} ${currency} a ${period}, today ${grouped(expected.revenueAtCurrent)}.\n`;
  return `Saved as "${printable(name)}".\n\n${drawTable(["Channel", `Today ${currency}`, `Plan ${currency}`], rows)}\n${says}`;
}

/** Side by side, per day, so that scenarios of different periods can be compared. */
export function drawComparison({ scenarios, channels }: ScenarioComparison): string {
  const isRecomputed = scenarios.some(({ today }) => today !== null);
  const head = scenarios.flatMap(({ scenario }) => [scenario.name, ...(isRecomputed ? ["today"] : [])]);
  const figure = (value: number | null | undefined) =>
    value === null || value === undefined ? "-" : grouped(value, 2);
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
  const revenue = scenarios.flatMap(({ scenario: { plan }, today }) => {
    const perDay = (of: typeof plan) => figure(of.expected.revenue / DAYS_PER_PERIOD[of.period]);
    return [perDay(plan), ...(isRecomputed ? [today === null ? "-" : perDay(today.plan)] : [])];
  });
  const table = drawTable(["Spend a day", ...head], [...rows, ["All", ...totals], ["Revenue a day", ...revenue]]);
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
    `${printable(name)}: revenue ${gainOf(plan.expected)} a ${plan.period}\n`,
    ...binding,
    ...conflict,
    since,
    ...changes,
  ].join("");
}

function gainOf({ revenue, revenueAtCurrent, interval }: Scenario["plan"]["expected"]): string {
  const gain = revenue - revenueAtCurrent;
  const range = interval === null ? "" : ` (${grouped(interval.low)} to ${grouped(interval.high)})`;
  return `${gain >= 0 ? "+" : ""}${grouped(gain)}${range}`;
}
