import { expect, test } from "vitest";
import { readNumbers } from "./report-numbers.ts";

test.each([
  [["1234", "5.5", "0"], false, [1234, 5.5, 0]],
  [["1,234", "12", "1,234,567"], false, [1234, 12, 1234567]],
  [["1,234.50", "$12.00"], false, [1234.5, 12]],
  [["1.234,50", "12,00 €"], false, [1234.5, 12]],
  [["1 234,5", "12\u00a0345,25\u00a0€", "7"], true, [1234.5, 12345.25, 7]],
  [["1,234", "3"], true, [1.234, 3]],
  [["1.234", "3"], true, [1234, 3]],
  [["1.234", "3"], false, [1.234, 3]],
  [["EUR 1,5", "2,25"], false, [1.5, 2.25]],
  [["-", "—", "", "4"], false, [0, 0, 0, 4]],
  [["-3.5"], false, [-3.5]],
])("%j (decimal comma by language: %s)", (texts, hasDecimalComma, numbers) =>
  expect(readNumbers(texts, hasDecimalComma)).toEqual(numbers),
);

test("what is no number is told apart from nothing", () => {
  expect(readNumbers(["12 people"], false)).toEqual([Number.NaN]);
});
