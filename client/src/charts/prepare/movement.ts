import type { MovementAnswer, MovementFigures, MovementPartName } from "@touchline/server/contract";
import { plainText, strong, unitName, type Words } from "../../i18n/words.ts";
import { moneyCell, percentCell } from "./cells.ts";
import { relativeChange } from "./change.ts";
import type { ChartModel, FigureCell } from "./chart-model.ts";

/** A step of the way from one revenue to the other. */
export interface MovementStep {
  readonly id: string;
  readonly label: string;
  /** Why, beside the label: "18 % less spent". */
  readonly detail: string | null;
  readonly from: number;
  readonly to: number;
  readonly kind: "whole" | "up" | "down";
  readonly text: string;
}

export interface MovementPiece {
  readonly id: string;
  readonly name: string;
  readonly before: FigureCell;
  readonly now: FigureCell;
  readonly change: FigureCell;
  /** Of the largest, with its sign. */
  readonly bar: number;
  readonly isBaseline: boolean;
}

export interface Movement extends ChartModel {
  readonly sentence: string;
  readonly noise: string;
  readonly isNoise: boolean;
  readonly steps: readonly MovementStep[];
  readonly domain: readonly [number, number];
  readonly pieces: readonly MovementPiece[];
  readonly facts: readonly { readonly id: string; readonly text: string }[];
}

const numberOf = (amount: string | null) => (amount === null ? null : Number(amount));
const ratio = (over: number | null, under: number | null) => (over === null || !under ? null : over / under);

/** The factor behind a part, on one side. */
function factorOf(part: MovementPartName, { spend, reach, conversions, revenue }: MovementFigures): number | null {
  switch (part) {
    case "volume":
      return numberOf(spend);
    case "price":
      return ratio(numberOf(spend), reach);
    case "reach":
      return reach;
    case "return":
      return reach ? ratio(Number(conversions), reach) : ratio(Number(conversions), numberOf(spend));
    case "basket":
      return ratio(Number(revenue), Number(conversions));
    default:
      return null;
  }
}

/** How the factor moved, in words: "18 % less spend". Null where a percentage does not say it, or where the parts are sums over channels. */
function detailOf(
  part: MovementPartName,
  { before, now }: MovementAnswer,
  isTotal: boolean,
  { t, format }: Words,
): string | null {
  if (isTotal && part !== "volume") return null;
  const change = relativeChange(factorOf(part, now), factorOf(part, before));
  if (change === null) return null;
  if (part !== "volume" && part !== "price" && part !== "reach" && part !== "return" && part !== "basket") return null;
  return t(`performance.factor.${part}.${change >= 0 ? "more" : "less"}`, { change: format.percent(Math.abs(change)) });
}

/** What moved most, and what did not: "Search lost 12 k: it spent 18 % less; each euro returned as before". */
function writeSentence(answer: MovementAnswer, name: string, isTotal: boolean, isNoise: boolean, words: Words): string {
  const { t, format } = words;
  const change = Number(answer.change);
  if (change === 0) return t("performance.why.same", { name: strong(name) });
  const amount = strong(format.money(Math.abs(change)));
  const start = t(change > 0 ? "performance.why.won" : "performance.why.lost", { name: strong(name), amount });
  const main = answer.parts.find(({ amount: size }) => Math.sign(Number(size)) === Math.sign(change));
  if (main === undefined) return start;
  const detail =
    detailOf(main.part, answer, isTotal, words) ??
    t(`performance.reason.${main.part}.${Number(main.amount) >= 0 ? "more" : "less"}`);
  const against = answer.parts.find(
    ({ amount: size }) =>
      Math.sign(Number(size)) === -Math.sign(change) && Math.abs(Number(size)) > 0.2 * Math.abs(change),
  );
  const [spent, returned] = [
    relativeChange(factorOf("volume", answer.now), factorOf("volume", answer.before)),
    returnChange(answer),
  ];
  const asBefore =
    main.part === "volume" && !isTotal && spent !== null && returned !== null && Math.abs(returned) < 0.03;
  const rest =
    against !== undefined
      ? t("performance.why.against", {
          reason:
            detailOf(against.part, answer, isTotal, words) ??
            t(`performance.reason.${against.part}.${Number(against.amount) >= 0 ? "more" : "less"}`),
          amount: format.moneyChange(against.amount),
        })
      : asBefore
        ? t("performance.why.asBefore", { unit: unitName(words) })
        : "";
  const said = t("performance.why.because", { start, reason: detail, rest });
  return isNoise ? t("performance.why.noise", { said }) : said;
}

const returnChange = ({ now, before }: MovementAnswer) =>
  relativeChange(
    ratio(Number(now.revenue), numberOf(now.spend)),
    ratio(Number(before.revenue), numberOf(before.spend)),
  );

function stepsOf(answer: MovementAnswer, isTotal: boolean, words: Words): MovementStep[] {
  const { t, format } = words;
  const whole = (id: "before" | "now"): MovementStep => ({
    ...{ id, label: t(`performance.step.${id}`), detail: null, from: 0, to: Number(answer[id].revenue), kind: "whole" },
    text: format.money(answer[id].revenue),
  });
  let at = Number(answer.before.revenue);
  const between = answer.parts.map(({ part, amount }): MovementStep => {
    const from = at;
    at += Number(amount);
    return {
      ...{
        id: part,
        label: t(`performance.part.${part}`),
        detail: detailOf(part, answer, isTotal, words),
        from,
        to: at,
      },
      ...{ kind: Number(amount) >= 0 ? "up" : "down", text: format.moneyChange(amount) },
    };
  });
  return [whole("before"), ...between, whole("now")];
}

