import type { ClaimsAnswer, ModelName } from "@touchline/server/contract";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { countCell } from "./cells.ts";
import type { ChartModel } from "./chart-model.ts";

export interface ClaimLine {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly bars: readonly {
    readonly id: "claimed" | "lastClick" | "credited" | "incremental";
    readonly label: string;
    readonly text: string;
    readonly length: number;
  }[];
  /** Why the two differ, in words. */
  readonly why: readonly string[];
}

export interface ClaimsFound extends ChartModel {
  readonly sentence: string;
  readonly lines: readonly ClaimLine[];
  readonly silent: string | null;
}

/** Above so much of what is found, a claim calls for words. */
const FAR = 1.2;
/** Below it, most of what was delivered is not seen. */
const SEEN = 0.5;

/** What speaks for the difference: the data says which of the usual reasons can hold, not which does. */
function reasonsOf(row: ClaimsAnswer["rows"][number], isOverall: boolean, { t, format }: Words): string[] {
  const claimed = Number(row.claimed.conversions);
  const lastClick = Number(row.lastClick.conversions);
  const found = Number((row.incremental ?? row.credited).conversions);
  if (claimed <= found * FAR)
    return claimed < found / FAR ? [t("performance.claim.less")] : [t("performance.claim.near")];
  return [
    ...(claimed > lastClick * FAR
      ? [t("performance.claim.views", { share: format.percent(1 - lastClick / claimed, 0) })]
      : [t("performance.claim.clicks")]),
    ...(row.isDemandCapture ? [t("performance.claim.demand")] : []),
    ...(row.coverage !== null && row.coverage < SEEN
      ? [t("performance.claim.unseen", { share: format.percent(row.coverage, 0) })]
      : []),
    ...(isOverall ? [t("performance.claim.twice")] : []),
  ];
}

/** What platforms say of themselves beside what is found, in conversions: claims have no common value. */
export function prepareClaimsFound(
  answer: ClaimsAnswer,
  model: ModelName,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): ClaimsFound {
  const { t, format } = words;
  const [claimed, booked] = [Number(answer.claimed.conversions), Number(answer.booked.conversions)];
  const found = answer.rows.reduce((sum, row) => sum + Number((row.incremental ?? row.credited).conversions), 0);
  const longest = Math.max(
    1,
    ...answer.rows.flatMap((row) => [
      Number(row.claimed.conversions),
      Number(row.credited.conversions),
      Number(row.lastClick.conversions),
    ]),
  );
  const isOverall = claimed > booked;
  const bar = (id: ClaimLine["bars"][number]["id"], label: string, conversions: string) => ({
    ...{ id, label, text: format.count(conversions, 0), length: Number(conversions) / longest },
  });
  const sentence = t(isOverall ? "performance.claim.sentenceOver" : "performance.claim.sentence", {
    claimed: strong(format.count(claimed)),
    booked: strong(format.count(booked)),
    found: strong(format.count(found, 0)),
  });
  return {
    ...{ label: plainText(sentence), caption: t("performance.claim.caption"), sentence },
    silent: answer.silent.length === 0 ? null : t("performance.claim.silent", { channels: answer.silent.join(", ") }),
    lines: answer.rows.map((row) => ({
      ...{ channel: row.channel, hue: hues.get(row.channel), why: reasonsOf(row, isOverall, words) },
      bars: [
        bar("claimed", t("performance.claim.claimed"), row.claimed.conversions),
        bar("lastClick", t("models.last-click"), row.lastClick.conversions),
        ...(model === "incremental" || model === "last-click"
          ? []
          : [bar("credited", t(`models.${model}`), row.credited.conversions)]),
        ...(row.incremental === null ? [] : [bar("incremental", t("models.incremental"), row.incremental.conversions)]),
      ],
    })),
    table: {
      columns: [
        { label: t("words.channel"), isNumeric: false },
        { label: t("performance.column.claimedConversions"), isNumeric: true },
        { label: t("models.last-click"), isNumeric: true },
        { label: t(`models.${model}`), isNumeric: true },
        { label: t("performance.column.incrementalConversions"), isNumeric: true },
        { label: t("performance.claim.why"), isNumeric: false },
      ],
      rows: answer.rows.map((row) => ({
        id: row.channel,
        cells: [
          row.channel,
          countCell(row.claimed.conversions, words, 1),
          countCell(row.lastClick.conversions, words, 1),
          countCell(row.credited.conversions, words, 1),
          countCell(row.incremental?.conversions, words, 1),
          reasonsOf(row, isOverall, words).join(" "),
        ],
      })),
    },
  };
}
