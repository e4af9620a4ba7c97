import type { Finding, HealthRuleName } from "@touchline/server/contract";
import { dayOf, type HealthRows, importRow, refusedRow, touchRow } from "./health-rows.ts";

interface Case {
  /** Changes the healthy rows so that the rule has something to say. */
  readonly spoil: (rows: HealthRows) => void;
  readonly sentence: RegExp;
  readonly subject: Finding["subject"];
  /** A threshold under which the same rows are fine. */
  readonly allow: number;
  readonly figure?: number;
}

const isOn = (days: readonly number[], at: unknown) => days.some((day) => String(at).startsWith(dayOf(day)));

/** Every rule, with what sets it off. */
export const CASES: Readonly<Record<HealthRuleName, Case>> = {
  "rejected-rows": {
    spoil: (rows) => {
      for (let i = 0; i < 30; i++)
        rows.rejected_rows.push(refusedRow(i, { reason: `revenue "x${i}" is not a number such as 1234.50` }));
      rows.imports.push(importRow(4, "conversions", "shop", 0, { rejected: 30 }));
    },
    sentence:
      /^20 % of the rows of shop \(conversions\) were refused and wait: 30 of 150\. .*revenue "…" is not a number/,
    subject: { source: "shop", kind: "conversions" },
    figure: 20,
    allow: 25,
  },
  duplicates: {
    spoil: (rows) => rows.imports.push(importRow(4, "touchpoints", "web", 0, { duplicates: 300 })),
    sentence: /^50 % of what web \(touchpoints\) delivered was there already: 300 of 600 rows\./,
    subject: { source: "web", kind: "touchpoints" },
    figure: 50,
    allow: 50,
  },
  "late-events": {
    spoil: (rows) => {
      rows.imports.push(importRow(4, "touchpoints", "tag", 10, { transport: "http" }));
      for (let i = 0; i < 10; i++) {
        const occurred_at = i < 4 ? "2026-06-20 06:00:00" : "2026-06-30 05:00:00";
        rows.touchpoints.push(
          touchRow(`late${i}`, { visitor_id: 900 + i, channel: "Search", import_id: 4, occurred_at }),
        );
      }
    },
    sentence: /^40 % of the rows of tag \(touchpoints\) came more than 48 hours .* the latest after 10 days\./,
    subject: { source: "tag", kind: "touchpoints" },
    figure: 40,
    allow: 40,
  },
  "future-events": {
    spoil: (rows) =>
      rows.rejected_rows.push(refusedRow(1, { reason: 'occurred_at "2027-01-01" is more than 23 hours ahead' })),
    sentence: /^shop \(conversions\) sent rows that lie in the future; refused: 1/,
    subject: { source: "shop", kind: "conversions" },
    figure: 1,
    allow: 1,
  },
  "negative-values": {
    spoil: (rows) =>
      rows.rejected_rows.push(
        refusedRow(1, { reason: 'revenue "-5" is not a number such as 1234.50 that is not negative' }),
        refusedRow(2, { reason: 'revenue "five" is not a number such as 1234.50 that is not negative' }),
      ),
    sentence: /^shop \(conversions\) sent negative amounts; rows refused: 1/,
    subject: { source: "shop", kind: "conversions" },
    figure: 1,
    allow: 1,
  },
  "unknown-currency": {
    spoil: (rows) =>
      rows.rejected_rows.push(
        refusedRow(1, {
          step: "value",
          reason:
            "currency USD is not the workspace's EUR, and there is no exchange rate of 2026-06-01 or the week before",
        }),
      ),
    sentence: /^shop \(conversions\) sent amounts in a currency without a rate; rows refused: 1/,
    subject: { source: "shop", kind: "conversions" },
    figure: 1,
    allow: 1,
  },
  bots: {
    spoil: (rows) => {
      for (let i = 0; i < 201; i++) {
        const at = `${dayOf(3)} 04:${String(i % 60).padStart(2, "0")}:00`;
        rows.touchpoints.push(touchRow(`bot${i}`, { visitor_id: 777, channel: "Search", occurred_at: at }));
      }
      rows.imports.push(importRow(4, "touchpoints", "web", 201));
    },
    sentence: /more than 200 touches on one day: 1\. They have 201 touches on such days, up to 201 on one; on Search\./,
    subject: {},
    figure: 201,
    allow: 201,
  },
  "zero-values": {
    spoil: (rows) => {
      rows.conversions = rows.conversions.map((row, i) => (i % 2 === 0 ? { ...row, revenue: "0" } : row));
    },
    sentence: /^50 % of the conversions of type purchase are worth nothing: 60 of 120\./,
    subject: { conversionType: "purchase" },
    figure: 50,
    allow: 50,
  },
  "spend-without-touches": {
    spoil: (rows) => {
      rows.touchpoints = rows.touchpoints.filter(
        (row) => row.channel !== "Social" || !isOn([10, 11, 14], row.occurred_at),
      );
    },
    sentence: /^Social has spend and no touch on 3 of 60 days between 2026-05-11 and 2026-05-15: 30\.00\./,
    subject: { channel: "Social", from: dayOf(10), to: dayOf(14) },
    figure: 3,
    allow: 3,
  },
  "touches-without-spend": {
    spoil: (rows) => {
      rows.spend = rows.spend.filter((row) => row.channel !== "Search" || !isOn([20, 21, 22], row.spend_date));
    },
    sentence: /^Search has 9 touches and no row of spend on 3 days between 2026-05-21 and 2026-05-23\./,
    subject: { channel: "Search", from: dayOf(20), to: dayOf(22) },
    figure: 3,
    allow: 3,
  },
  gaps: {
    spoil: (rows) => {
      rows.conversions = rows.conversions.filter((row) => !isOn([5, 30, 31, 32], row.occurred_at));
    },
    sentence: /^shop \(conversions\) has no row on 4 days; the longest gap is 3 days, 2026-05-31 to 2026-06-02\./,
    subject: { source: "shop", kind: "conversions", from: dayOf(30), to: dayOf(32) },
    figure: 4,
    allow: 4,
  },
  freshness: {
    spoil: (rows) => {
      rows.spend = rows.spend.filter((row) => String(row.spend_date) < dayOf(54));
    },
    sentence: /^ads \(spend\) has sent nothing newer than 2026-06-23: 6 days ago\./,
    subject: { source: "ads", kind: "spend", from: dayOf(53), to: dayOf(53) },
    figure: 156,
    allow: 156,
  },
  "no-visitor": {
    spoil: (rows) => {
      rows.conversions = rows.conversions.map((row, i) => (i % 4 === 0 ? { ...row, visitor_id: 0 } : row));
    },
    sentence: /^25 % of the conversions of shop \(conversions\) have no identifier: 30 of 120\./,
    subject: { source: "shop", kind: "conversions" },
    figure: 25,
    allow: 25,
  },
  "no-consent": {
    spoil: (rows) => {
      rows.touchpoints = rows.touchpoints.map((row, i) =>
        i % 2 === 0 ? { ...row, visitor_id: 0, consent: "denied" } : row,
      );
    },
    sentence:
      /^50 % of the rows of web \(touchpoints\) have no identifier for want of consent \(95 % interval 44\.4 % to 55\.6 %\)\./,
    subject: { source: "web", kind: "touchpoints" },
    figure: 50,
    allow: 50,
  },
  "touched-share": {
    spoil: (rows) => {
      rows.conversions = rows.conversions.map((row, i) => (i % 5 === 0 ? row : { ...row, visitor_id: 100_000 + i }));
    },
    sentence:
      /^Only 20 % of the conversions have a touch before them \(95 % interval 13\.\d % to 28 %\); 20 % are seen with one\./,
    subject: {},
    figure: 20,
    allow: 20,
  },
  "no-book": {
    spoil: (rows) => {
      rows.conversions = rows.conversions.map((row, i) => (i % 2 === 0 ? { ...row, source: "crm" } : row));
    },
    sentence: /^Conversions of type purchase come from several sources, and none is its book of record: crm, shop\./,
    subject: { conversionType: "purchase" },
    figure: 2,
    allow: 2,
  },
  "platform-claims": {
    spoil: (rows) => {
      rows.spend = rows.spend.map((row) => ({ ...row, platform_conversions: "2" }));
    },
    sentence: /^Platforms claim 112 conversions from 2026-06-02 to 2026-06-29 where 56 were booked: 200 %\./,
    subject: { from: dayOf(32), to: dayOf(59) },
    figure: 200,
    allow: 200,
  },
  "orphan-adjustments": {
    spoil: (rows) => {
      const adjustment = { occurred_at: "2026-06-29 10:00:00", amount: "-12.5", currency: "EUR", import_id: 4 };
      const both = { ...adjustment, source: "shop", expires_on: "2029-01-01" };
      rows.adjustments.push(
        { ...both, adjustment_id: "a1", adjusts_conversion_id: "k0-0" },
        { ...both, adjustment_id: "a2", adjusts_conversion_id: "never" },
      );
      rows.imports.push(importRow(4, "adjustments", "shop", 2));
    },
    sentence: /^1 adjustments of shop \(adjustments\), -12\.50 together, .* such as never\./,
    subject: { source: "shop", kind: "adjustments" },
    figure: 1,
    allow: 1,
  },
  "refused-links": {
    spoil: (rows) =>
      rows.person_builds.push({
        ...{ watermark: "w", visitors: 100, persons: 40, shared_visitors: 0, refused_links: 7 },
        built_at: "2026-06-30 06:00:00",
      }),
    sentence: /^Links refused, .*: 7\./,
    subject: {},
    figure: 7,
    allow: 7,
  },
  "shared-devices": {
    spoil: (rows) =>
      rows.person_builds.push({
        ...{ watermark: "w", visitors: 90, persons: 40, shared_visitors: 10, refused_links: 0 },
        built_at: "2026-06-30 06:00:00",
      }),
    sentence: /^10 % of the linked visitors are shared devices: 10 of 100\./,
    subject: {},
    figure: 10,
    allow: 10,
  },
  balance: {
    spoil: (rows) => rows.imports.push(importRow(4, "spend", "ads", 0, { received: 9, filtered: 2 })),
    sentence: /^Import 4 \(spend\.csv\) of ads \(spend\) received 9 rows and accounts for 2\./,
    subject: { source: "ads", kind: "spend", importId: 4 },
    figure: 7,
    allow: 7,
  },
  "stored-rows": {
    spoil: (rows) => {
      rows.touchpoints = rows.touchpoints.slice(1);
    },
    sentence: /^touchpoints: the imports stored 300 rows, and 299 stand there\./,
    subject: { kind: "touchpoints" },
    figure: 1,
    allow: 1,
  },
};
