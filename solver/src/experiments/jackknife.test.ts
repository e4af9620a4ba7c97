import { expect, test } from "vitest";
import { jackknifeMargin } from "./jackknife.ts";
import { addLift, FORTY_CITIES, simulatePanel } from "./panel.fixture.ts";

test("one test region has no margin of its own; one odd region among the tested widens it", () => {
  const { panel } = addLift(simulatePanel(FORTY_CITIES, 6), [1, 2, 3, 4], 90, 0.05);
  const design = { testRegions: [1, 2, 3, 4], firstDay: 90, lastDay: 104 };
  expect(jackknifeMargin(panel, { ...design, testRegions: [1] }, "synthetic-control", 1)).toBeNull();
  const alike = jackknifeMargin(panel, design, "difference-in-differences", 1)!;
  const { panel: odd } = addLift(panel, [3], 90, 0.6);
  const apart = jackknifeMargin(odd, design, "difference-in-differences", 1)!;
  expect(alike).toBeGreaterThan(0);
  expect(apart).toBeGreaterThan(3 * alike);
});
