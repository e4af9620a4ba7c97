import { EXPERIMENT_METHODS, type Experiment, type Experiments, GAP_LIMIT } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";

/** A figure with its interval as shares of the cell that it is drawn in. */
export interface Mark {
  readonly low: number;
  readonly at: number;
  readonly high: number;
}

export interface TestRow {
  readonly id: string;
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly method: string;
  readonly days: string;
  readonly incremental: string;
  readonly interval: string;
  readonly cost: string;
  readonly model: string;
  readonly verdict: string;
  readonly tone: "agree" | "apart" | "unused" | "open";
  readonly note: string | null;
  /** Null where nothing was spent: there is nothing to compare by. */
  readonly test: Mark | null;
  readonly modelMark: Mark | null;
  readonly label: string;
}

export interface TestsModel {
  readonly headline: string;
  readonly sub: string | null;
  readonly thousand: string;
  readonly rows: readonly TestRow[];
  /** Where zero stands in the cells of marks. */
  readonly zero: number;
}

const THOUSAND = 1_000;

function isCompared({ gap }: Experiment): boolean {
  return gap !== null;
}

/** Conversions and their interval for each thousand of spend; null without spend. */
function perThousand(test: Experiment, centre: number, low: number, high: number) {
  const spend = Number(test.spend);
  if (!(spend > 0)) return null;
  return [low, centre, high].map((value) => (value * THOUSAND) / spend) as [number, number, number];
}

const isUnusable = ({ problems }: Experiment) => problems.some((problem) => problem !== "no-bookings");

/** What cannot be is not drawn: one impossible figure would press all others together. */
function marksOf(test: Experiment) {
  const { model } = test;
  if (isUnusable(test)) return { test: null, model: null };
  const spread = GAP_LIMIT * (model?.standardError ?? 0);
  return {
    test: perThousand(test, test.incrementalConversions, test.interval.low, test.interval.high),
    model:
      model === null
        ? null
        : perThousand(test, model.conversions, model.conversions - spread, model.conversions + spread),
  };
}

function nameMethod(method: string, { t }: Words): string {
  const known = EXPERIMENT_METHODS.find((name) => name === method);
  return known === undefined ? method : t(`experiments.methods.${known}`);
}

function verdictOf(test: Experiment, { t, format }: Words): Pick<TestRow, "verdict" | "tone"> {
  const problem = test.problems.find((each) => each !== "no-bookings");
  if (problem !== undefined) {
    return { verdict: t(`experiments.problems.${problem}`, { booked: format.count(test.booked) }), tone: "unused" };
  }
  if (test.estimand === "marginal") return { verdict: t("experiments.marginal"), tone: "open" };
  if (test.model === null) return { verdict: t("experiments.noModel"), tone: "open" };
  if (test.gap === null) return { verdict: t("experiments.noComparison"), tone: "open" };
  const z = format.count(Math.abs(test.gap), 1);
  if (Math.abs(test.gap) <= GAP_LIMIT) return { verdict: t("experiments.agree", { z }), tone: "agree" };
  return { verdict: t(test.gap > 0 ? "experiments.above" : "experiments.below", { z }), tone: "apart" };
}

function headlineOf(tests: readonly Experiment[], { t, format }: Words): Pick<TestsModel, "headline" | "sub"> {
  if (tests.length === 0) return { headline: t("experiments.headlineNone"), sub: null };
  const compared = tests.filter(isCompared);
  if (compared.length === 0) {
    const count = strong(format.count(tests.length));
    const headline =
      tests.length === 1 ? t("experiments.headlineOne") : t("experiments.headlineAlone", { tests: count });
    return { headline, sub: t("experiments.subNoRun") };
  }
  const agree = compared.filter(({ gap }) => Math.abs(gap!) <= GAP_LIMIT).length;
  const widest = compared.reduce((most, test) => (Math.abs(test.gap!) > Math.abs(most.gap!) ? test : most));
  return {
    headline: t("experiments.headlineAgree", {
      agree: strong(format.count(agree)),
      compared: strong(format.count(compared.length)),
    }),
    sub: t("experiments.subWidest", {
      channel: widest.channel,
      model: format.count(widest.model!.conversions),
      test: format.count(widest.incrementalConversions),
    }),
  };
}

/** Lift tests on one scale: conversions for each thousand of spend, from zero, so that tests of any size can be compared. */
export function prepareTests(answer: Experiments, hues: ReadonlyMap<string, HueSlot>, words: Words): TestsModel {
  const { t, format } = words;
  const marks = answer.experiments.map(marksOf);
  const drawn = marks.flatMap(({ test, model }) => [...(test ?? []), ...(model ?? [])]);
  const [least, most] = [Math.min(0, ...drawn), Math.max(0, ...drawn)];
  const width = most > least ? most - least : 1;
  const place = (value: number) => 0.02 + (0.96 * (value - least)) / width;
  const markOf = (figures: [number, number, number] | null): Mark | null =>
    figures === null ? null : { low: place(figures[0]), at: place(figures[1]), high: place(figures[2]) };
  const span = (low: number, high: number) =>
    t("experiments.span", { low: format.count(low), high: format.count(high) });
  return {
    ...headlineOf(answer.experiments, words),
    thousand: format.money(THOUSAND),
    zero: place(0),
    rows: answer.experiments.map((test, i) => ({
      id: test.experimentId,
      channel: test.channel,
      hue: hues.get(test.channel),
      method: nameMethod(test.method, words),
      days: format.range(test.startDate, test.endDate),
      incremental: format.count(test.incrementalConversions),
      interval: span(test.interval.low, test.interval.high),
      cost: test.costPerIncremental === null ? t("experiments.none") : format.amount(test.costPerIncremental, 2),
      model: test.model === null ? t("experiments.none") : format.count(test.model.conversions),
      ...verdictOf(test, words),
      note: test.problems.includes("no-bookings") ? t("experiments.problems.no-bookings") : null,
      test: markOf(marks[i]!.test),
      modelMark: markOf(marks[i]!.model),
      label: t("experiments.markLabel", {
        test: `${format.count(test.incrementalConversions)} (${span(test.interval.low, test.interval.high)})`,
        model: test.model === null ? t("experiments.none") : format.count(test.model.conversions),
      }),
    })),
  };
}
