import { expect, test } from "vitest";
import { csvCell } from "./export-lines.ts";

test("a spreadsheet works nothing out of an exported audit", () => {
  for (const begin of ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\t=", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"]) {
    expect(csvCell(`${begin}HYPERLINK(1)`).replace(/^"/, "")).toMatch(/^'/);
  }
});

test("a cell holds what it was given", () => {
  expect(csvCell("plain text 12")).toBe("plain text 12");
  expect(csvCell('{"role":"admin"}')).toBe('"{""role"":""admin""}"');
  expect(csvCell("two\nlines, one cell")).toBe('"two\nlines, one cell"');
});
