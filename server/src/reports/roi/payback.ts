import { LAG_EDGES_DAYS } from "@touchline/solver";
import { z } from "zod";
import type { Fit } from "../../attribution/index.ts";

/** What the incremental model keeps of the effect of a touch: conversions a day, by the days since it. */
const KeptEffects = z.array(z.object({ channel: z.string(), effectByLag: z.array(z.number()) })).default([]);

/** By channel, the share of its effect that has come at each edge of days after the touch; it ends at 1. */
export type ArrivalShares = ReadonlyMap<string, readonly number[]>;

export function arrivalShares(fit: Fit): ArrivalShares {
  const kept = KeptEffects.safeParse(fit.figures.effects);
  const shares = new Map<string, readonly number[]>();
  for (const { channel, effectByLag } of kept.success ? kept.data : []) {
    const sums = [0];
    effectByLag.forEach((rate, bin) => {
      const days = (LAG_EDGES_DAYS[bin + 1] ?? LAG_EDGES_DAYS[bin]!) - LAG_EDGES_DAYS[bin]!;
      sums.push(sums.at(-1)! + Math.max(0, rate) * days);
    });
    const all = sums.at(-1)!;
    if (all > 0)
      shares.set(
        channel,
        sums.map((sum) => sum / all),
      );
  }
  return shares;
}

/** What a channel brings in all, sooner or later. */
export interface Flow {
  readonly channel: string;
  readonly brought: number;
}

/**
 * Days from a touch until what it brought has paid for itself: the first day d at which the sum over channels of what each brought, times
 * the share of it that has come by then, reaches the spend. Channels of which no course is known arrive as the others do together.
 * Null where nothing was spent, the spend is never paid back, or no course is known.
 * Law: more spend never pays back sooner.
 */
export function paybackDays(spend: number, flows: readonly Flow[], shares: ArrivalShares): number | null {
  const known = flows.flatMap(({ channel, brought }) => {
    const share = shares.get(channel);
    return share === undefined || !(brought > 0) ? [] : [{ brought, share }];
  });
  const total = flows.reduce((sum, { brought }) => sum + brought, 0);
  const weight = known.reduce((sum, { brought }) => sum + brought, 0);
  if (!(spend > 0) || total < spend || weight <= 0) return null;
  const edges = Math.max(...known.map(({ share }) => share.length));
  const come = Array.from(
    { length: edges },
    (_, i) => (total * known.reduce((sum, { brought, share }) => sum + brought * (share[i] ?? 1), 0)) / weight,
  );
  const at = come.findIndex((sum) => sum >= spend * (1 - 1e-12));
  if (at < 0) return null;
  const [before, after] = [come[at - 1] ?? 0, come[at]!];
  const [from, to] = [LAG_EDGES_DAYS[at - 1] ?? 0, LAG_EDGES_DAYS[at] ?? 0];
  const days = after > before ? from + ((to - from) * (spend - before)) / (after - before) : to;
  return Math.round(days * 10) / 10;
}
