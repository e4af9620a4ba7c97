import type { JourneyPositions } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { nameStep, printShare } from "./journey-step.ts";

export const POSITIONS = ["opens", "assists", "closes", "alone"] as const;
export type Position = (typeof POSITIONS)[number];

interface PositionRow {
  readonly id: string;
  readonly label: string;
  readonly hue: HueSlot | undefined;
  readonly cells: readonly {
    readonly position: Position;
    readonly conversions: string;
    readonly share: string;
    readonly revenue: string;
    /** The length of the bar: all bars of the table on one scale. */
    readonly bar: number;
  }[];
  readonly ratio: string;
}

export interface PositionsTable {
  readonly sentence: string | undefined;
  readonly rows: readonly PositionRow[];
  readonly isByCampaign: boolean;
  /** Where not all are shown. */
  readonly leading: string | null;
}

type Row = JourneyPositions["rows"][number];

const largest = (rows: readonly Row[], position: Position): Row | undefined =>
  rows.reduce<Row | undefined>(
    (best, row) => (best === undefined || row[position].conversions > best[position].conversions ? row : best),
    undefined,
  );

function writeSentence({ rows, total }: JourneyPositions, words: Words): string | undefined {
  const opener = largest(rows, "opens");
  const closer = largest(rows, "closes");
  if (opener === undefined || closer === undefined || total.conversions === 0) return undefined;
  const share = (conversions: number) => strong(printShare(conversions / total.conversions, words));
  const named = {
    opens: strong(nameStep(opener.step, words)),
    opensShare: share(opener.opens.conversions),
    closesShare: share(closer.closes.conversions),
  };
  if (opener === closer) return words.t("journeys.positionsSentenceSame", named);
  return words.t("journeys.positionsSentence", { ...named, closes: strong(nameStep(closer.step, words)) });
}

/** What each channel or campaign does, with the share of all conversions that it does it in. */
export function preparePositions(
  answer: JourneyPositions,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): PositionsTable {
  const { t, format } = words;
  const { rows, total, steps } = answer;
  const most = Math.max(1, ...rows.flatMap((row) => POSITIONS.map((position) => row[position].conversions)));
  return {
    sentence: writeSentence(answer, words),
    isByCampaign: rows.some(({ step }) => step.campaign !== undefined),
    rows: rows.map((row) => ({
      id: JSON.stringify(row.step),
      label: nameStep(row.step, words),
      hue: hues.get(row.step.channel),
      cells: POSITIONS.map((position) => ({
        position,
        conversions: format.count(row[position].conversions),
        share: printShare(total.conversions === 0 ? null : row[position].conversions / total.conversions, words),
        revenue: format.money(row[position].revenue),
        bar: row[position].conversions / most,
      })),
      ratio: row.assistRatio === null ? "–" : format.count(row.assistRatio, 2),
    })),
    leading:
      steps > rows.length
        ? t("journeys.leading", { shown: format.count(rows.length), all: format.count(steps) })
        : null,
  };
}
