import type { SeenCampaign } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { findCampaigns, problemOf, settingsOf } from "./campaign-rows.ts";

const seen = (channel: string, campaign: string, platformId = ""): SeenCampaign => {
  const row = { channel, campaign, dailySpend: "10.00", settings: null };
  return platformId === "" ? row : { ...row, settings: { ...settingsOf(row), platformId } };
};
const CAMPAIGNS = [seen("Search", "brand uk"), seen("Search", "generic uk", "4711"), seen("Social", "prospecting")];
const names = (find: string, most = 9) =>
  findCampaigns(CAMPAIGNS, find, most).map(({ channel, campaigns, more }) => [channel, campaigns.length, more]);

describe("campaigns that are looked for", () => {
  it("stand by channel, and hold every word in any of their names", () => {
    expect(names("")).toEqual([
      ["Search", 2, 0],
      ["Social", 1, 0],
    ]);
    expect(names("UK search")).toEqual([["Search", 2, 0]]);
    expect(names("4711")).toEqual([["Search", 1, 0]]);
    expect(names("nothing")).toEqual([]);
  });

  it("are counted where there are too many to show", () => {
    expect(names("uk", 1)).toEqual([["Search", 1, 1]]);
  });
});

describe("a draft of a campaign's settings", () => {
  const draft = settingsOf(CAMPAIGNS[0]!);

  it("is fine as it begins, and with what platforms know", () => {
    expect(problemOf(draft)).toBeNull();
    expect(problemOf({ ...draft, bidStrategy: "target-cpa", target: 25, step: 0.5, currency: "EUR" })).toBeNull();
    expect(problemOf({ ...draft, bidStrategy: "target-cpa", target: null })).toBeNull();
  });

  it("is told what the server would refuse", () => {
    expect(problemOf({ ...draft, bidStrategy: "target-roas", target: 0 })).toBe("target");
    expect(problemOf({ ...draft, step: 0 })).toBe("step");
    expect(problemOf({ ...draft, currency: "eur" })).toBe("currency");
  });
});
