import type { ModelComparison, ModelCredit } from "@touchline/server/contract";
import { sumDecimals } from "../../format/decimal.ts";

type ChannelRow = ModelCredit["channels"][number];

function sumRows(rows: readonly ChannelRow[], channel: string): ChannelRow {
  const spends = rows.flatMap(({ spend }) => spend ?? []);
  return {
    channel,
    conversions: sumDecimals(["0", ...rows.map(({ conversions }) => conversions)]),
    revenue: sumDecimals(["0", ...rows.map(({ revenue }) => revenue)]),
    spend: spends.length === 0 ? null : sumDecimals(spends),
    ...{ roas: null, interval: null, flags: [], coverage: null },
  };
}

/**
 * The comparison with the chosen channels told apart and the rest as one. As it was where none of them is there, so that an old
 * address empties nothing, and where there is no rest.
 * Law: credit still adds up to what is booked under every model.
 * @param others what the rest is called
 */
export function narrowComparison(
  comparison: ModelComparison,
  chosen: readonly string[],
  others: string,
): ModelComparison {
  const names = new Set(comparison.models.flatMap(({ channels }) => channels.map(({ channel }) => channel)));
  const kept = new Set(chosen.filter((channel) => names.has(channel)));
  if (kept.size === 0 || kept.size === names.size) return comparison;
  const isKept = ({ channel }: { channel: string }) => kept.has(channel);
  return {
    ...comparison,
    models: comparison.models.map((model) => {
      const rest = model.channels.filter((row) => !isKept(row));
      return { ...model, channels: [...model.channels.filter(isKept), sumRows(rest, others)] };
    }),
    claims: comparison.claims.filter(isKept),
  };
}
