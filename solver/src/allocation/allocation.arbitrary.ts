import fc from "fast-check";
import { type Curve, curveSlope } from "../response/curve-families.ts";
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
