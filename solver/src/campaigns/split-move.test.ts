import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Curve, curveSlope, curveValue } from "../response/index.ts";
import { type CampaignRoom, splitMove } from "./split-move.ts";

const curve: fc.Arbitrary<Curve> = fc.oneof(
  fc.record({
    type: fc.constant("hill" as const),
    beta: fc.double({ min: 50, max: 5_000, noNaN: true }),
    k: fc.double({ min: 20, max: 500, noNaN: true }),
    s: fc.double({ min: 0.5, max: 1, noNaN: true }),
  }),
  fc.record({
    type: fc.constant("log" as const),
    a: fc.double({ min: 50, max: 2_000, noNaN: true }),
    b: fc.double({ min: 10, max: 500, noNaN: true }),
  }),
  fc.record({
    type: fc.constant("power" as const),
    a: fc.double({ min: 1, max: 50, noNaN: true }),
    p: fc.double({ min: 0.2, max: 0.9, noNaN: true }),
  }),
);

const campaign = (options: { curve?: fc.Arbitrary<Curve | null>; step?: fc.Arbitrary<number | null> } = {}) =>
  fc
    .record({
      current: fc.integer({ min: 100, max: 20_000 }).map((cents) => cents / 100),
      curve: options.curve ?? fc.oneof({ weight: 4, arbitrary: curve }, { weight: 1, arbitrary: fc.constant(null) }),
      minimum: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 150 })),
      most: fc.double({ min: 1, max: 3, noNaN: true }),
      isHeld: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
      step:
        options.step ??
        fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(1, 5, 10) }),
    })
    .map(
      ({ current, minimum, most, isHeld, ...rest }): CampaignRoom => ({
        ...{ ...rest, current },
        lower: isHeld ? current : minimum,
        upper: isHeld ? current : Math.max(minimum, current * most),
      }),
    );

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const worth = (rooms: readonly CampaignRoom[], amounts: readonly number[]) =>
  sumOf(rooms.map((room, i) => (room.curve === null ? 0 : curveValue(room.curve, amounts[i]!))));

