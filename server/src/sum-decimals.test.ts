import { expect, test } from "vitest";
import { sumDecimals } from "./sum-decimals.ts";

test("amounts add up to the last decimal, where floats would not", () => {
  expect(sumDecimals(["0.1", "0.2"])).toBe("0.30");
  expect(sumDecimals(["9007199254740993.01", "-0.005"])).toBe("9007199254740993.005");
  expect(sumDecimals(["-3", "1.25"])).toBe("-1.75");
  expect(sumDecimals([])).toBe("0.00");
});
