import { describe, expect, it } from "vitest";
import { parsePerformanceSearch } from "./performance-search.ts";

describe("the address of the page", () => {
  it("keeps what makes sense, and each part stands for itself", () => {
    const search = {
      ...{ by: "campaign", columns: ["iroas", "spend", "nonsense"], sort: "cpa", up: true, open: ['["Search",""]'] },
      ...{ find: "brand", rows: 50, metric: "spend", shape: "lines", why: "Search", whyCampaign: "Brand" },
    };
    expect(parsePerformanceSearch(search)).toEqual({ ...search, columns: ["spend", "iroas"] });
  });

  it("drops what does not, and what is the default", () => {
    expect(
      parsePerformanceSearch({
        ...{ by: "channel", columns: ["x"], sort: 3, up: "yes", open: "Search", find: "", rows: 0 },
        ...{ metric: "luck", shape: {}, why: "", whyCampaign: "Brand" },
      }),
    ).toEqual({});
  });

  it("explains no campaign of everything", () => {
    expect(parsePerformanceSearch({ why: "*", whyCampaign: "Brand" })).toEqual({ why: "*" });
  });
});
