import { type Curve, scaleCurve } from "@touchline/solver";
import type { FittedChannel, PlanCurves } from "../../../planning/index.ts";
import { type GivenModel, refuseFile } from "./given-model.ts";

/** Where a file names no currency. */
const NO_CURRENCY = "EUR";

/**
 * The given curves as a plan takes them: amounts a day.
 * @param days that amounts are for where the file does not say
 * @throws UserError where today's spend of some channels is given and of others not
 */
export function planCurves(
  file: string,
  { currency, days: own, channels }: GivenModel,
  days: number,
): PlanCurves & { readonly knowsToday: boolean } {
  const unknown = channels.find(({ current }) => current === null);
  const knowsToday = unknown === undefined;
  if (!knowsToday && channels.some(({ current }) => current !== null))
    refuseFile(file, `${unknown.name}: has no current spend, though other channels have`);
  const period = own ?? days;
  const perDay = (curve: Curve) => scaleCurve(curve, period, period);
  const count = Math.max(...channels.map(({ draws }) => draws.length));
  return {
    currency: currency ?? NO_CURRENCY,
    channels: channels.map(
      ({ name, curve, draws, current, largestSpendSeen, flags }): FittedChannel => ({
        channel: name,
        campaign: null,
        curve: perDay(curve),
        draws: repeated(draws.length > 0 ? draws : [curve], count).map(perDay),
        families: familiesOf(draws.length > 0 ? draws : [curve]),
        source: "given",
        delivery: null,
        r2: 1,
        observed: [],
        currentSpend: (current ?? 0) / period,
        largestSpendSeen: largestSpendSeen === null ? Number.POSITIVE_INFINITY : largestSpendSeen / period,
        flags: [...flags],
      }),
    ),
    withoutCurve: [],
    knowsToday,
  };
}

/** As many draws in every channel, so that a world has one curve of each; a channel without any is certain. */
function repeated(draws: readonly Curve[], count: number): readonly Curve[] {
  return Array.from({ length: count }, (_, n) => draws[n % draws.length]!);
}

/** Families by how much of the response they stand for; a curve along points is one of its own and names none. */
function familiesOf(curves: readonly Curve[]): FittedChannel["families"] {
  const types = curves.flatMap(({ type }) => (type === "mixture" ? [] : [type]));
  return [...new Set(types)].map((family) => ({
    family,
    weight: types.filter((type) => type === family).length / types.length,
  }));
}
