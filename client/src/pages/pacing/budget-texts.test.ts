import { expect, test } from "vitest";
import { readBudgets } from "./budget-texts.ts";

const BUDGETS = [
  { channel: "Search", amount: "1200.00" },
  { channel: "Social", amount: "800" },
];

test("only fields that differ are sent; an empty one takes its budget away", () => {
  const texts = { Search: "1 200,00", Social: "", Video: "300,5" };
  expect(readBudgets(texts, BUDGETS, "fr")).toEqual({
    budgets: [
      { channel: "Social", amount: null },
      { channel: "Video", amount: "300.50" },
    ],
    ...{ broken: [], total: 1500.5, count: 2 },
  });
});

test("what cannot be read is named and not sent", () => {
  const { budgets, broken } = readBudgets({ Search: "lots", Social: "-5" }, BUDGETS, "en");
  expect({ budgets, broken }).toEqual({ budgets: [], broken: ["Search", "Social"] });
});
