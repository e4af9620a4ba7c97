import type { ModelComparison, ModelName } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import { listChannels, REFERENCE_MODEL, roundCredits, roundShifts } from "./credit-measure.ts";

/** The page's answer: who wins and who loses most when the chosen model replaces last touch, and what would have come anyway. */
export function writeComparisonHeadline(comparison: ModelComparison, chosen: ModelName, words: Words): string {
  const { t, format } = words;
  const incremental = comparison.models.find(({ model }) => model === "incremental");
  const rest = writeShifts(comparison, chosen, words);
  if (chosen !== "incremental" || incremental === undefined || !(Number(comparison.booked.revenue) > 0)) return rest;
  const channels = listChannels(comparison.models);
  return t("attribution.headlineBase", {
    base: strong(format.money(roundCredits(incremental, channels, "revenue").at(-1) ?? "0")),
    booked: format.money(comparison.booked.revenue),
    rest,
  });
}

function writeShifts(comparison: ModelComparison, chosen: ModelName, words: Words): string {
  const { t, format } = words;
  const model = comparison.models.find((candidate) => candidate.model === chosen);
  const reference = comparison.models.find((candidate) => candidate.model === REFERENCE_MODEL);
  const channels = listChannels(comparison.models);
  const top = channels[0];
  if (model === undefined || reference === undefined || top === undefined) return t("attribution.headlineNone");
  if (chosen === REFERENCE_MODEL) {
    const first = [...reference.channels].sort((a, b) => Number(b.revenue) - Number(a.revenue))[0];
    const booked = Number(comparison.booked.revenue);
    return t("attribution.headlineLast", {
      channel: strong(first?.channel ?? top),
      revenue: strong(
        format.money(roundCredits(reference, channels, "revenue")[channels.indexOf(first?.channel ?? top)] ?? 0),
      ),
      share: format.percent(booked === 0 ? 0 : Number(first?.revenue ?? 0) / booked),
    });
  }
  const moved = roundShifts(model, reference, channels);
  const owned = model.channels.filter(({ flags }) => flags.includes("owned")).map(({ channel }) => channel);
  const shifts = channels
    .map((channel, index) => ({ channel, shift: moved[index] ?? 0 }))
    // Visits that nobody bought neither win nor lose: they are no marketing.
    .filter(({ channel }) => !owned.includes(channel))
    .sort((a, b) => b.shift - a.shift);
  const winner = shifts[0];
  const loser = shifts.at(-1);
  const name = t(`models.${chosen}`);
  if (winner === undefined || loser === undefined || winner.shift <= 0)
    return t("attribution.headlineSame", { model: name });
  if (loser.shift >= 0) {
    return t("attribution.headlineGain", {
      model: name,
      channel: winner.channel,
      gain: strong(format.money(winner.shift)),
    });
  }
  return t("attribution.headlineBoth", {
    model: name,
    winner: winner.channel,
    gain: strong(format.money(winner.shift)),
    loser: loser.channel,
    loss: strong(format.money(-loser.shift)),
  });
}
