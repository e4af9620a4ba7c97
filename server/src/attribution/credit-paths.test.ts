import { aggregatePaths } from "@touchline/solver";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MODEL_NAMES } from "../contract/index.ts";
import { creditAggregatedPaths } from "./credit-paths.ts";
import { splitPaths } from "./split-paths.ts";

const CHANNELS = ["Direct", "Paid Search", "Organic Search", "google / cpc", "Email"];
const row = fc.record({
  path: fc.array(fc.constantFrom(...CHANNELS), { minLength: 1, maxLength: 6 }),
  conversions: fc.integer({ min: 1, max: 50 }),
  value: fc.integer({ min: 0, max: 900 }),
  nulls: fc.integer({ min: 1, max: 200 }),
});
/** What needs more than paths says so. */
const NEEDS_EVENTS = new Set<string>(["incremental", "time-decay", "last-click"]);
const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe("aggregated paths", () => {
  test.each(MODEL_NAMES.filter((model) => !NEEDS_EVENTS.has(model)))(
    "%s: credit adds up to what the file says",
    (model) => {
      fc.assert(
        fc.property(fc.array(row, { minLength: 3, maxLength: 25 }), (rows) => {
          const paths = aggregatePaths(rows);
          let credited: ReturnType<typeof creditAggregatedPaths>;
          try {
            credited = creditAggregatedPaths(paths, { model, order: 1 });
          } catch (error) {
            // A regression may find no channel that helps: a refusal in words, not a figure.
            expect(model).toBe("logistic");
            expect((error as Error).name).toBe("ModelError");
            return;
          }
          expect(total(credited.credit.conversions)).toBeCloseTo(total(paths.conversions), 6);
          expect(total(credited.credit.value)).toBeCloseTo(total(paths.value), 6);
          expect(creditAggregatedPaths(paths, { model, order: 1 }).credit).toEqual(credited.credit);
        }),
        { numRuns: 20 },
      );
    },
  );

  test.each([...NEEDS_EVENTS])("%s says what it misses", (model) => {
    const paths = aggregatePaths([{ path: ["A"], conversions: 1, value: 1, nulls: 1 }]);
    expect(() => creditAggregatedPaths(paths, { model: model as (typeof MODEL_NAMES)[number], order: 1 })).toThrow(
      /aggregated paths/,
    );
  });

  test("rules by kind go by names, and say which", () => {
    const paths = aggregatePaths([
      { path: ["Paid Search", "Organic Search", "Direct"], conversions: 4, value: 8, nulls: 0 },
    ]);
    const direct = creditAggregatedPaths(paths, { model: "last-non-direct", order: 1 });
    expect([...direct.credit.conversions]).toEqual([0, 4, 0]);
    expect(direct.warnings).toEqual(["Taken as direct by their names: Direct."]);
    const paid = creditAggregatedPaths(paths, { model: "last-paid", order: 1 });
    expect([...paid.credit.conversions]).toEqual([4, 0, 0]);
    expect(paid.warnings).toEqual(["Taken as paid by their names: Paid Search."]);
  });

  test("the order that held-out journeys speak for is said", () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      path: [CHANNELS[i % 5]!, CHANNELS[(i * 3) % 5]!],
      ...{ conversions: 20 + i, value: 0, nulls: 100 },
    }));
    const { warnings } = creditAggregatedPaths(aggregatePaths(rows), { model: "markov", order: "auto" });
    expect(warnings[0]).toMatch(/^Held-out journeys speak for order [1-4]\.$/);
  });
});

test("the parts of split paths add up to the whole, and neither is negative", () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 20 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (rows, drawn) => {
        const paths = aggregatePaths(rows);
        const { train, heldOut } = splitPaths(paths, () => drawn);
        for (const name of ["conversions", "nulls", "value"] as const) {
          paths[name].forEach((all, i) => {
            expect(train[name][i]! + heldOut[name][i]!).toBeCloseTo(all, 9);
            expect(Math.min(train[name][i]!, heldOut[name][i]!)).toBeGreaterThanOrEqual(-1e-9);
          });
        }
      },
    ),
  );
});
