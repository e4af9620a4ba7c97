import { expect, test } from "vitest";
import { distinctHeader, isHeaderWith, splitHeader } from "./csv-header.ts";

test.each([
  ["a,b", ["a", "b"]],
  [" a , b ", ["a", "b"]],
  ['"a, b",c', ["a, b", "c"]],
  ['"say ""yes""", "b" ,c', ['say "yes"', "b", "c"]],
  ['" a ",b', [" a ", "b"]],
  ["a,,b,", ["a", "", "b", ""]],
])("%s is taken apart", (header, names) => {
  expect(splitHeader(header, ",")).toEqual(names);
});

test("every column gets a name of its own, and a header that is well stays as it is", () => {
  expect(distinctHeader("a,b,c")).toBeNull();
  expect(distinctHeader('a;"x;y";a;;a')).toBe('"a";"x;y";"a (2)";"column 4";"a (3)"');
});

test("a header is known by one column of each group, in whatever case and spaces", () => {
  const groups = [["Day", "Jour"], ["Campaign"]];
  expect(isHeaderWith("CAMPAIGN\tx\t jour", groups)).toBe(true);
  expect(isHeaderWith("Campaign report for the day", groups)).toBe(false);
  expect(isHeaderWith("Total\u00a0cost,Coût", [["total cost"], ["cou\u0302t"]])).toBe(true);
});
