import {
  type Finding,
  type Freshness,
  HEALTH_RULE_NAMES,
  HEALTH_RULES,
  type HealthReport,
  type ReceivedByDay,
} from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { prepareClaimsByDay } from "./claims-by-day.ts";
import { prepareFindings } from "./findings.ts";
import { prepareReceivedByDay } from "./received-by-day.ts";
import { prepareSources } from "./sources.ts";

const words = wordsIn("en");
const NOW = new Date("2026-06-30T12:00:00Z");

const GAPS: Finding = {
  rule: "gaps",
  severity: "watch",
  subject: { source: "ads", kind: "spend" },
  figure: 4,
  threshold: 2,
  unit: "days",
  sentence: "",
  says: "found",
  facts: {
    feed: { source: "ads", kind: "spend" },
    days: { days: 4 },
    longest: { days: 1 },
    from: { day: "2026-06-01" },
    to: { day: "2026-06-01" },
    threshold: { days: 2 },
  },
};

const report = (...findings: Finding[]): HealthReport => ({
  checkedAt: NOW.toISOString(),
  findings,
  platformDays: [],
});

describe("findings", () => {
  it("are written in the reader's language, units and dates too", () => {
    const english = prepareFindings(report(GAPS), NOW, words).open[0]!.sentences[0]!;
    expect(english).toBe("ads (spend) has no row on 4 days; the longest gap is 1 day, 1 Jun 2026 to 1 Jun 2026.");
    const french = prepareFindings(report(GAPS), NOW, wordsIn("fr")).open[0]!.sentences[0]!;
    expect(plainSpaces(french)).toBe(
      "ads (dépenses) n’a aucune ligne pendant 4 jours ; le plus long trou dure 1 jour, du 1 juin 2026 au 1 juin 2026.",
    );
  });

  it("of one check stand together, and the headline counts checks", () => {
    const other = { ...GAPS, facts: { ...GAPS.facts, feed: { source: "", kind: "spend" as const } } };
    const fine: Finding = { ...GAPS, rule: "balance", severity: "ok", says: "fine" };
    const { open, headline, fine: quiet } = prepareFindings(report(GAPS, other, fine), NOW, words);
    expect(open).toHaveLength(1);
    expect(open[0]!.sentences).toHaveLength(2);
    expect(open[0]!.sentences[1]).toMatch(/^Unnamed source \(spend\) has/);
    expect(quiet.map(({ title }) => title)).toEqual(["Balance of imports"]);
    expect(plainText(headline)).toBe("Nothing needs you to act; to watch: 1 of 2 checks.");
  });

  it("have every sentence of every rule in both languages, with no figure left out", () => {
    let checked = 0;
    for (const rule of HEALTH_RULE_NAMES) {
      const sentences: Readonly<Record<string, string>> = HEALTH_RULES[rule].says;
      for (const [says, template] of Object.entries(sentences)) {
        const names = [...template.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!);
        const facts = Object.fromEntries(names.map((name) => [name, { text: `<${name}>` }]));
        for (const language of ["en", "fr"] as const) {
          const finding: Finding = { ...GAPS, rule, says, facts };
          const written = prepareFindings(report(finding), NOW, wordsIn(language)).open[0]!.sentences[0]!;
          expect(written).not.toContain("{{");
          expect(written).not.toContain("health.rules");
          for (const name of names) expect(written).toContain(`<${name}>`);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(80);
  });
});

const FEED: Freshness[number] = {
  source: "shop",
  kind: "conversions",
  rows: 1_200,
  firstDay: "2026-01-01",
  lastDay: "2026-06-29",
  newestRowAt: "2026-06-29T18:00:00.000Z",
  lastImportAt: "2026-06-30T06:00:00.000Z",
  rowsOfLastDay: 20,
  rejected: 3,
  missingDays: 12,
  gaps: [
    ["2026-02-01", "2026-02-09"],
    ["2026-06-01", "2026-06-03"],
  ],
};

describe("sources", () => {
  it("show 90 days: full where there are rows, gaps between them, nothing after the last", () => {
    const { lines, strip, sentence } = prepareSources([FEED], NOW, words);
    expect(strip).toEqual({ days: 90, label: "2 Apr to 30 Jun" });
    expect(lines[0]).toMatchObject({
      present: [
        { at: 0, days: 60 },
        { at: 63, days: 26 },
      ],
      gaps: [{ at: 60, days: 3 }],
      stripLabel: "shop (conversions): 3 days without a row among those shown.",
      missingDays: "12",
    });
    expect(plainText(sentence)).toBe(
      "shop (conversions) sent the newest row, 18 hours ago; 20 rows came in the last 24 hours.",
    );
  });

  it("that ended long ago show their own last days", () => {
    const { lines, strip } = prepareSources([{ ...FEED, gaps: [] }], new Date("2028-01-01T00:00:00Z"), words);
    expect(strip.label).toBe("1 Apr to 29 Jun");
    expect(lines[0]!.present).toEqual([{ at: 0, days: 90 }]);
  });
});

const DAY: ReceivedByDay[number] = {
  date: "2026-06-29",
  source: "shop",
  received: 100,
  stored: 60,
  duplicates: 10,
  replaced: 5,
  rejected: 20,
  filtered: 5,
};

describe("rows by day of import", () => {
  it("add up to what was received, a panel a source, the largest first", () => {
    const rows = [DAY, { ...DAY, source: "", received: 300, stored: 260 }];
    const chart = prepareReceivedByDay(rows, "2026-06-30", words);
    expect(chart.panels.map(({ source }) => source)).toEqual(["unnamed source", "shop"]);
    expect(chart.days).toHaveLength(60);
    const day = chart.panels[1]!.days[58]!;
    expect(day).toEqual({ stored: 65, other: 15, rejected: 20 });
    expect(day.stored + day.other + day.rejected).toBe(DAY.received);
    expect(chart.panels[1]!.days[57]).toEqual({ stored: 0, other: 0, rejected: 0 });
    expect(chart.label).toBe("330 of 400 rows of the last 60 days were stored, 40 were refused.");
    expect(chart.table.rows).toHaveLength(2);
  });

  it("draws eight of many sources and says so", () => {
    const rows = Array.from({ length: 10 }, (_, i) => ({ ...DAY, source: `s${i}` }));
    const chart = prepareReceivedByDay(rows, "2026-06-30", words);
    expect(chart.panels).toHaveLength(8);
    expect(chart.shownOf).toBe("The 8 largest of 10 sources; the table has all of them.");
    expect(chart.table.rows).toHaveLength(10);
  });
});

describe("claims of platforms", () => {
  const day = (date: string, claimed: string, booked: number) => ({
    ...{ date, platformConversions: claimed, platformValue: "10", bookedConversions: booked, bookedRevenue: "5" },
  });

  it("stand beside bookings and are never added to them; a day without a claim is a gap", () => {
    const chart = prepareClaimsByDay([day("2026-06-01", "3", 2), day("2026-06-03", "4", 1)], words)!;
    expect(chart.claimed.map(({ value }) => value)).toEqual([3, null, 4]);
    expect(chart.label).toBe("Platforms claim 7 conversions where 3 were booked.");
    expect(chart.domain[1]).toBeGreaterThanOrEqual(4);
    expect(chart.domain[1]).toBeLessThan(7);
  });

  it("are not drawn where nobody claims anything", () => {
    expect(prepareClaimsByDay([], words)).toBeNull();
  });
});