function factsOf({ facts, change }: MovementAnswer, marginal: string | null, words: Words): Movement["facts"] {
  const { t, format } = words;
  const named = (list: readonly { campaign: string; spend: string }[]) =>
    list
      .map(({ campaign, spend }) =>
        t("performance.fact.campaign", { campaign: campaign || t("performance.unnamed"), spend: format.money(spend) }),
      )
      .join(", ");
  const booked = relativeChange(Number(facts.booked.now), Number(facts.booked.before));
  const value = (figure: number | null) => (figure === null ? t("performance.fact.noContext") : format.typed(figure));
  return [
    ...(facts.started.length === 0
      ? []
      : [{ id: "started", text: t("performance.fact.started", { campaigns: named(facts.started) }) }]),
    ...(facts.stopped.length === 0
      ? []
      : [{ id: "stopped", text: t("performance.fact.stopped", { campaigns: named(facts.stopped) }) }]),
    ...facts.context.map(({ name, before, now }) => ({
      id: `context ${name}`,
      text: t("performance.fact.context", { name, before: value(before), now: value(now) }),
    })),
    ...(facts.gaps.before === 0 && facts.gaps.now === 0
      ? []
      : [
          {
            id: "gaps",
            text: t("performance.fact.gaps", {
              before: format.days(facts.gaps.before),
              now: format.days(facts.gaps.now),
            }),
          },
        ]),
    ...facts.tests.map(({ name, channel, from, to }) => ({
      id: `test ${name}`,
      text: t("performance.fact.test", { channel, range: format.range(from, to) }),
    })),
    ...(booked === null || Number(change) === 0
      ? []
      : [{ id: "booked", text: t("performance.fact.booked", { change: format.percentChange(booked) }) }]),
    {
      id: "season",
      text:
        facts.season === null
          ? t("performance.fact.noSeason")
          : t("performance.fact.season", { change: format.percentChange(facts.season) }),
    },
    ...(marginal === null ? [] : [{ id: "curve", text: marginal }]),
  ];
}

/** Why a revenue moved: one sentence, the way from one figure to the other in steps, what moved inside, and what happened meanwhile. */
export function prepareMovement(
  answer: MovementAnswer,
  of: { readonly name: string; readonly isTotal: boolean; readonly marginal: string | null; readonly baseline: string },
  words: Words,
): Movement {
  const { t, format } = words;
  const isNoise = Math.abs(Number(answer.change)) <= answer.noise.halfWidth;
  const sentence = writeSentence(answer, of.name, of.isTotal, isNoise && Number(answer.change) !== 0, words);
  const steps = stepsOf(answer, of.isTotal, words);
  const ends = steps.flatMap(({ from, to, kind }) => (kind === "whole" ? [to] : [from, to]));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  // Steps are small beside the whole: the axis begins near them, and the whole bars are cut, which the caption says.
  const room = Math.max((high - low) * 0.35, high * 0.02);
  const pieces = [
    ...answer.pieces.map((piece) => ({ ...piece, isBaseline: of.isTotal && piece.name === "" })),
    ...(answer.otherPieces === null ? [] : [{ ...answer.otherPieces, isBaseline: false }]),
  ];
  const largest = Math.max(...pieces.map(({ change }) => Math.abs(Number(change))), Number.MIN_VALUE);
  return {
    ...{ label: plainText(sentence), sentence, steps, isNoise },
    caption: t(answer.reachUnit === "delivered" ? "performance.waterfallCaption" : "performance.waterfallCaptionSeen"),
    noise: t(answer.noise.from === "interval" ? "performance.noiseInterval" : "performance.noiseCounting", {
      width: format.money(answer.noise.halfWidth),
    }),
    domain: [Math.max(low > 0 ? 0 : low - room, low - room), high + room],
    pieces: pieces.map((piece, place) => ({
      id: `${place} ${piece.name}`,
      name: piece.isBaseline
        ? of.baseline
        : "count" in piece
          ? t("performance.others", { count: piece.count as number, shown: format.count(piece.count as number) })
          : piece.name || t("performance.unnamed"),
      before: moneyCell(piece.before, words),
      now: moneyCell(piece.now, words),
      change: { text: format.amountChange(piece.change), value: piece.change, unit: "money" as const },
      bar: Number(piece.change) / largest,
      isBaseline: piece.isBaseline,
    })),
    facts: factsOf(answer, of.marginal, words),
    table: {
      columns: [
        { label: t("performance.step.name"), isNumeric: false },
        { label: t("words.revenue"), isNumeric: true },
        { label: t("performance.step.factor"), isNumeric: true },
      ],
      rows: [
        { id: "before", cells: [t("performance.step.before"), moneyCell(answer.before.revenue, words, 2), ""] },
        ...answer.parts.map(({ part, amount }) => ({
          id: part,
          cells: [
            t(`performance.part.${part}`),
            { text: format.amountChange(amount, 2), value: amount, unit: "money" as const },
            of.isTotal
              ? ""
              : percentCell(relativeChange(factorOf(part, answer.now), factorOf(part, answer.before)), words),
          ],
        })),
        { id: "now", cells: [t("performance.step.now"), moneyCell(answer.now.revenue, words, 2), ""] },
      ],
    },
  };
}
