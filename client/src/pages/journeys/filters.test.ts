import { describe, expect, it } from "vitest";
import { isFiltered, parseJourneysSearch, selectionOf } from "./filters.ts";

const range = { from: "2026-01-01", to: "2026-01-28" };

describe("the filters of the address", () => {
  it("keep what makes sense and drop the rest", () => {
    expect(parseJourneysSearch({ through: "Email", touches: 3, converted: true })).toEqual({
      ...{ through: "Email", touches: 3, converted: true },
    });
    expect(parseJourneysSearch({ through: "", touches: 1, converted: "yes", from: "2026-01-01" })).toEqual({});
    expect(parseJourneysSearch({ through: 7, touches: 2.5 })).toEqual({});
  });

  it("become what the server is asked", () => {
    expect(selectionOf(range, {})).toEqual({ range });
    expect(selectionOf(range, { through: "Email", touches: 3, converted: true })).toEqual({
      ...{ range, channel: "Email", minTouches: 3, convertedOnly: true },
    });
    expect([isFiltered({}), isFiltered({ touches: 2 })]).toEqual([false, true]);
  });
});
