import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ModelError } from "../model-error.ts";
import { sumOf } from "./compensated-sum.ts";
import { type MarginTargets, type ReconciledMargins, reconcileMargins } from "./reconcile.ts";

const amounts = (length: number, min: number) =>
  fc.array(fc.integer({ min, max: 1_000 }), { minLength: length, maxLength: length });

/** Totals of both sides that agree; seeds may hold zeros where `leastSeed` is 0. */
const marginTargets = (leastSeed: number): fc.Arbitrary<MarginTargets> =>
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
    fc
      .tuple(amounts(rows * columns, leastSeed), amounts(rows, 1), amounts(columns, 1))
      .map(([seed, days, channels]) => {
        const scale = sumOf(days) / sumOf(channels);
        return {
          seed: Float64Array.from(seed),
          rows,
          columns,
          rowTotals: Float64Array.from(days),
          columnTotals: Float64Array.from(channels, (each) => each * scale),
        };
      }),
  );

describe("credit by day and channel", () => {
  test("adds up to every day's bookings and to every channel's credit", () => {
    fc.assert(
      fc.property(marginTargets(1), (targets) => {
        const reconciled = reconcileMargins(targets);
        expect(reconciled.converged).toBe(true);
        expectRows(reconciled, targets);
        expect(columnError(reconciled, targets)).toBeLessThanOrEqual(1.1e-11);
        expect(reconciled.cells.every((cell) => cell > 0)).toBe(true);
      }),
    );
  });

  test("adds up to every day's bookings even where zeros in the seed keep channels from their totals, and says so", () => {
    fc.assert(
      fc.property(marginTargets(0), (targets) => {
        const reconciled = reconcileMargins(targets, { maxIterations: 300 });
        expectRows(reconciled, targets);
        expect(reconciled.converged).toBe(columnError(reconciled, targets) <= 1e-11);
      }),
    );
    // Column 1 is the only way for a row that needs 5, and should hold 1.
    const impossible = margins(
      [
        [1, 0],
        [1, 1],
      ],
      [5, 1],
      [1, 5],
    );
    const reconciled = reconcileMargins(impossible);
    expectRows(reconciled, impossible);
    expect(reconciled.converged).toBe(false);
    expect(reconciled.worstColumnError).toBeCloseTo(4, 9);
  });

  test("meets channels whose credit differs from all bookings by rounding", () => {
    const targets = margins(
      [
        [1, 2],
        [3, 4],
      ],
      [3, 7],
      [5, 5 * (1 + 1e-9)],
    );
    const reconciled = reconcileMargins(targets);
    expectRows(reconciled, targets);
    expect(reconciled.converged).toBe(true);
  });

  test("keeps the cross ratios of the seed, whatever its unit", () => {
    fc.assert(
      fc.property(marginTargets(1), (targets) => {
        const { cells } = reconcileMargins(targets);
        const { seed, rows, columns } = targets;
        const crossRatio = (table: Float64Array, row: number, column: number): number =>
          (table[0]! * table[row * columns + column]!) / (table[column]! * table[row * columns]!);
        for (let row = 1; row < rows; row++) {
          for (let column = 1; column < columns; column++) {
            const kept = crossRatio(cells, row, column) / crossRatio(seed, row, column);
            expect(Math.abs(kept - 1)).toBeLessThan(1e-11);
          }
        }
        const cents = reconcileMargins({ ...targets, seed: seed.map((each) => each * 128) });
        expect([...cents.cells]).toEqual([...cells]);
      }),
    );
  });

  test("leaves a table as it is that has its totals already", () => {
    const { cells, iterations } = reconcileMargins(
      margins(
        [
          [1, 2],
          [3, 4],
        ],
        [3, 7],
        [4, 6],
      ),
    );
    expect([...cells]).toEqual([1, 2, 3, 4]);
    expect(iterations).toBe(1);
  });

  test("spreads a channel that no day knows over the days in proportion to their bookings", () => {
    const { cells, converged } = reconcileMargins(
      margins(
        [
          [3, 0],
          [1, 0],
        ],
        [30, 10],
        [20, 20],
      ),
    );
    expect(converged).toBe(true);
    expect(cells[1]).toBeCloseTo(15, 9);
    expect(cells[3]).toBeCloseTo(5, 9);
  });

  test("spreads a day whose seed is empty, or lies in channels without credit, over the channels that have credit", () => {
    for (const emptyDay of [
      [0, 0, 0],
      [0, 0, 7],
    ]) {
      const targets = margins([[1, 3, 0], emptyDay], [4, 8], [3, 9, 0]);
      const reconciled = reconcileMargins(targets);
      expectRows(reconciled, targets);
      expect(reconciled.converged).toBe(true);
      expect(reconciled.cells[5]).toBe(0);
    }
  });

  test("a table that should be empty is", () => {
    const nothing = reconcileMargins(
      margins(
        [
          [1, 2],
          [3, 4],
        ],
        [0, 0],
        [0, 0],
      ),
    );
    expect([...nothing.cells]).toEqual([0, 0, 0, 0]);
    expect(nothing.converged).toBe(true);
  });

  test.each<[string, MarginTargets, RegExp]>([
    ["totals that disagree", margins([[1]], [1], [1.000001]), /no table has both/],
    ["a negative seed", margins([[-1]], [1], [1]), /Number 1 of the seeds is -1/],
    ["a total that is no number", margins([[1]], [Number.NaN], [1]), /Number 1 of the row totals is NaN/],
    ["a table of another size", { ...margins([[1]], [1], [1]), rows: 2 }, /needs 2 seeds, 2 row totals/],
  ])("refuses %s", (_, targets, message) => {
    expect(() => reconcileMargins(targets)).toThrow(ModelError);
    expect(() => reconcileMargins(targets)).toThrow(message);
  });
});

function margins(seed: number[][], rowTotals: number[], columnTotals: number[]): MarginTargets {
  return {
    seed: Float64Array.from(seed.flat()),
    rows: rowTotals.length,
    columns: columnTotals.length,
    rowTotals: Float64Array.from(rowTotals),
    columnTotals: Float64Array.from(columnTotals),
  };
}

function expectRows({ cells }: ReconciledMargins, { rows, columns, rowTotals }: MarginTargets): void {
  for (let row = 0; row < rows; row++) {
    const sum = sumOf(cells.subarray(row * columns, (row + 1) * columns));
    expect(Math.abs(sum - rowTotals[row]!)).toBeLessThanOrEqual(1e-14 * rowTotals[row]!);
  }
}

function columnError({ cells }: ReconciledMargins, { columns, columnTotals }: MarginTargets): number {
  return Math.max(
    ...Array.from(columnTotals, (total, column) => {
      const sum = sumOf(cells.filter((_, at) => at % columns === column));
      return Math.abs(sum - total) / total;
    }),
  );
}
