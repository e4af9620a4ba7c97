import fc from "fast-check";
import { describe, expect, test } from "vitest";
import kaggle from "./fixtures/kaggle-transition-counts.json" with { type: "json" };
import { countTransitions, solveMarkovOrder1, type TransitionCounts } from "./markov-order-1.ts";
import { convertingRows } from "./paths.arbitrary.ts";
import { aggregatePaths } from "./paths.ts";

/** Rows: start, then channels; columns: channels, conversion, null. */
function transitions(channels: string[], counts: number[][], value?: number[]): TransitionCounts {
  const conversions = counts.slice(1).map((row) => row[channels.length]!);
  return {
    channels,
    counts: Float64Array.from(counts.flat()),
    valueByLastChannel: Float64Array.from(value ?? conversions),
  };
}

describe("published transition counts of 240,108 visitors", () => {
  const isChannel = (state: string): boolean => !["Start", "Null", "Converted"].includes(state);
  const channels = kaggle.states.filter(isChannel);
  const columns = [...channels, "Converted", "Null"].map((state) => kaggle.states.indexOf(state));
  const counts = ["Start", ...channels].map((from) => {
    const row = kaggle.counts[kaggle.states.indexOf(from)]!;
    return columns.map((column) => row[column]!);
  });
  const fit = solveMarkovOrder1(transitions(channels, counts));

  test.each(channels.map((channel, index) => [channel, index] as const))(
    "give %s its published removal effect and credit",
    (channel, index) => {
      const effects: Record<string, number> = kaggle.published.removalEffect;
      const conversions: Record<string, number> = kaggle.published.conversions;
      expect(relativeGap(fit.removalEffect[index]!, effects[channel]!)).toBeLessThan(1e-14);
      expect(relativeGap(fit.share[index]! * kaggle.conversions, conversions[channel]!)).toBeLessThan(1e-14);
    },
  );

  test("need no warning", () => {
    expect(channels).toHaveLength(5);
    expect(fit.warnings).toEqual([]);
  });
});

describe("counting transitions", () => {
  test("what enters a channel leaves it", () => {
    fc.assert(
      fc.property(convertingRows, (rows) => {
        const { channels, counts } = countTransitions(aggregatePaths(rows));
        const width = channels.length + 2;
        channels.forEach((_, channel) => {
          let entering = 0;
          let leaving = 0;
          for (let row = 0; row <= channels.length; row++) entering += counts[row * width + channel]!;
          for (let column = 0; column < width; column++) leaving += counts[(channel + 1) * width + column]!;
          expect(entering).toBe(leaving);
        });
      }),
    );
  });

  test("repeats collapse and journeys that ended unconverted are weighed in", () => {
    const paths = aggregatePaths([{ path: ["A", "A", "B", "A"], conversions: 2, value: 8, nulls: 3 }]);
    const { counts, valueByLastChannel } = countTransitions(paths);
    expect([...counts]).toEqual([5, 0, 0, 0, 0, 5, 2, 3, 5, 0, 0, 0]);
    expect([...valueByLastChannel]).toEqual([8, 0]);
  });
});

