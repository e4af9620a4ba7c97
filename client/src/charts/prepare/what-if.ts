import type { Plan, WhatIf } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { zeroBasedDomain } from "./axis.ts";
import { figureCell } from "./cells.ts";
import type { FrontierChart, FrontierMark, FrontierPoint } from "./frontier.ts";
import { goalAmount, goalCell, goalChange, goalFigure, isMoneyGoal } from "./goal-figure.ts";

/** What one tried spend does, in one sentence; null while the answer is on its way. */
export function writeTrial(tried: WhatIf["points"][number] | undefined, plan: Plan, words: Words): string | null {
  const { t } = words;
  if (tried === undefined) return null;
  if (tried.best === null) return t("planner.trialNever");
  const loss = -(tried.againstPlan ?? 0);
  const printed = goalFigure(loss, plan.expected.goal.goal, words);
  if (!/[1-9]/.test(printed) || loss < 0) return t("planner.trialSame");
  return t("planner.trialCosts", { loss: strong(goalAmount(loss, plan.expected.goal.goal, words)) });
}

/** What every spend of one channel would bring, the rest planned anew: drawn on a scale that shows the differences. */
export interface WhatIfChart extends Omit<FrontierChart, "sentence" | "breakEven" | "hasBreakEvenLine" | "unit"> {
  readonly hue: HueSlot | undefined;
}

const AIR = 0.15;

function valueDomain(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = (high - low || Math.abs(high) || 1) * AIR;
  return [low - air, high + air];
}

export function prepareWhatIf(whatIf: WhatIf, plan: Plan, hue: HueSlot | undefined, words: Words): WhatIfChart {
  const { t, format } = words;
  const { goal, period, channel } = whatIf;
  const per = t(`planner.per.${period}`);
  const what = t(`planner.whatOf.${goal}`);
  const points: FrontierPoint[] = whatIf.points.flatMap(({ spend, best }) =>
    best === null ? [] : [{ budget: spend, value: best.value, marginal: 0 }],
  );
  const mark = (key: FrontierMark["key"], budget: number, value: number): FrontierMark => ({
    key,
    label: t(`studies.frontier.${key}`),
    budget,
    value,
  });
  const marks =
    plan.status === "optimal"
      ? [mark("plan", whatIf.recommended, plan.expected.goal.value)]
      : [mark("today", whatIf.today, plan.expected.goal.valueAtCurrent)];
  const values = [...points, ...marks].map(({ value }) => value);
  return {
    hue,
    goal,
    label: t("planner.trialChart", { channel }),
    caption: t("planner.trialCaption", { what, per, channel }),
    points,
    marks,
    domains: {
      budget: [0, zeroBasedDomain(Math.max(1, ...points.map(({ budget }) => budget)))[1]],
      value: valueDomain(values),
      marginal: [0, 1],
    },
    table: {
      columns: [
        { label: t("planner.trialColumn", { channel }), isNumeric: true },
        { label: t("studies.frontier.result"), isNumeric: true },
        { label: t("planner.trialAgainst"), isNumeric: true },
      ],
      rows: whatIf.points.map(({ spend, best, againstPlan }) => ({
        id: String(spend),
        cells: [
          figureCell("money", spend, (value) => format.money(value)),
          goalCell(best?.value ?? null, goal, words, t("studies.frontier.impossible")),
          figureCell(
            isMoneyGoal(goal) ? "money" : "count",
            againstPlan,
            (value) => goalChange(Number(value), goal, words),
            "",
          ),
        ],
      })),
    },
    readout: (index) => {
      const point = points[index] ?? { budget: 0, value: 0, marginal: 0 };
      return {
        title: `${channel} ${format.money(point.budget)}`,
        lines: [
          { label: t("studies.frontier.result"), value: goalFigure(point.value, goal, words) },
          {
            label: t("planner.trialAgainst"),
            value: goalChange(point.value - plan.expected.goal.value, goal, words),
          },
        ],
      };
    },
  };
}
