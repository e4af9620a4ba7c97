import type { JourneyFigures, JourneyPaths, JourneyStep } from "@touchline/server/contract";
import { sumDecimals } from "../../format/decimal.ts";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { nameStep, printShare } from "./journey-step.ts";

export interface PathCells {
  readonly conversions: string;
  readonly share: string;
  readonly revenue: string;
  readonly journeys: string;
  readonly rate: string;
  readonly unconverted: string;
}

interface PathRow extends PathCells {
  readonly id: string;
  readonly isCut: boolean;
  readonly steps: readonly { readonly id: string; readonly label: string; readonly hue: HueSlot | undefined }[];
  /** The length of the row's bar: its conversions over the largest of the page. */
  readonly bar: number;
}

export interface PathsTable {
  readonly sentence: string;
  readonly rows: readonly PathRow[];
  readonly others: (PathCells & { readonly label: string }) | null;
  readonly total: PathCells;
  /** Unconverted journeys are among them, so that rates say something. */
  readonly isMixed: boolean;
  /** Null where the rows do not add up: never, unless something is broken. */
  readonly addUp: string | null;
}

function printCells(row: JourneyFigures, share: number | null, words: Words): PathCells {
  const { format } = words;
  return {
    conversions: format.count(row.conversions),
    share: printShare(share, words),
    revenue: format.amount(row.revenue),
    journeys: format.count(row.journeys),
    rate: printShare(row.conversionRate, words),
    unconverted: format.count(row.unconverted),
  };
}

function writeSentence({ rows, total, paths, page, pageSize }: JourneyPaths, words: Words): string {
  const { t, format } = words;
  const first = rows[0];
  if (first === undefined || total.conversions === 0) return t("journeys.pathsNone");
  const top = strong(
    printShare(rows.reduce((sum, { conversions }) => sum + conversions, 0) / total.conversions, words),
  );
  if (page > 0) {
    const from = page * pageSize;
    return t("journeys.pathsSentencePage", {
      ...{ from: format.count(from + 1), to: format.count(from + rows.length), all: format.count(paths), top },
    });
  }
  const most = rows.reduce((best, row) => (row.conversions > best.conversions ? row : best), first);
  return t("journeys.pathsSentence", {
    path: strong(`${most.isCut ? "… › " : ""}${most.path.map((step) => nameStep(step, words)).join(" › ")}`),
    share: strong(printShare(most.share, words)),
    shown: format.count(rows.length),
    top,
  });
}

/** Law: rows and others add up to the total, journeys and conversions and revenue alike. */
function addsUp({ rows, others, total }: JourneyPaths): boolean {
  const all = [...rows, ...(others === null ? [] : [others])];
  const sum = (pick: (row: JourneyFigures) => number) => all.reduce((so, row) => so + pick(row), 0);
  return (
    sum(({ journeys }) => journeys) === total.journeys &&
    sum(({ conversions }) => conversions) === total.conversions &&
    Number(sumDecimals(all.map(({ revenue }) => revenue))) === Number(total.revenue)
  );
}

export function preparePaths(answer: JourneyPaths, hues: ReadonlyMap<string, HueSlot>, words: Words): PathsTable {
  const { t, format } = words;
  const { rows, others, total } = answer;
  const most = Math.max(1, ...rows.map(({ conversions }) => conversions));
  const stepOf = (step: JourneyStep, index: number) => ({
    ...{ id: `${index}`, label: nameStep(step, words), hue: hues.get(step.channel) },
  });
  return {
    sentence: writeSentence(answer, words),
    rows: rows.map((row) => ({
      ...printCells(row, row.share, words),
      id: JSON.stringify([row.isCut, row.path]),
      isCut: row.isCut,
      steps: row.path.map(stepOf),
      bar: row.conversions / most,
    })),
    others:
      others === null
        ? null
        : {
            ...printCells(others, others.share, words),
            label: t("journeys.othersPaths", { paths: format.count(others.paths) }),
          },
    total: printCells(total, total.conversions === 0 ? null : 1, words),
    isMixed: total.unconverted > 0,
    addUp: addsUp(answer)
      ? t("journeys.addUp", { journeys: format.count(total.journeys), conversions: format.count(total.conversions) })
      : null,
  };
}
