import type { PrivacyOverview } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import {
  monthsLater,
  prepareConsent,
  prepareStored,
  wordConsent,
  wordDue,
  wordOverview,
  wordStored,
} from "./describe-overview.ts";

const en = wordsIn("en");
const overview: PrivacyOverview = {
  stored: [
    { table: "journeys", rows: 40, identified: 40, oldest: null, newest: null },
    { table: "rejected_rows", rows: 9, identified: 2, oldest: "2026-01-01", newest: "2026-01-02" },
    { table: "survey_answers", rows: 1, identified: 1, oldest: "2026-01-31", newest: "2026-01-31" },
    { table: "touchpoints", rows: 900, identified: 600, oldest: "2026-01-31", newest: "2026-03-01" },
    { table: "conversions", rows: 100, identified: 100, oldest: "2026-01-31", newest: "2026-03-01" },
  ],
  retention: { identifierMonths: 13, dataMonths: 25, rejectedDays: 90 },
  sources: [
    { source: "web", basis: "consent", touchpoints: 800, consented: 600, refused: 100, unsaid: 100 },
    { source: "", basis: null, touchpoints: 100, consented: 0, refused: 0, unsaid: 100 },
    { source: "crm", basis: "contract", touchpoints: 0, consented: 0, refused: 0, unsaid: 0 },
  ],
  due: { rows: 0 },
  forgotten: { erased: 3, withdrawn: 1 },
};

describe("what is stored about visitors", () => {
  it("counts rows that name somebody, but not those that are worked out from others", () => {
    expect(plainText(wordOverview(overview, en))).toMatch(/^703 rows name a visitor/);
    expect(wordOverview({ ...overview, stored: [] }, en)).toBe("No row names a visitor.");
    expect(plainText(wordStored(overview, en))).toMatch(/^70\.0% of the 1,000 rows/);
    expect(wordStored({ ...overview, stored: [] }, en)).toBe("Nothing is stored yet.");
  });

  it("says what goes when: identifiers by months, refused lines by days, tables of others by their own name", () => {
    const lines = new Map(prepareStored(overview, en).map((line) => [line.label, line]));
    expect([...lines.keys()].slice(0, 2)).toEqual(["visits, views and clicks", "purchases and other results"]);
    expect(lines.get("visits, views and clicks")!.ages!.until).toBe("28 Feb 2027");
    expect(lines.get("refused lines")!.ages!.until).toBe("1 Apr 2026");
    expect(lines.get("journeys")!.ages).toBeNull();
    expect([...lines.keys()].at(-1)).toBe("survey answers");
    expect(wordDue(overview, en)).toMatch(/13 months/);
    expect(wordDue({ ...overview, due: { rows: 1_200 } }, en)).toMatch(/^1,200 rows have reached/);
  });

  it.each([
    ["2026-01-31", 13, "2027-02-28"],
    ["2023-01-31", 13, "2024-02-29"],
    ["2026-12-15", 1, "2027-01-15"],
  ])("%s and %d months is %s", (date, months, later) => {
    expect(monthsLater(date, months)).toBe(later);
  });
});

describe("consent by source", () => {
  it("adds up to each source's touchpoints, and a source without any has no share", () => {
    const bars = prepareConsent(overview, en);
    for (const { parts, touchpoints } of bars)
      expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(touchpoints === "0" ? 0 : 1, 12);
    expect(bars[0]!.parts.map(({ text }) => text)).toEqual(["600 (75.0%)", "100 (12.5%)", "100 (12.5%)"]);
    expect(bars[1]).toMatchObject({ source: "unnamed source", basis: expect.stringContaining("not set") });
    expect(plainText(wordConsent(overview, en))).toBe("66.7% of all touchpoints carried a consent, 11.1% a refusal.");
    const silent = { source: "", basis: null, touchpoints: 9, consented: 0, refused: 0, unsaid: 9 };
    expect(wordConsent({ ...overview, sources: [silent] }, en)).toBe("No touchpoint says whether anybody consented.");
    expect(plainSpaces(plainText(wordConsent(overview, wordsIn("fr"))))).toMatch(/^66,7 % de tous les contacts/);
  });
});
