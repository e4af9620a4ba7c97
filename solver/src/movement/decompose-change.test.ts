import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decomposeChange, type MovementParts, type MovementState } from "./decompose-change.ts";
import { decomposeTotal } from "./decompose-total.ts";

const amount = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1e7, noNaN: true }));
const maybe = fc.oneof(fc.constant(null), amount);
const state: fc.Arbitrary<MovementState> = fc.record({
  spend: maybe,
  reach: maybe,
  conversions: amount,
  revenue: fc.oneof(amount, fc.double({ min: -1e5, max: 0, noNaN: true })),
});

const sumOf = (parts: MovementParts) => Object.values(parts).reduce((sum, part) => sum + part, 0);

function expectClose(actual: number, expected: number, ...scale: number[]) {
  const size = Math.max(1e-9, ...scale.map(Math.abs));
  expect(Math.abs(actual - expected) / size).toBeLessThan(1e-9);
}

const MIRROR = { started: "stopped", stopped: "started" } as const;

describe("the parts of a change", () => {
  it("add up to it, whatever is unknown, zero or negative", () => {
    let checked = 0;
    fc.assert(
      fc.property(state, state, (before, now) => {
        const parts = decomposeChange(before, now);
        const size = Object.values(parts).map(Math.abs);
        expectClose(sumOf(parts), now.revenue - before.revenue, before.revenue, now.revenue, ...size);
        checked++;
      }),
      { numRuns: 1000 },
    );
    expect(checked).toBe(1000);
  });

  it("have their signs turned on the way back", () => {
    let checked = 0;
    fc.assert(
      fc.property(state, state, (before, now) => {
        const [there, back] = [decomposeChange(before, now), decomposeChange(now, before)];
        for (const [part, size] of Object.entries(there)) {
          const mirrored = part === "started" || part === "stopped" ? MIRROR[part] : (part as keyof MovementParts);
          expectClose(-(back[mirrored] ?? 0), size, size, before.revenue, now.revenue);
          checked++;
        }
      }),
      { numRuns: 500 },
    );
    expect(checked).toBeGreaterThan(500);
  });

  it("are a thousand times as large in a currency of a thousandth", () => {
    const [before, now] = [
      { spend: 100, reach: 5000, conversions: 12, revenue: 900 },
      { spend: 80, reach: 4500, conversions: 9, revenue: 700 },
    ];
    const dear = (each: MovementState) => ({ ...each, spend: each.spend! * 1000, revenue: each.revenue * 1000 });
    const small = decomposeChange(before, now);
    for (const [part, size] of Object.entries(decomposeChange(dear(before), dear(now)))) {
      expectClose(size, 1000 * small[part as keyof MovementParts]!, size);
    }
  });

  it("are volume alone where half the money bought half of everything", () => {
    const parts = decomposeChange(
      { spend: 200, reach: 1000, conversions: 20, revenue: 800 },
      { spend: 100, reach: 500, conversions: 10, revenue: 400 },
    );
    expect(parts.volume).toBeCloseTo(-400, 9);
    for (const part of ["price", "return", "basket"] as const) expect(parts[part]).toBeCloseTo(0, 9);
  });

  it("are price alone where the same money bought dearer touches", () => {
    const parts = decomposeChange(
      { spend: 100, reach: 1000, conversions: 20, revenue: 800 },
      { spend: 100, reach: 500, conversions: 10, revenue: 400 },
    );
    expect(parts.price).toBeCloseTo(-400, 9);
    expect(parts.volume).toBeCloseTo(0, 9);
  });
});

describe("what was not there on one side", () => {
  const nothing = { spend: 0, reach: 0, conversions: 0, revenue: 0 };
  const some = { spend: 10, reach: 100, conversions: 2, revenue: 50 };

  it("started or stopped, as one part", () => {
    expect(decomposeChange(nothing, some)).toEqual({ started: 50 });
    expect(decomposeChange({ ...nothing, spend: null, reach: null }, some)).toEqual({ started: 50 });
    expect(decomposeChange(some, nothing)).toEqual({ stopped: -50 });
    expect(decomposeChange(nothing, nothing)).toEqual({});
  });

  it("is a matter of return where money was spent and nothing sold", () => {
    expect(decomposeChange({ ...some, conversions: 0, revenue: 0 }, some)).toEqual({ return: 50 });
  });

  it("leaves the chain where only the spend is unknown", () => {
    const parts = decomposeChange(
      { ...some, spend: null },
      { ...some, spend: null, reach: 200, conversions: 4, revenue: 100 },
    );
    expect(parts.reach).toBeCloseTo(50, 9);
    expect(parts.volume).toBeUndefined();
  });
});

describe("the parts of a total", () => {
  it("add up to the change of all channels and the baseline", () => {
    let checked = 0;
    const pairs = fc.array(fc.record({ before: state, now: state }), { maxLength: 6 });
    fc.assert(
      fc.property(pairs, amount, amount, (channels, before, now) => {
        const parts = decomposeTotal(channels, { before, now });
        const change = channels.reduce((sum, pair) => sum + pair.now.revenue - pair.before.revenue, now - before);
        const sizes = channels.flatMap((pair) => Object.values(decomposeChange(pair.before, pair.now)));
        expectClose(sumOf(parts), change, now, before, ...sizes, ...channels.map((pair) => pair.now.revenue), 1);
        checked++;
      }),
      { numRuns: 500 },
    );
    expect(checked).toBe(500);
  });

  it("are those of a channel where there is one alone", () => {
    const pair = {
      before: { spend: 100, reach: 1000, conversions: 20, revenue: 800 },
      now: { spend: 140, reach: 1100, conversions: 21, revenue: 900 },
    };
    const { mix, ...parts } = decomposeTotal([pair]);
    expect(mix).toBeCloseTo(0, 9);
    for (const [part, size] of Object.entries(decomposeChange(pair.before, pair.now))) {
      expect(parts[part as keyof typeof parts]).toBeCloseTo(size, 9);
    }
  });

  it("have no mix where all spend grows alike, and mix alone where money only moves to what returns more", () => {
    const channel = (spend: number, each: number): MovementState => ({
      ...{ spend, reach: spend * 10, conversions: spend * each, revenue: spend * each * 50 },
    });
    const alike = decomposeTotal([
      { before: channel(100, 0.1), now: channel(150, 0.1) },
      { before: channel(200, 0.02), now: channel(300, 0.02) },
    ]);
    expect(alike.mix).toBeCloseTo(0, 9);
    expect(alike.volume).toBeCloseTo(350, 9);
    const moved = decomposeTotal([
      { before: channel(100, 0.1), now: channel(200, 0.1) },
      { before: channel(200, 0.02), now: channel(100, 0.02) },
    ]);
    expect(moved.volume).toBeCloseTo(0, 9);
    expect(moved.mix).toBeCloseTo(400, 9);
  });
});
