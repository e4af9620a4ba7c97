import type { Frontier, GoalSeek, WeeklyPlan, WhatIf } from "../../contract/index.ts";
import { proofInWords } from "../../planning/index.ts";
import { drawTable, grouped, printable } from "../io.ts";
import { planConflictInWords } from "./conflict-words.ts";

const signed = (value: number) => `${value >= 0 ? "+" : ""}${grouped(value)}`;
const orDash = (value: number | null, write: (value: number) => string) => (value === null ? "-" : write(value));
const ratio = (value: number) => value.toFixed(2);

/** What the best split brings at every budget. */
export function frontierInWords({ points, today, breakEven, currency, period, goal }: Frontier): string {
  const rows = points.map(({ budget, best }) =>
    best === null
      ? [grouped(budget), "no plan within the limits", "-", "-"]
      : [grouped(budget), grouped(best.value), orDash(best.marginal, ratio), orDash(best.roas, ratio)],
  );
  return [
    `The best split of every budget, ${currency} a ${period}\n\n`,
    drawTable(["Budget", `Brings (${goal})`, "Next unit brings", "ROAS"], rows),
    `\nToday ${grouped(today.spend)} ${currency} bring ${grouped(today.value)}.\n`,
    breakEven === null
      ? ""
      : `Beyond ${grouped(breakEven)} ${currency} one more unit of money brings less than itself.\n`,
  ].join("");
}

/** One channel at one spend after the other. */
export function whatIfInWords({ channel, today, recommended, points, currency, period, goal }: WhatIf): string {
  const rows = points.map(({ spend, best, againstPlan, againstToday }) => [
    grouped(spend),
    best === null ? "no plan within the limits" : grouped(best.value),
    orDash(againstPlan, signed),
    orDash(againstToday, signed),
  ]);
  return [
    `${printable(channel)} held at one spend after the other, the rest planned anew; ${currency} a ${period}\n\n`,
    drawTable(["Spend", `Brings (${goal})`, "Against the plan", "Against today"], rows),
    `\nToday it spends ${grouped(today)}, in the best plan ${grouped(recommended)}.\n`,
  ].join("");
}

export function goalInWords({ text, allocation, conflict, currency, certificate }: GoalSeek): string {
  const rows = allocation.map(({ channel, current, recommended }) => [
    channel,
    grouped(current, 2),
    grouped(recommended, 2),
    signed(Number(recommended) - Number(current)),
  ]);
  return [
    `${printable(text)}\n`,
    ...conflict.map((limit) => `  - ${printable(limit.text)}\n`),
    rows.length === 0 ? "" : `\n${drawTable(["Channel", `Today ${currency}`, `Plan ${currency}`, "Move"], rows)}`,
    proofLine(certificate),
  ].join("");
}

/** Money by channel and week. */
export function weeksInWords(plan: WeeklyPlan): string {
  if (plan.status === "infeasible") return planConflictInWords(plan);
  if (plan.status === "unsolved") return "No weekly plan was proved; nothing is recommended in its place.\n";
  const { currency, expected } = plan;
  const names = plan.channels.map(({ channel }) => channel);
  const rows = plan.weeks.map(({ from, season, spend }, week) => [
    from,
    season.toFixed(2),
    grouped(spend),
    ...plan.channels.map((channel) => grouped(channel.spend[week]!)),
  ]);
  const flat = expected.valueIfFlat;
  return [
    `A plan by week, ${currency}\n\n`,
    drawTable(["Week of", "Season", "Total", ...names], rows),
    `\nIt brings ${grouped(expected.value)} (${plan.goal}), today's split in every week ${grouped(expected.valueAtCurrent)}`,
    flat === null ? ".\n" : `, the same money in equal weeks ${grouped(flat)}.\n`,
    `${printable(plan.season.text)}\n`,
    proofLine(plan.certificate),
  ].join("");
}

function proofLine(certificate: WeeklyPlan["certificate"]): string {
  return certificate === null ? "" : `${proofInWords(certificate)}\n`;
}
