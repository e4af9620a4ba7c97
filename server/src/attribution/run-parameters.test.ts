import { expect, test } from "vitest";
import { runParameters } from "./run-parameters.ts";

test("the same parameters are written the same way, in whatever order somebody gives them", () => {
  const range = { from: "2026-01-01", to: "2026-03-31" };
  const one = runParameters({ model: "incremental", dateBasis: "touch", ...range, conversionTypes: ["b", "a"] });
  const other = runParameters({ ...range, conversionTypes: ["a", "b", "a"], model: "incremental", dateBasis: "touch" });
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});
