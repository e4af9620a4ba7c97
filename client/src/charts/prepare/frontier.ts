import type { Frontier, Plan, PlanGoal } from "@touchline/server/contract";
import { scaleLinear } from "d3";
import { strong, unitName, type Words } from "../../i18n/words.ts";
import { zeroBasedDomain } from "./axis.ts";
import { figureCell } from "./cells.ts";
import type { ChartModel, Readout } from "./chart-model.ts";
import { goalAmount, goalCell, goalChange, goalFigure, goalPerUnit, isMoneyGoal } from "./goal-figure.ts";

export interface FrontierPoint {
  readonly budget: number;
  readonly value: number;
  readonly marginal: number;
}

/** A budget that has a name: today's, the plan's. */
export interface FrontierMark {
  readonly key: "today" | "plan";
  readonly label: string;
  readonly budget: number;
  readonly value: number;
}

export interface FrontierChart extends ChartModel {
  readonly sentence: string;
  readonly goal: PlanGoal;
  readonly unit: string;
  readonly points: readonly FrontierPoint[];
  readonly marks: readonly FrontierMark[];
  readonly breakEven: { readonly budget: number; readonly label: string } | null;
  /** Whether a marginal return of 1 means that money pays for itself. */
  readonly hasBreakEvenLine: boolean;
  readonly domains: {
    readonly budget: readonly [number, number];
    readonly value: readonly [number, number];
    readonly marginal: readonly [number, number];
  };
  readout(index: number): Readout;
}

/** Near zero the next unit brings many times what is decided here. */
const MARGINAL_HEADROOM = 2.5;
const AIR = 0.08;

/** Beyond what the limits allow to spend, nothing changes any more: one such point says it. */
function pointsOf(frontier: Frontier): FrontierPoint[] {
  const points = frontier.points.flatMap(({ budget, best }) =>
    best === null ? [] : [{ budget, value: best.value, marginal: best.marginal ?? 0, spend: best.spend }],
  );
  const most = Math.max(0, ...points.map(({ spend }) => spend));
  const end = points.findIndex(({ spend }) => spend >= most * (1 - 1e-6));
  return points.slice(0, end + 2).map(({ budget, value, marginal }) => ({ budget, value, marginal }));
}

/** A line needs no zero: the scale shows the differences that a budget makes. */
function aroundDomain(values: readonly number[]): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = (high - low || Math.abs(high) || 1) * AIR;
  const [from = low, to = high] = scaleLinear([low - air, high + air], [0, 1])
    .nice(6)
    .domain();
  return [low >= 0 ? Math.max(0, from) : from, to];
}

function domainsOf(points: readonly FrontierPoint[], marks: readonly FrontierMark[]): FrontierChart["domains"] {
  const all = [...points, ...marks];
  if (all.length === 0) return { budget: [0, 1], value: [0, 1], marginal: [0, 1] };
  const budgets = all.map(({ budget }) => budget);
  const returns = points.map(({ marginal }) => marginal).sort((a, b) => a - b);
  const middle = returns[Math.floor(returns.length / 2)] ?? 1;
  const highest = Math.max(returns.at(-1) ?? 1, Number.MIN_VALUE);
  return {
    budget: [Math.min(...budgets), Math.max(...budgets)],
    value: aroundDomain(all.map(({ value }) => value)),
    marginal: zeroBasedDomain(middle > 0 ? Math.min(highest, middle * MARGINAL_HEADROOM) : highest),
  };
}

