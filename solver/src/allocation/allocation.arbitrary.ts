import fc from "fast-check";
import { type Curve, curveSlope, curveValue } from "../response/curve-families.ts";
import type { AllocationProblem, ChannelPlan, Constraint } from "./problem.ts";

/** A number in [min, max] on a grid of ten thousand steps: doubles drawn freely are mostly of sizes that no budget has. */
const share = (min: number, max: number) => fc.nat(10_000).map((step) => min + ((max - min) * step) / 10_000);

/** Strictly concave curves of every family, bending at some 10,000 of spend and worth a few units a unit of spend. */
export const concaveCurve: fc.Arbitrary<Curve> = fc
  .record({ a: share(2e4, 5e5), b: share(5e3, 1e5), p: share(0.3, 0.9), type: fc.nat(4) })
  .map(({ a, b, p, type }) => {
    switch (type) {
      case 0:
        return { type: "hill", beta: a, k: b, s: 1 };
      case 1:
        return { type: "log", a, b };
      case 2:
        return { type: "power", a: a / b ** p, p };
      case 3:
        return { type: "exp", a, b };
      default:
        return { type: "logistic", a, lam: 2 / b };
    }
  });

const channels = (min: number, max: number): fc.Arbitrary<ChannelPlan[]> =>
  fc
    .array(fc.record({ curve: concaveCurve, current: share(2e3, 1e5), low: share(-0.5, 0.8), high: share(1.1, 4) }), {
      minLength: min,
      maxLength: max,
    })
    .map((drawn) =>
      drawn.map(({ curve, current, low, high }, i) => ({
        name: `channel ${i}`,
        curve,
        lower: Math.max(0, low) * current,
        upper: high > 3 ? null : high * current,
        current,
      })),
    );

/** Channels with bounds and a total that they can spend: what the brute force of the tests can solve too. */
export const budgetProblem: fc.Arbitrary<AllocationProblem> = fc
  .record({ channels: channels(2, 20), part: share(0.02, 0.98), exact: fc.boolean() })
  .map(({ channels, part, exact }) => {
    const floors = channels.reduce((sum, { lower }) => sum + lower, 0);
    const caps = channels.reduce((sum, { upper, current }) => sum + (upper ?? 3 * current!), 0);
    const total: Constraint = {
      type: "total_spend",
      sense: exact ? "=" : "<=",
      value: floors + part * (caps - floors),
    };
    return { objective: { type: "max_response", response_weight: 1, spend_weight: 0 }, channels, constraints: [total] };
  });

/** Every kind of objective and limit; many of them cannot be kept together. */
export const anyProblem: fc.Arbitrary<AllocationProblem> = fc
  .record({
    problem: budgetProblem,
    stretch: share(0.6, 1.2),
    change: fc.option(fc.constantFrom(20, 60, 120)),
    groups: fc.array(
      fc.record({
        members: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        min: share(0, 1.2),
        room: share(0, 1),
      }),
      {
        maxLength: 3,
      },
    ),
    blended: fc.option(share(0.5, 3)),
    floors: fc.option(share(0.3, 2)),
    objective: fc.constantFrom(
      { type: "max_response", response_weight: 1, spend_weight: 0 } as const,
      { type: "max_profit", response_weight: 0.6, spend_weight: -1 } as const,
      { type: "target_mroi", response_weight: 1, spend_weight: -1.5 } as const,
    ),
  })
  .map(({ problem, stretch, change, groups, blended, floors, objective }) => {
    const { channels } = problem;
    const constraints: Constraint[] = problem.constraints.map((total) =>
      total.type === "total_spend" ? { ...total, value: total.value * stretch } : total,
    );
    if (change !== null) constraints.push({ type: "change_limit_pct", value: change });
    groups.forEach(({ members, min, room }, g) => {
      const inside = channels.filter((_, i) => members[i]!);
      if (inside.length === 0) return;
      const current = inside.reduce((sum, channel) => sum + channel.current!, 0);
      constraints.push({
        type: "group_spend",
        name: `group ${g}`,
        members: inside.map(({ name }) => name),
        min: min > 0.4 ? null : min * current,
        max: (Math.min(min, 0.6) + 2 * room + 0.2) * current,
      });
    });
    if (blended !== null) constraints.push({ type: "blended_roas_floor", value: blended });
    if (floors !== null) {
      const steep = channels.filter(({ curve }) => curveSlope(curve, 0) > floors);
      const values = Object.fromEntries(steep.slice(0, 3).map(({ name }) => [name, floors]));
      constraints.push({ type: "channel_roas_floor", values });
    }
    return { objective, channels, constraints };
  });

