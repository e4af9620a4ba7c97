import type { PlanGoal } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";
import { figureCell } from "./cells.ts";
import type { FigureCell } from "./chart-model.ts";

/** Conversions are counted; every other goal is money. */
export function isMoneyGoal(goal: PlanGoal): boolean {
  return goal !== "conversions";
}

/** Small counts keep a decimal: a plan may bring 3.4 conversions more a day. */
function countDigits(value: number): number {
  return Math.abs(value) < 100 ? 1 : 0;
}

/** A sum of the goal: "€1,200", "34.5". */
export function goalFigure(value: number, goal: PlanGoal, { format }: Words): string {
  return isMoneyGoal(goal) ? format.money(value) : format.count(value, countDigits(value));
}

/** The same as a cell; empty where there is none, or the words that say why. */
export function goalCell(value: number | null, goal: PlanGoal, words: Words, none = ""): FigureCell {
  return figureCell(
    isMoneyGoal(goal) ? "money" : "count",
    value,
    (figure) => goalFigure(Number(figure), goal, words),
    none,
  );
}

/** The same with its sign. */
export function goalChange(value: number, goal: PlanGoal, { format }: Words): string {
  return isMoneyGoal(goal) ? format.moneyChange(value) : format.amountChange(value, countDigits(value));
}

/** For axes. */
export function goalShort(value: number, goal: PlanGoal, { format }: Words): string {
  return isMoneyGoal(goal) ? format.moneyShort(value) : format.countShort(value);
}

/** A sum with its name: "€1,200 of credited revenue", "34.5 conversions". */
export function goalAmount(value: number, goal: PlanGoal, words: Words): string {
  return words.t(`planner.amountOf.${goal}`, { amount: goalFigure(value, goal, words) });
}

/** Cents tell most marginal returns apart; what is smaller than a tenth takes two digits that mean something. */
function unitDigits(value: number): number {
  const size = Math.abs(value);
  return size >= 0.1 || size < 1e-9 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(size)));
}

/** What one unit of money brings: "€1.80" of revenue, "0.021 conversions". The marginal return on profit is one of margin. */
export function goalPerUnit(value: number, goal: PlanGoal, words: Words): string {
  const { t, format } = words;
  if (goal === "revenue") return format.money(value, 2);
  if (!isMoneyGoal(goal)) return t("planner.amountOf.conversions", { amount: format.count(value, unitDigits(value)) });
  const what = goal === "value" ? "value" : "margin";
  return t(`planner.amountOf.${what}`, { amount: format.money(value, 2) });
}
