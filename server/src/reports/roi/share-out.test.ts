import fc from "fast-check";
import { expect, test } from "vitest";
import { sumOf, unitsOf } from "../../exact.ts";
import { scaled, shareOut, toPlaces } from "./share-out.ts";

const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map((units) => {
  const digits = (units < 0n ? -units : units).toString().padStart(13, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -12)}.${digits.slice(-12)}`;
});
const magnitude = (units: bigint) => (units < 0n ? -units : units);

test("rows add up to their total to the cent, and none is off by a cent", () => {
  let checked = 0;
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 40 }), fc.constantFrom(2, 4), (amounts, places) => {
      const total = toPlaces(sumOf(amounts), places);
      const rows = shareOut(total, amounts, places);
      expect(sumOf(rows)).toBe(total);
      const step = 10n ** BigInt(12 - places);
      for (const [i, row] of rows.entries()) {
        expect(unitsOf(row) % step).toBe(0n);
        expect(magnitude(unitsOf(row) - unitsOf(amounts[i]!)) < step).toBe(true);
      }
      checked++;
    }),
  );
  expect(checked).toBe(100);
});

test("rows add up to a total that was rounded elsewhere", () => {
  fc.assert(
    fc.property(
      fc.array(amount, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: -30, max: 30 }),
      (amounts, cents) => {
        const total = toPlaces(sumOf([...amounts, String(cents / 100)]), 2);
        expect(sumOf(shareOut(total, amounts, 2))).toBe(total);
      },
    ),
  );
});

test("what is nothing stays nothing, and equal remainders go to the earlier row", () => {
  expect(shareOut("0.01", ["0", "0.005", "0.005", "0"], 2)).toEqual(["0", "0.01", "0", "0"]);
  expect(shareOut("-0.01", ["-0.006", "-0.004"], 2)).toEqual(["-0.01", "0"]);
});

test("an amount times a share is exact to a trillionth", () => {
  expect(scaled("100.10", 0.4)).toBe("40.04");
  expect(toPlaces("1.00005", 4)).toBe("1.0001");
});
