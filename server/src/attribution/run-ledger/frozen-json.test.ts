import fc from "fast-check";
import { expect, test } from "vitest";
import { readFrozen, writeFrozen } from "./frozen-json.ts";

test("what is frozen comes back to the last digit, typed arrays as such", () => {
  fc.assert(
    fc.property(
      fc.float64Array(),
      fc.uint32Array(),
      fc.array(fc.string()),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (numbers, counts, names, one) => {
        const value = { numbers, counts, names, one: one + 0, nested: [{ part: numbers.subarray(1) }] };
        const back = readFrozen(writeFrozen(value)) as typeof value;
        expect(back).toEqual(value);
        expect(back.numbers).toBeInstanceOf(Float64Array);
      },
    ),
  );
});
