import { type Curve, curveSlope, curveValue } from "@touchline/solver";
import { expect, test } from "vitest";
import { Random } from "../../../random.ts";
import { curvesInMoney } from "./curves-in-money.ts";

const generator = new Random(3);
const random = () => generator.uniform();

/** Delivery that saturates: half of 100,000 at a spend of 200. */
const spend = Float64Array.from({ length: 120 }, () => 60 + 400 * random());
const pressure = spend.map((each) => Math.round((100_000 * each) / (200 + each)));
const channel = { channel: "Video", spend, pressure, isByDelivery: true, coverage: 0.01, tested: null, tests: [] };
/** An effect in proportion to what is delivered. */
const straight: Curve = { type: "power", a: 3, p: 1 };

test("money that delivers less and less brings less and less, although every impression does the same", () => {
  const curves = curvesInMoney(new Array<Curve>(40).fill(straight), channel, random);
  expect(curves).toHaveLength(40);
  const mean = (at: number, of: (curve: Curve, x: number) => number) =>
    curves.reduce((sum, curve) => sum + of(curve, at), 0) / curves.length;
  const perMoney = pressure.reduce((a, b) => a + b, 0) / spend.reduce((a, b) => a + b, 0);
  const truth = (x: number) => ((100_000 * x) / (200 + x) / perMoney) * 3;
  for (const x of [100, 250, 450]) expect(mean(x, curveValue) / truth(x)).toBeCloseTo(1, 1);
  expect(mean(250, curveSlope) / (truth(251) - truth(250))).toBeCloseTo(1, 0);
  expect(mean(2_000, curveValue)).toBeLessThan(0.5 * curveValue(straight, 2_000));
});

test("where the pressure is the money itself curves are what they were", () => {
  const curves = [straight];
  expect(curvesInMoney(curves, { ...channel, isByDelivery: false }, random)).toBe(curves);
});