describe("chains that are odd", () => {
  test("a channel counted as following itself has the credit that it has without those steps", () => {
    const plain = [
      [6, 4, 0, 0],
      [0, 3, 2, 5],
      [4, 0, 2, 1],
    ];
    const looping = plain.map((row) => [...row]);
    looping[1]![0] = 1_000_000;
    const expected = solveMarkovOrder1(transitions(["A", "B"], plain));
    expect([...solveMarkovOrder1(transitions(["A", "B"], looping)).removalEffect]).toEqual([...expected.removalEffect]);
  });

  test("journeys that go round a billion times before they end lose no digit", () => {
    // A -> B m times, converting once; B -> A m times, ending twice: by hand, P = (m + 2) / (3m + 2) and the removal
    // effect of B is m^2 / ((m + 1)(m + 2)).
    const m = 1e9;
    const fit = solveMarkovOrder1(
      transitions(
        ["A", "B"],
        [
          [1, 0, 0, 0],
          [0, m, 1, 0],
          [m, 0, 0, 2],
        ],
      ),
    );
    expect(relativeGap(fit.conversionProbability, (m + 2) / (3 * m + 2))).toBeLessThan(1e-15);
    expect(relativeGap(fit.removalEffect[0]!, 1)).toBeLessThan(1e-15);
    expect(relativeGap(fit.removalEffect[1]!, (m / (m + 1)) * (m / (m + 2)))).toBeLessThan(1e-15);
  });

  test("journeys that never end count as not converting, and the fit says so", () => {
    const fit = solveMarkovOrder1(
      transitions(
        ["A", "B", "C"],
        [
          [4, 0, 0, 0, 0],
          [0, 2, 0, 2, 0],
          [0, 0, 5, 0, 0],
          [0, 5, 0, 0, 0],
        ],
      ),
    );
    expect(fit.conversionProbability).toBe(0.5);
    expect([...fit.share]).toEqual([1, 0, 0]);
    expect(fit.warnings).toEqual([expect.stringMatching(/B, C never end/)]);
  });

  test("a channel that journeys enter and never leave is no dead stop for the solver", () => {
    const fit = solveMarkovOrder1(
      transitions(
        ["A", "B"],
        [
          [10, 0, 0, 0],
          [0, 4, 6, 0],
          [0, 0, 0, 0],
        ],
      ),
    );
    expect(fit.conversionProbability).toBeCloseTo(0.6, 15);
    expect(fit.warnings).toEqual([expect.stringMatching(/B never end/)]);
  });

  test("a channel that no journey gets to has no credit, and the fit says so", () => {
    const fit = solveMarkovOrder1(
      transitions(
        ["A", "B"],
        [
          [10, 0, 0, 0],
          [0, 0, 5, 5],
          [3, 0, 9, 1],
        ],
      ),
    );
    expect([...fit.share]).toEqual([1, 0]);
    expect(fit.warnings).toEqual([expect.stringMatching(/from the start to B/)]);
  });

  test("conversions without any touch belong to no channel, and the fit says so", () => {
    const fit = solveMarkovOrder1(
      transitions(
        ["A"],
        [
          [5, 5, 0],
          [0, 5, 0],
        ],
      ),
    );
    expect(fit.removalEffect[0]).toBe(0.5);
    expect(fit.share[0]).toBe(1);
    expect(fit.warnings).toEqual([expect.stringMatching(/5 conversions had no touch/)]);
  });

  test.each<[string, number[][], number[] | undefined, RegExp]>([
    [
      "no journey starts",
      [
        [0, 0, 0],
        [0, 1, 0],
      ],
      undefined,
      /No journey starts/,
    ],
    [
      "nothing converts",
      [
        [3, 0, 0],
        [0, 0, 3],
      ],
      undefined,
      /No journey converts/,
    ],
    [
      "only journeys without a touch convert",
      [
        [3, 2, 0],
        [0, 0, 3],
      ],
      undefined,
      /No conversion passes through a channel/,
    ],
    [
      "a count is negative",
      [
        [3, 0, 0],
        [0, 4, -1],
      ],
      undefined,
      /from channel A is counted -1 times/,
    ],
    [
      "a count is no number",
      [
        [Number.NaN, 0, 0],
        [0, 4, 0],
      ],
      undefined,
      /from the start is counted NaN times/,
    ],
    ["counts are missing", [[3, 0, 0]], [1], /are 2 x 3 numbers/],
    [
      "a value is negative",
      [
        [3, 0, 0],
        [0, 3, 0],
      ],
      [-1],
      /value that ends in channel A is -1/,
    ],
    [
      "value has no conversion",
      [
        [3, 0, 0],
        [0, 0, 3],
      ],
      [1],
      /A value of 1 ends in channel A/,
    ],
  ])("refused: %s", (_, counts, value, message) => {
    expect(() => solveMarkovOrder1(transitions(["A"], counts, value))).toThrow(message);
  });

  test("a channel named twice is refused", () => {
    const counts = new Float64Array(12).fill(1);
    const twice = { channels: ["A", "A"], counts, valueByLastChannel: new Float64Array(2) };
    expect(() => solveMarkovOrder1(twice)).toThrow(/named twice/);
  });
});

function relativeGap(a: number, b: number): number {
  return Math.abs(a - b) / Math.abs(b);
}
