import type { Plan, PlanGoal, PlanLimit } from "@touchline/server/contract";
import type { Format } from "../../format/format.ts";
import { strong, type Words } from "../../i18n/words.ts";
import { zeroBasedDomain } from "./axis.ts";
import { goalAmount, goalChange, goalFigure } from "./goal-figure.ts";
import { wordLimit, wordPrice } from "./plan-limits.ts";

export interface PlanResult {
  readonly headline: string;
  /** "Credited revenue a week" */
  readonly of: string;
  readonly goal: PlanGoal;
  readonly planned: string;
  readonly today: string;
  readonly gain: string;
  readonly gainLabel: string;
  readonly gainShare: string | null;
  readonly direction: "up" | "down" | "same";
  /** Null where the curves carry no draws. */
  readonly interval: {
    readonly text: string;
    readonly label: string;
    readonly low: number;
    readonly high: number;
    readonly gain: number;
    readonly domain: readonly [number, number];
  } | null;
  readonly probability: string | null;
  readonly probabilityShare: number | null;
  readonly binding: readonly { limit: PlanLimit; name: string; price: string }[];
  readonly certificate: string;
}

/** Money that changes places: what the growing channels grow by. */
function movedAmount(plan: Plan): number {
  return plan.allocation.reduce((sum, row) => sum + Math.max(0, Number(row.recommended) - Number(row.current)), 0);
}

function totalChange(plan: Plan): number {
  return plan.allocation.reduce((sum, row) => sum + Number(row.recommended) - Number(row.current), 0);
}

/** Below one unit of money the total counts as unchanged: it is the rounding of the rows. */
const SMALLEST_SPEND_CHANGE = 1;

function writeHeadline(plan: Plan, words: Words): string {
  const { t, format } = words;
  if (plan.status === "infeasible") return t("planner.headlineInfeasible");
  if (plan.status === "leave") return t("planner.headlineLeave");
  const { goal, value, valueAtCurrent } = plan.expected.goal;
  const gain = value - valueAtCurrent;
  const spent = totalChange(plan);
  const figures = {
    gain: strong(goalFigure(Math.abs(gain), goal, words)),
    loss: strong(goalAmount(Math.abs(gain), goal, words)),
    what: t(`planner.whatOf.${goal}`),
    spend: format.money(Math.abs(spent)),
    period: t(`planner.periods.${plan.period}`),
  };
  if (Math.abs(spent) < SMALLEST_SPEND_CHANGE) {
    if (gain < 0) return t("planner.headlineCost", figures);
    return t("planner.headlineMove", { ...figures, moved: format.money(movedAmount(plan)) });
  }
  if (spent > 0) return t(gain < 0 ? "planner.headlineMoreLoss" : "planner.headlineMoreGain", figures);
  return t(gain < 0 ? "planner.headlineLessLoss" : "planner.headlineLessGain", figures);
}

/** Zero and the whole interval always lie inside: a gain that may be a loss must look like one. */
function intervalDomain(low: number, high: number, gain: number): [number, number] {
  const least = Math.min(0, low, gain);
  const most = zeroBasedDomain(Math.max(high, gain, 0))[1];
  return least < 0 ? [-zeroBasedDomain(-least)[1], most] : [0, most];
}

export function preparePlanResult(plan: Plan, words: Words): PlanResult {
  const { t, format } = words;
  const { goal, value, valueAtCurrent, interval, probabilityOfGain } = plan.expected.goal;
  const gain = value - valueAtCurrent;
  const printedGain = goalChange(gain, goal, words);
  const isTarget = plan.shadowPrices.some(({ limit }) => limit.type === "min_total_response");
  const figures =
    interval === null
      ? null
      : {
          level: format.percent(interval.level, 0),
          low: goalChange(interval.low, goal, words),
          high: goalChange(interval.high, goal, words),
        };
  return {
    headline: writeHeadline(plan, words),
    goal,
    planned: goalFigure(value, goal, words),
    today: goalFigure(valueAtCurrent, goal, words),
    of: capitalised(t("planner.resultOf", { what: t(`planner.whatOf.${goal}`), per: t(`planner.per.${plan.period}`) })),
    gain: printedGain,
    gainLabel: t(gain < 0 ? "planner.resultLoss" : "planner.resultGain", { per: t(`planner.per.${plan.period}`) }),
    gainShare: valueAtCurrent > 0 ? format.percentChange(gain / valueAtCurrent) : null,
    direction: !/[1-9]/.test(printedGain) ? "same" : gain > 0 ? "up" : "down",
    interval:
      interval === null || figures === null
        ? null
        : {
            text: t("planner.resultInterval", { ...figures, low: strong(figures.low), high: strong(figures.high) }),
            label: t("planner.resultIntervalLabel", { ...figures, gain: printedGain }),
            low: interval.low,
            high: interval.high,
            gain,
            domain: intervalDomain(interval.low, interval.high, gain),
          },
    probability: probabilityOfGain === null ? null : printProbability(probabilityOfGain, words),
    probabilityShare: probabilityOfGain,
    binding: plan.shadowPrices
      .filter((shadow) => shadow.price !== 0)
      // The total first, since it is the one that finance can change; then the dearest.
      .sort((a, b) => {
        const isTotal = Number(b.limit.type === "total_spend") - Number(a.limit.type === "total_spend");
        return isTotal || Math.abs(b.price) - Math.abs(a.price);
      })
      .map((shadow) => ({
        limit: shadow.limit,
        name: wordLimit(shadow.limit, plan.period, words, goal),
        price: wordPrice(shadow, { goal, isTarget }, words),
      })),
    certificate: t("planner.certificateText", {
      gap: printTiny(plan.certificate.gap, format),
      feasibility: printTiny(plan.certificate.feasibility, format),
    }),
  };
}

/** French puts "de" before what is counted; at the beginning of a line it goes. */
function capitalised(text: string): string {
  const bare = text.replace(/^de /, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** A finite number of draws proves nothing certain: the ends are printed as bounds. */
function printProbability(share: number, { t, format }: Words): string {
  if (share > 0.99) return t("planner.almostCertain", { share: format.percent(0.99, 0) });
  if (share < 0.01) return t("planner.almostImpossible", { share: format.percent(0.01, 0) });
  return format.percent(share, 0);
}

const SUPERSCRIPTS = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"] as const;

/** Tolerances are read by their order of magnitude: "3 × 10⁻¹⁰", because "0.00000003 %" has to be counted out. */
function printTiny(value: number, format: Format): string {
  if (value === 0) return format.count(0);
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  const raised = [...String(exponent)].map((character) => SUPERSCRIPTS[Number(character)] ?? "⁻").join("");
  return `${format.count(Math.abs(value) / 10 ** exponent, 1)} × 10${raised}`;
}
