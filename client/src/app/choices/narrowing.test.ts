import { describe, expect, it } from "vitest";
import { wordsIn } from "../../i18n/words.fixture.ts";
import { narrowingOf, tellNarrowing, tellWhole } from "./narrowing.ts";

const ALL = ["conversions", "channels"] as const;
const view = {
  conversions: { conversionTypes: ["purchase", "lead", "call"], customers: "new" as const },
  channels: ["Search"],
};

describe("what a page is narrowed to", () => {
  it("is what the address says and the page acts on", () => {
    expect(narrowingOf(view, ALL)).toEqual(["types", "customers", "channels"]);
    expect(narrowingOf(view, ["channels"])).toEqual(["channels"]);
    expect(narrowingOf(view, ["range"])).toEqual([]);
    expect(narrowingOf({ conversions: { conversionTypes: [], customers: "" }, channels: [] }, ALL)).toEqual([]);
  });

  it("is told in few words, with what stays whole all the same", () => {
    const { t } = wordsIn("en");
    expect(narrowingOf(view, ALL).map((each) => tellNarrowing(each, view, t))).toEqual([
      "purchase and 2 more",
      "New customers",
      "Search",
    ]);
    expect(tellWhole(["channels"], t)).toBe("Totals stay those of all channels.");
    expect(tellWhole(["types", "customers"], t)).toContain("Spend is not split");
  });
});