describe("a channel's move over its campaigns", () => {
  test("adds up with what found no place, keeps every bound and goes against nobody", () => {
    let ran = 0;
    fc.assert(
      fc.property(
        fc.array(campaign(), { minLength: 1, maxLength: 7 }),
        fc.double({ min: -0.6, max: 0.6, noNaN: true }),
        (rooms, share) => {
          const total = sumOf(rooms.map(({ current }) => current));
          const move = share * total;
          const { amounts, unplaced } = splitMove(rooms, move);
          expect(sumOf(amounts) + unplaced).toBeCloseTo(total + move, 6);
          for (const [i, { current, lower, upper, step }] of rooms.entries()) {
            const amount = amounts[i]!;
            expect(amount).toBeGreaterThanOrEqual(lower - 1e-7);
            expect(amount).toBeLessThanOrEqual(Math.max(upper, current, lower) + 1e-7);
            if (lower === upper && lower === current) expect(amount).toBe(current);
            // Below its minimum it is brought up to it, whichever way the channel goes.
            const base = Math.max(current, lower);
            const isRaise = total + move >= sumOf(rooms.map((each) => Math.max(each.current, each.lower)));
            if (isRaise) expect(amount).toBeGreaterThanOrEqual(base - 1e-7);
            else expect(amount).toBeLessThanOrEqual(base + 1e-7);
            if (step !== null && Math.abs(amount - base) > 1e-9)
              expect(Math.abs(amount / step - Math.round(amount / step))).toBeLessThan(1e-6);
          }
          ran++;
        },
      ),
      { numRuns: 300 },
    );
    expect(ran).toBeGreaterThanOrEqual(300);
  });

  test("leaves equal marginal returns where no bound and no step is in the way, and better ones nowhere else", () => {
    let ran = 0;
    fc.assert(
      fc.property(
        fc.array(campaign({ curve, step: fc.constant(null) }), { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0.02, max: 0.4, noNaN: true }),
        (rooms, share) => {
          const total = sumOf(rooms.map(({ current }) => current));
          const { amounts, lower, upper, unplaced } = splitMove(rooms, share * total);
          if (Math.abs(unplaced) > 1e-9) return;
          // At nothing a curve may be infinitely steep, and be flat before the first millionth of a euro is spent.
          const slopes = (more: number) => rooms.map((room, i) => curveSlope(room.curve!, amounts[i]! + more));
          const mayRise = slopes(1e-6).filter((_, i) => amounts[i]! < upper[i]! - 1e-6);
          const mayFall = slopes(0).filter((_, i) => amounts[i]! > lower[i]! + 1e-6);
          if (mayRise.length === 0 || mayFall.length === 0) return;
          expect(Math.max(...mayRise)).toBeLessThanOrEqual(Math.min(...mayFall) * (1 + 1e-5));
          ran++;
        },
      ),
      { numRuns: 300 },
    );
    expect(ran).toBeGreaterThan(100);
  });

  test("does not depend on the order of the campaigns", () => {
    let ran = 0;
    fc.assert(
      fc.property(
        fc.array(campaign(), { minLength: 2, maxLength: 6 }),
        fc.double({ min: -0.4, max: 0.4, noNaN: true }),
        (rooms, share) => {
          const move = share * sumOf(rooms.map(({ current }) => current));
          const forth = splitMove(rooms, move).amounts;
          const back = splitMove(rooms.toReversed(), move).amounts.toReversed();
          expect(worth(rooms, back)).toBeCloseTo(worth(rooms, forth), 4);
          if (rooms.every(({ step }) => step === null))
            for (const [i, amount] of forth.entries()) expect(back[i]).toBeCloseTo(amount, 5);
          ran++;
        },
      ),
      { numRuns: 200 },
    );
    expect(ran).toBeGreaterThanOrEqual(200);
  });

  test("brings as much as the best of all splits in whole steps", () => {
    let ran = 0;
    const inSteps = campaign({ curve, step: fc.constant(10) }).map((room) => {
      const current = 10 * Math.max(1, Math.round(room.current / 10));
      const isHeld = room.lower === room.upper;
      return { ...room, current, lower: isHeld ? current : 0, upper: isHeld ? current : 2 * current };
    });
    fc.assert(
      fc.property(
        fc.array(inSteps, { minLength: 2, maxLength: 3 }),
        fc.integer({ min: -8, max: 8 }),
        (rooms, steps) => {
          const total = sumOf(rooms.map(({ current }) => current)) + 10 * steps;
          const { amounts, lower, upper, unplaced } = splitMove(rooms, 10 * steps);
          let [best, nearest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
          const visit = (i: number, chosen: number[]): void => {
            if (i < rooms.length) {
              for (let amount = lower[i]!; amount <= upper[i]! + 1e-9; amount += 10) visit(i + 1, [...chosen, amount]);
              return;
            }
            const missing = Math.abs(total - sumOf(chosen));
            if (missing > nearest + 1e-9) return;
            best = missing < nearest - 1e-9 ? worth(rooms, chosen) : Math.max(best, worth(rooms, chosen));
            nearest = Math.min(nearest, missing);
          };
          visit(0, []);
          expect(Math.abs(unplaced)).toBeCloseTo(nearest, 6);
          expect(worth(rooms, amounts)).toBeGreaterThanOrEqual(best - 1e-6 * Math.abs(best));
          ran++;
        },
      ),
      { numRuns: 150 },
    );
    expect(ran).toBeGreaterThanOrEqual(150);
  });

  test("is in proportion to what is spent where nobody knows a curve", () => {
    const room = (current: number, upper = 1_000): CampaignRoom => ({
      current,
      curve: null,
      lower: 0,
      upper,
      step: null,
    });
    expect(splitMove([room(100), room(300)], 40).amounts.map((each) => Math.round(each * 1e6) / 1e6)).toEqual([
      110, 330,
    ]);
    const { amounts, unplaced } = splitMove([room(100), room(300, 310)], 40);
    expect(amounts.map((each) => Math.round(each * 1e6) / 1e6)).toEqual([130, 310]);
    expect(unplaced).toBeCloseTo(0, 9);
  });

  test("says what found no place", () => {
    const held: CampaignRoom = { current: 50, curve: null, lower: 50, upper: 50, step: null };
    expect(splitMove([held], 12)).toMatchObject({ amounts: [50], unplaced: 12 });
    expect(splitMove([], -3)).toMatchObject({ amounts: [], unplaced: -3 });
    const stepped: CampaignRoom = { current: 50, curve: null, lower: 0, upper: 200, step: 20 };
    expect(splitMove([stepped], 12).amounts).toEqual([60]);
    expect(splitMove([stepped], 12).unplaced).toBeCloseTo(2, 9);
  });
});