/** Which of the further limits a drawn problem has, and how tight they are relative to what a plain split would need. */
const sometimes = (min: number, max: number) =>
  fc.record({ at: fc.nat(9), value: share(min, max) }).map(({ at, value }) => (at < 3 ? value : null));
const furtherLimits = fc.record({
  leastSpend: fc.boolean(),
  target: sometimes(0.2, 1.1),
  groupFloor: sometimes(0.3, 2),
  ceiling: sometimes(0.02, 0.1),
  stock: sometimes(0.3, 1.2),
  secondStock: sometimes(0.3, 1.2),
  touches: sometimes(0.5, 1.5),
  delivery: sometimes(0.5, 1.5),
  most: sometimes(0.5, 1.5),
  balance: sometimes(0.2, 3),
  weights: fc.option(fc.array(share(0.2, 2), { minLength: 20, maxLength: 20 })),
  odds: fc.array(share(0, 1), { minLength: 20, maxLength: 20 }),
});

/** Any problem with up to eleven kinds of limits more, each of them now and then. */
export const richProblem: fc.Arbitrary<AllocationProblem> = fc
  .record({ problem: fc.oneof(budgetProblem, anyProblem), further: furtherLimits })
  .map(({ problem, further }) => {
    const { channels } = problem;
    const named = (value: (i: number) => number) =>
      Object.fromEntries(channels.map(({ name }, i) => [name, value(i)] as const));
    const current = channels.reduce((sum, channel) => sum + channel.current!, 0);
    const response = channels.reduce((sum, { curve, current }) => sum + curveValue(curve, current!), 0);
    const rates = named((i) => (further.odds[i]! > 0.3 ? 0.5 + further.odds[i]! : 0));
    const members = channels.filter((_, i) => further.odds[i]! < 0.6).map(({ name }) => name);
    const constraints: Constraint[] = [...problem.constraints];
    const { target, groupFloor, ceiling, stock, secondStock, touches, delivery, most, balance, weights } = further;
    if (target !== null) constraints.push({ type: "min_total_response", value: target * response });
    if (groupFloor !== null && members.length > 0)
      constraints.push({ type: "group_roas_floor", name: "returning", members, value: groupFloor });
    if (ceiling !== null)
      constraints.push({
        type: "cpa_ceiling",
        value: 5 / ceiling,
        conversions: named((i) => 0.03 + further.odds[i]! / 50),
      });
    if (stock !== null)
      constraints.push({ type: "response_cap", name: "stock", value: stock * response, perResponse: rates });
    if (secondStock !== null) {
      const perResponse = named((i) => further.odds[i]!);
      constraints.push({ type: "response_cap", name: "calls", value: secondStock * response * 0.4, perResponse });
    }
    if (touches !== null)
      constraints.push({
        type: "contact_cap",
        name: "messages",
        value: touches * current * 20,
        touches: named((i) => 40 * rates[`channel ${i}`]!),
      });
    if (delivery !== null) {
      const [first] = channels;
      const curve = { type: "log", a: 1e6, b: 2e4 } as const;
      const value = curveValue(curve, delivery * 2 * first!.current!);
      constraints.push({ type: "contact_cap", name: "mail", value, touches: { [first!.name]: curve } });
    }
    if (most !== null)
      constraints.push({ type: "weighted_spend", name: "agency", weights: rates, min: null, max: most * current });
    if (balance !== null && channels.length > 1)
      constraints.push({
        type: "weighted_spend",
        name: "balance",
        weights: { [channels[0]!.name]: 1, [channels[1]!.name]: -balance },
        min: null,
        max: 0,
      });
    const objective = further.leastSpend && target !== null ? LEAST_SPEND : problem.objective;
    const worths = weights === null ? {} : { weights: named((i) => weights[i]!) };
    return { objective: { ...objective, ...worths }, channels, constraints };
  });

const LEAST_SPEND = { type: "min_spend", response_weight: 0, spend_weight: -1 } as const;
