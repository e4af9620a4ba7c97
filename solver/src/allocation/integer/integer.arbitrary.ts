import fc from "fast-check";
import type { Curve } from "../../response/curve-families.ts";
import type { AllocationProblem, ChannelPlan, Constraint } from "../problem.ts";

/** A number in [min, max] on a grid of a thousand steps. */
const share = (min: number, max: number) => fc.nat(1000).map((at) => min + ((max - min) * at) / 1000);

/** Curves of every family, S-shaped ones among them, bending at some 10,000 of spend. */
const anyCurve: fc.Arbitrary<Curve> = fc
  .record({ a: share(4e4, 3e5), b: share(8e3, 6e4), s: share(1.3, 5), type: fc.nat(7) })
  .map(({ a, b, s, type }): Curve => {
    switch (type) {
      case 0:
        return { type: "log", a, b };
      case 1:
        return { type: "power", a: a / b ** 0.55, p: 0.55 };
      case 2:
        return { type: "exp", a, b };
      case 3:
        return { type: "hill", beta: a, k: b, s: 1 };
      case 4: {
        const bent = { type: "hill", beta: a, k: b, s } as const;
        return {
          type: "mixture",
          parts: [
            { weight: 0.5, curve: bent },
            { weight: 0.5, curve: { type: "log", a, b } },
          ],
        };
      }
      case 5:
        return { type: "power", a: a / b ** 1.3, p: 1.3 };
      default:
        return { type: "hill", beta: a, k: b, s };
    }
  });

const channel = fc.record({
  curve: anyCurve,
  current: share(1e4, 4e4).map(Math.round),
  wide: share(1.2, 3),
  minimum: fc.option(share(0.3, 0.95)),
  step: fc.constantFrom(2000, 2500, 3000, 5000),
});

/** Up to three channels with all kinds of limits; few enough to be solved by counting. */
export const smallProblem = (inSteps: boolean): fc.Arbitrary<AllocationProblem> =>
  fc
    .record({
      drawn: fc.array(channel, { minLength: inSteps ? 2 : 1, maxLength: inSteps ? 3 : 2 }),
      part: share(0.3, 1.2),
      group: fc.option(share(0.4, 0.9)),
      blended: fc.option(share(0.8, 1.8)),
      objective: fc.constantFrom(
        { type: "max_response", response_weight: 1, spend_weight: 0 } as const,
        { type: "max_response", response_weight: 1, spend_weight: 0 } as const,
        { type: "max_profit", response_weight: 0.5, spend_weight: -1 } as const,
        { type: "min_spend", response_weight: 0, spend_weight: -1 } as const,
      ),
      target: share(5e3, 5e4),
    })
    .map(({ drawn, part, group, blended, objective, target }) => {
      const channels = drawn.map(
        ({ curve, current, wide, minimum, step }, i): ChannelPlan => ({
          name: `channel ${i}`,
          curve,
          lower: 0,
          upper: Math.round(current * wide),
          current,
          ...(minimum === null ? {} : { minimumIfOn: Math.round(current * minimum) }),
          ...(inSteps ? { step } : {}),
        }),
      );
      const total = Math.round(drawn.reduce((sum, { current }) => sum + current, 0) * part);
      const constraints: Constraint[] = [
        objective.type === "min_spend"
          ? { type: "min_total_response", value: target }
          : { type: "total_spend", sense: "<=", value: total },
      ];
      if (group !== null && channels.length > 1)
        constraints.push({
          type: "group_spend",
          name: "pair",
          members: [channels[0]!.name, channels[1]!.name],
          min: null,
          max: Math.round(total * group),
        });
      if (blended !== null) constraints.push({ type: "blended_roas_floor", value: blended });
      return { objective, channels, constraints };
    });