/** What the budgets beside the plan's would bring: a tenth or so less, and more. */
function writeSentence(points: readonly FrontierPoint[], spent: number, frontier: Frontier, words: Words): string {
  const { t, format } = words;
  const { goal, period, breakEven } = frontier;
  const here = nearest(points, spent);
  if (here === undefined) return t("studies.frontier.sentenceNone");
  const below = points.filter(({ budget }) => budget <= here.budget * 0.92).at(-1);
  const above = points.find(({ budget }) => budget >= here.budget * 1.08);
  const beyond =
    breakEven === null
      ? ""
      : ` ${t("studies.frontier.sentenceBreakEven", {
          amount: strong(format.money(breakEven)),
          per: t(`planner.per.${period}`),
          unit: unitName(words),
        })}`;
  if (below === undefined || above === undefined) return beyond.trim();
  // A sum of money speaks for itself; a count needs its name.
  const sum = (value: number) =>
    strong(isMoneyGoal(goal) ? goalFigure(value, goal, words) : goalAmount(value, goal, words));
  return `${t("studies.frontier.sentence", {
    less: format.money(here.budget - below.budget),
    loss: sum(Math.abs(here.value - below.value)),
    more: format.money(above.budget - here.budget),
    gain: sum(above.value - here.value),
    period: t(`planner.periods.${period}`),
  })}${beyond}`;
}

function nearest(points: readonly FrontierPoint[], budget: number): FrontierPoint | undefined {
  return [...points].sort((a, b) => Math.abs(a.budget - budget) - Math.abs(b.budget - budget))[0];
}

function marksOf(frontier: Frontier, plan: Plan | null, words: Words): FrontierMark[] {
  const { t } = words;
  const today: FrontierMark = {
    key: "today",
    label: t("studies.frontier.today"),
    budget: frontier.today.spend,
    value: frontier.today.value,
  };
  if (plan === null || plan.status !== "optimal") return [today];
  const spent = plan.allocation.reduce((sum, row) => sum + Number(row.recommended), 0);
  const label = t("studies.frontier.plan");
  return [today, { key: "plan", label, budget: spent, value: plan.expected.goal.value }];
}

/** What the best split brings at every budget, and what one more unit of money would. */
export function prepareFrontier(frontier: Frontier, plan: Plan | null, words: Words): FrontierChart {
  const { t, format } = words;
  const { goal, period } = frontier;
  const per = t(`planner.per.${period}`);
  const unit = unitName(words);
  const what = t(`planner.whatOf.${goal}`);
  const points = pointsOf(frontier);
  const marks = marksOf(frontier, plan, words);
  const spent = marks.at(-1)?.budget ?? frontier.today.spend;
  return {
    sentence: writeSentence(points, spent, frontier, words),
    label: t("studies.frontier.label", { what, per }),
    caption: t("studies.frontier.caption", { what, per, unit }),
    goal,
    unit,
    points,
    marks,
    breakEven:
      frontier.breakEven === null ? null : { budget: frontier.breakEven, label: t("studies.frontier.breakEven") },
    hasBreakEvenLine: isMoneyGoal(goal),
    domains: domainsOf(points, marks),
    table: {
      columns: [
        { label: t("studies.frontier.budget"), isNumeric: true },
        { label: t("studies.frontier.result"), isNumeric: true },
        { label: t("studies.frontier.marginal", { unit }), isNumeric: true },
        { label: t("studies.frontier.roas"), isNumeric: true },
      ],
      rows: frontier.points.map(({ budget, best }) => ({
        id: String(budget),
        cells: [
          figureCell("money", budget, (value) => format.money(value)),
          goalCell(best?.value ?? null, goal, words, t("studies.frontier.impossible")),
          figureCell("number", best?.marginal, (value) => goalPerUnit(Number(value), goal, words), ""),
          figureCell("ratio", best?.roas, (value) => format.roas(Number(value)), ""),
        ],
      })),
    },
    readout: (index) => {
      const point = points[index] ?? { budget: 0, value: 0, marginal: 0 };
      return {
        title: `${t("studies.frontier.budget")} ${format.money(point.budget)}`,
        lines: [
          { label: t("studies.frontier.result"), value: goalFigure(point.value, goal, words) },
          { label: t("words.difference"), value: goalChange(point.value - frontier.today.value, goal, words) },
          { label: t("studies.frontier.marginal", { unit }), value: goalPerUnit(point.marginal, goal, words) },
        ],
      };
    },
  };
}
