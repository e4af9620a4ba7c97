import type { ParsedProblem } from "@touchline/solver";
import { proofInWords } from "../../planning/index.ts";
import { drawTable, grouped, printable } from "../io.ts";
import { conflictInWords } from "./conflict-words.ts";
import { linearInWords } from "./describe-linear.ts";
import type { DescribedAnswer } from "./described.ts";

/** The answer to a problem file for a person: a table, and the proof. */
export function answerInWords(parsed: ParsedProblem, answer: DescribedAnswer): string {
  if (parsed.layout === "frontier") return frontierInWords(answer);
  if (parsed.layout === "linear") return linearInWords(answer);
  if (answer.status === "infeasible") return namedConflictInWords(answer);
  const { gap, scope = "global" } = answer.certificate as { gap: number; scope?: "global" | "local" };
  return [
    `Objective ${grouped(answer.objective_value as number, 2)}\n\n`,
    parsed.layout === "weeks" ? weeksInWords(answer) : spendInWords(answer),
    parsed.layout === "draws" ? spreadInWords(answer) : "",
    `\n${proofInWords({ gap, scope })}\n`,
  ].join("");
}

function spendInWords({ spend }: DescribedAnswer): string {
  const rows = Object.entries(spend as Record<string, number>).map(([name, value]) => [name, grouped(value, 2)]);
  return drawTable(["Channel", "Spend"], rows);
}

function weeksInWords({ spend, weekly_total }: DescribedAnswer): string {
  const byChannel = Object.entries(spend as Record<string, readonly number[]>);
  const rows = (weekly_total as readonly number[]).map((total, week) => [
    `${week + 1}`,
    ...byChannel.map(([, amounts]) => grouped(amounts[week]!, 2)),
    grouped(total, 2),
  ]);
  return drawTable(["Week", ...byChannel.map(([name]) => name), "Total"], rows);
}

function spreadInWords(answer: DescribedAnswer): string {
  const [mean, low, high, worst] = ["mean_response", "p10", "p90", "cvar20"].map((field) =>
    grouped(answer[field] as number, 2),
  );
  return `\nOver the draws the response is ${mean} on average, 80 % of them between ${low} and ${high}; the worst fifth bring ${worst}.\n`;
}

interface NamedLimit {
  readonly name: string;
  readonly value: number;
  readonly to?: number;
}

function namedConflictInWords(answer: DescribedAnswer): string {
  const conflict = answer.conflict as readonly NamedLimit[];
  const repair = answer.repair as readonly NamedLimit[];
  return conflictInWords(
    conflict.map(({ name, value }) => `${printable(name)} (${grouped(value, 2)})`),
    repair.map(({ name, value, to }) => `${printable(name)}: ${grouped(to!, 2)} instead of ${grouped(value, 2)}`),
  );
}

function frontierInWords(answer: DescribedAnswer): string {
  const points = answer.frontier as readonly Record<string, number | null | string>[];
  const figure = (value: unknown, decimals: number) => (typeof value === "number" ? grouped(value, decimals) : "-");
  const rows = points.map(({ budget, status, value, shadow_price, roas }) => [
    grouped(Number(budget), 2),
    status === "optimal" ? figure(value, 2) : "impossible",
    figure(shadow_price, 4),
    figure(roas, 3),
  ]);
  return drawTable(["Budget", "Objective", "Next unit brings", "ROAS"], rows);
}
