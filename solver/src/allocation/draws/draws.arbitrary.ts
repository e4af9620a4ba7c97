import fc from "fast-check";
import type { Curve } from "../../response/curve-families.ts";
import type { Constraint } from "../problem.ts";
import type { DrawsProblem } from "./problem.ts";

const share = (min: number, max: number) => fc.nat(10_000).map((step) => min + ((max - min) * step) / 10_000);

/** A concave curve of one of four families; `steepness` and `size` are what worlds differ in. */
function curveOf(family: number, size: number, bend: number): Curve {
  switch (family) {
    case 0:
      return { type: "hill", beta: size, k: bend, s: 1 };
    case 1:
      return { type: "log", a: size, b: bend };
    case 2:
      return { type: "exp", a: size, b: bend };
    default:
      return { type: "power", a: size / bend ** 0.6, p: 0.6 };
  }
}

/** Two to six channels of 1 to `worlds` draws, with bounds, a budget and sometimes a group and a floor on the mean ROAS. */
export const drawsProblem = (worlds: number): fc.Arbitrary<DrawsProblem> =>
  fc
    .record({
      count: fc.integer({ min: 1, max: worlds }),
      channels: fc.array(
        fc.record({
          family: fc.nat(3),
          size: share(2e4, 5e5),
          bend: share(5e3, 1e5),
          low: share(-0.5, 0.5),
          high: share(1.1, 4),
          noise: fc.array(fc.tuple(share(0.3, 2), share(0.5, 2)), { minLength: worlds, maxLength: worlds }),
        }),
        { minLength: 2, maxLength: 6 },
      ),
      part: share(0.05, 0.95),
      group: fc.option(share(0.2, 0.8)),
      floor: fc.option(share(0.2, 1.5)),
      exact: fc.boolean(),
    })
    .map(({ count, channels, part, group, floor, exact }) => {
      const drawn = channels.map(({ family, size, bend, low, high, noise }, i) => ({
        name: `channel ${i}`,
        draws: noise.slice(0, count).map(([a, b]) => curveOf(family, size * a, bend * b)),
        lower: Math.max(0, low) * 3e4,
        upper: high > 3 ? null : high * 3e4,
        current: 3e4,
      }));
      const floors = drawn.reduce((sum, { lower }) => sum + lower, 0);
      const caps = drawn.reduce((sum, { upper }) => sum + (upper ?? 1e5), 0);
      const value = floors + part * (caps - floors);
      const constraints: Constraint[] = [{ type: "total_spend", sense: exact ? "=" : "<=", value }];
      if (group !== null) {
        const members = [drawn[0]!, drawn[1]!];
        const least = members[0]!.lower + members[1]!.lower;
        const max = least + group * (value - floors);
        constraints.push({
          type: "group_spend",
          name: "pair",
          members: members.map(({ name }) => name),
          min: null,
          max,
        });
      }
      if (floor !== null) constraints.push({ type: "blended_roas_floor", value: floor });
      return { objective: { type: "mean_of_draws" }, channels: drawn, constraints };
    });
