import type { ChannelFinding, ChannelQuality } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";

/** How a mark is shown: something to beware of, or something to know. */
const TONES = {
  owned: "info",
  "demand-capture": "warning",
  "not-identified": "warning",
  calibrated: "check",
  "low-coverage": "warning",
  "follows-purchases": "warning",
  "stops-at-purchase": "warning",
} as const satisfies Record<ChannelFinding, "info" | "warning" | "check">;

export interface Mark {
  readonly finding: ChannelFinding;
  readonly tone: (typeof TONES)[ChannelFinding];
  readonly name: string;
  readonly why: string;
}

export interface FindingRow {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly touches: string;
  readonly caused: string;
  readonly interval: string;
  readonly coverage: string;
  readonly marks: readonly Mark[];
}

export interface FindingTable {
  readonly sentence: string;
  readonly rows: readonly FindingRow[];
}

const NONE = "–";

function explain(finding: ChannelFinding, channel: ChannelQuality, { t, format }: Words): string {
  const { effect, beforeRatio, coverage, shareSoon, soonPerTouch } = channel;
  switch (finding) {
    case "demand-capture":
      return t("quality.why.demand-capture", {
        share: format.percent(shareSoon, 0),
        soon: format.count(soonPerTouch * 100, 1),
      });
    case "not-identified":
      return effect === null
        ? t("quality.why.not-identified-plain")
        : t("quality.why.not-identified", { low: format.count(effect.low), high: format.count(effect.high) });
    case "low-coverage":
      return t("quality.why.low-coverage", { coverage: format.percent(coverage ?? 0, 0) });
    case "follows-purchases":
    case "stops-at-purchase":
      return t(`quality.why.${finding}`, { ratio: format.count(beforeRatio ?? 0, 1) });
    default:
      return t(`quality.why.${finding}`);
  }
}

/** What stands against taking a channel's credit at its word, with the figures that say so. */
export function prepareFindings(
  channels: readonly ChannelQuality[],
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): FindingTable {
  const { t, format } = words;
  const marked = channels.filter(({ findings }) => findings.some((finding) => TONES[finding] === "warning"));
  return {
    sentence:
      marked.length === 0
        ? t("quality.findingsClean")
        : t("quality.findingsSentence", {
            channels: strong(format.count(marked.length)),
            all: format.count(channels.length),
          }),
    rows: channels.map((channel) => ({
      ...{ channel: channel.channel, hue: hues.get(channel.channel), touches: format.count(channel.touches) },
      caused: channel.effect === null ? NONE : format.count(channel.effect.conversions),
      interval:
        channel.effect === null
          ? ""
          : t("quality.range", { low: format.count(channel.effect.low), high: format.count(channel.effect.high) }),
      coverage: channel.coverage === null ? NONE : format.percent(channel.coverage, 0),
      marks: channel.findings.map((finding) => ({
        ...{ finding, tone: TONES[finding], name: t(`quality.finding.${finding}`) },
        why: explain(finding, channel, words),
      })),
    })),
  };
}
