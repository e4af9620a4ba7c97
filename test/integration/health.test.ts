import { readFileSync } from "node:fs";
import { type Finding, HEALTH_ASIDES, HEALTH_RULES, type HealthRuleName } from "@touchline/server/contract";
import { appRouter } from "@touchline/server/router";
import { declaredQueries } from "@touchline/sql";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { CASES } from "../support/health-cases.ts";
import {
  dayOf,
  type HealthRows,
  healthyRows,
  importRow,
  NOW,
  refusedRow,
  storeRows,
  touchRow,
} from "../support/health-rows.ts";
import { requestOf } from "../support/members.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
  vi.useRealTimers();
});

const data = async (workspace: string) =>
  appRouter.createCaller(await requestOf(world.house, workspace, "olga", "owner")).data;

async function findingsOf(workspace: string, rule: HealthRuleName): Promise<Finding[]> {
  const { findings } = await (await data(workspace)).health();
  return findings.filter((finding) => finding.rule === rule);
}

describe("a shop that is well", () => {
  test("has nothing to act on or to watch, and every rule says so", async () => {
    await storeRows(world.house, "well", healthyRows());
    const { findings, platformDays } = await (await data("well")).health();
    expect(findings.filter(({ severity }) => severity !== "ok")).toEqual([]);
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(Object.keys(HEALTH_RULES)));
    expect(platformDays).toHaveLength(28);
    expect(platformDays[0]).toMatchObject({ date: dayOf(32), platformConversions: "2", bookedConversions: 2 });
  });

  test("an empty workspace has nothing to complain of either", async () => {
    const { findings } = await (await data("empty")).health();
    expect(findings.filter(({ severity }) => severity !== "ok")).toEqual([]);
    expect(findings).toHaveLength(Object.keys(HEALTH_RULES).length);
  });
});

describe("every rule", () => {
  test.each(Object.keys(HEALTH_RULES) as HealthRuleName[])(
    "%s: finds what it is for, and minds its threshold",
    async (rule) => {
      const { spoil, sentence, subject, allow, figure } = CASES[rule];
      const rows = healthyRows();
      spoil(rows);
      await storeRows(world.house, rule, rows);
      const [found, ...others] = await findingsOf(rule, rule);
      expect(others).toEqual([]);
      expect(found).toMatchObject({
        severity: HEALTH_RULES[rule].severity,
        subject,
        threshold: HEALTH_RULES[rule].threshold,
      });
      expect(found!.sentence).toMatch(sentence);
      expect(found!.figure).toBeCloseTo(figure!, 6);
      const workspace = await world.house.workspace(rule);
      await workspace.changeSetting("health", { [rule]: allow });
      const [fine] = await findingsOf(rule, rule);
      expect(fine).toMatchObject({ rule, severity: "ok", threshold: allow });
    },
  );

  test("stands on a question that exists", () => {
    const { questions } = declaredQueries();
    for (const { question } of Object.values(HEALTH_RULES)) expect([...questions.keys()]).toContain(question);
  });

  test("stands in the documentation as it is", () => {
    const page = readFileSync(new URL("../../docs/data-health.md", import.meta.url), "utf8");
    const documented = [...page.matchAll(/^\| `([a-z-]+)` *\| (.+?) *\| (.+?) *\| (.*?) *\|$/gm)].map((match) =>
      match.slice(1),
    );
    const rules = Object.entries(HEALTH_RULES).map(([name, rule]) => [
      name,
      rule.meaning,
      `${"isFloor" in rule ? "below " : ""}${rule.threshold} ${rule.unit}`,
      rule.severity,
    ]);
    const asides = Object.entries(HEALTH_ASIDES).map(([name, { meaning, threshold, unit }]) => [
      name,
      meaning,
      `${threshold} ${unit}`,
      "",
    ]);
    expect(documented).toEqual([...rules, ...asides]);
  });
});

describe("what looks bad and is not", () => {
  const fineAfter = async (workspace: string, rule: HealthRuleName, spoil: (rows: HealthRows) => void) => {
    const rows = healthyRows();
    spoil(rows);
    await storeRows(world.house, workspace, rows);
    return findingsOf(workspace, rule);
  };

  test("a file of last year is history, not late", async () => {
    const [finding] = await fineAfter("history", "late-events", (rows) => {
      rows.imports.push(importRow(4, "touchpoints", "tag", 1, { transport: "file" }));
      rows.touchpoints.push(
        touchRow("old", { visitor_id: 1, channel: "Search", import_id: 4, occurred_at: "2026-05-02 06:00:00" }),
      );
    });
    expect(finding!.severity).toBe("ok");
  });

  test("a source that ended long ago is not late, and a type without values is not broken", async () => {
    const old = (row: Record<string, unknown>) => ({
      ...row,
      occurred_at: String(row.occurred_at).replace("2026", "2024"),
    });
    const rows = healthyRows();
    rows.touchpoints = rows.touchpoints.map(old);
    rows.conversions = rows.conversions.map((row) => ({ ...old(row), revenue: "0", conversion_type: "lead" }));
    rows.spend = rows.spend.map((row) => ({ ...row, spend_date: String(row.spend_date).replace("2026", "2024") }));
    await storeRows(world.house, "ended", rows);
    expect(await findingsOf("ended", "freshness")).toMatchObject([{ severity: "ok", says: "ended" }]);
    expect(await findingsOf("ended", "zero-values")).toMatchObject([{ severity: "ok" }]);
  });

  test("a type with a book of record may come from several sources", async () => {
    await (await world.house.workspace("booked")).changeSetting("books", { purchase: "shop" });
    const [finding] = await fineAfter("booked", "no-book", (rows) => CASES["no-book"].spoil(rows));
    expect(finding!.severity).toBe("ok");
  });

  test("refused rows that were discarded are dealt with", async () => {
    const [finding] = await fineAfter("discarded", "rejected-rows", (rows) => {
      CASES["rejected-rows"].spoil(rows);
      rows.rejected_rows = rows.rejected_rows.map((row) => ({ ...row, state: "discarded" }));
    });
    expect(finding!.severity).toBe("ok");
  });

  test("rows that have expired are gone by right; after an erasure a difference is only watched", async () => {
    const expired = await fineAfter("expired", "stored-rows", (rows) =>
      rows.imports.push(importRow(4, "touchpoints", "web", 500, { started_at: "2023-01-01 06:00:00" })),
    );
    expect(expired).toMatchObject([{ severity: "ok" }]);
    const erased = await fineAfter("erased", "stored-rows", (rows) => {
      rows.touchpoints = rows.touchpoints.slice(5);
      rows.forgotten.push({
        ...{ visitor_id: 1, reason: "erased", state: "done" },
        ...{ forgotten_at: "2026-06-30 06:00:00", updated_at: "2026-06-30 06:00:00" },
      });
    });
    expect(erased).toMatchObject([{ severity: "watch", says: "explained", figure: 5 }]);
  });

  test("rows that no import stored are never explained", async () => {
    const [finding] = await fineAfter("stray", "stored-rows", (rows) =>
      rows.touchpoints.push(
        touchRow("stray", { visitor_id: 1, channel: "Search", import_id: 99, occurred_at: "2026-05-02 06:00:00" }),
      ),
    );
    expect(finding).toMatchObject({ severity: "act", figure: 1 });
  });

  test("a channel that can never be seen is told from one that lost its tag", async () => {
    const [finding] = await fineAfter("unseen", "spend-without-touches", (rows) => {
      rows.touchpoints = rows.touchpoints.filter(({ channel }) => channel !== "Social");
      rows.imports = rows.imports.map((row) => (row.import_id === 1 ? importRow(1, "touchpoints", "web", 180) : row));
    });
    expect(finding).toMatchObject({ says: "never", subject: { channel: "Social" }, figure: 60 });
  });
});

describe("the touched share of conversions", () => {
  test("is corrected where touches lack consent more often than conversions", async () => {
    const rows = healthyRows();
    // Half of the visitors refuse, whatever they do; their conversions are known from the shop all the same.
    const refuses = (visitor: unknown) => Number(visitor) % 2 === 0;
    rows.touchpoints = rows.touchpoints.map((row) =>
      refuses(row.visitor_id) ? { ...row, visitor_id: 0, consent: "denied" } : row,
    );
    await storeRows(world.house, "half", rows);
    const [finding] = await findingsOf("half", "touched-share");
    expect(finding).toMatchObject({ facts: { observed: { percent: 50 } } });
    expect(finding!.figure).toBeGreaterThan(99);
    expect(finding!.interval!.low).toBeLessThan(95);
  });

  test("follows the person over devices", async () => {
    const rows = healthyRows();
    rows.conversions = rows.conversions.map((row) => ({ ...row, visitor_id: Number(row.visitor_id) + 1_000_000 }));
    await storeRows(world.house, "devices", rows);
    expect((await findingsOf("devices", "touched-share"))[0]!.figure).toBe(0);
    const { engine } = (await world.house.workspace("devices")).warehouse;
    const linked = rows.conversions.map(({ visitor_id }) => ({
      workspace_id: "devices",
      visitor_id,
      person_id: Number(visitor_id) - 1_000_000,
    }));
    await engine.insertRows("test", "persons", linked);
    expect((await findingsOf("devices", "touched-share"))[0]!.figure).toBe(100);
  });
});

describe("the data page", () => {
  test("has every source by kind with its gaps, and what it refused", async () => {
    const rows = healthyRows();
    CASES.gaps.spoil(rows);
    CASES["rejected-rows"].spoil(rows);
    await storeRows(world.house, "page", rows);
    const freshness = await (await data("page")).freshness();
    expect(freshness.map(({ source, kind }) => [source, kind])).toEqual([
      ["ads", "spend"],
      ["shop", "conversions"],
      ["web", "touchpoints"],
    ]);
    expect(freshness[1]).toMatchObject({
      ...{ rows: 112, firstDay: dayOf(0), lastDay: dayOf(59), rejected: 30, rowsOfLastDay: 112, missingDays: 4 },
      gaps: [
        [dayOf(5), dayOf(5)],
        [dayOf(30), dayOf(32)],
      ],
      lastImportAt: "2026-06-30T06:00:05.000Z",
    });
    expect(freshness[0]!.newestRowAt).toBe("2026-06-30T00:00:00.000Z");
  });

  test("lists imports newest first, the batches of an hour as one, by page and by source", async () => {
    const rows = healthyRows();
    for (let i = 0; i < 40; i++) {
      const hour = String(1 + Math.floor(i / 20)).padStart(2, "0");
      rows.imports.push(
        importRow(10 + i, "touchpoints", "tag", 2, {
          transport: "http",
          started_at: `2026-06-29 ${hour}:${10 + (i % 20)}:00`,
          rejected: 1,
        }),
      );
    }
    for (let i = 0; i < 30; i++) rows.imports.push(importRow(100 + i, "spend", "ads", 1, { file: `day-${i}.csv` }));
    rows.imports.push(
      importRow(200, "spend", "ads", 0, {
        ...{ replaced: 1, started_at: "2026-06-30 11:00:00" },
        changes: JSON.stringify([{ date: "2026-06-01", source: "ads", before: "10", after: "12.5" }]),
      }),
    );
    await storeRows(world.house, "imports", rows);
    const page = await data("imports");
    const first = await page.imports({});
    expect(first).toMatchObject({ total: 36, pageSize: 25 });
    expect(first.rows[0]).toMatchObject({ importId: 200, imports: 1, changes: [{ before: "10", after: "12.5" }] });
    const second = await page.imports({ page: 1 });
    expect([...first.rows, ...second.rows]).toHaveLength(36);
    const batches = (await page.imports({ source: "tag" })).rows;
    expect(batches.map(({ imports, received, stored, rejected }) => [imports, received, stored, rejected])).toEqual([
      [20, 60, 40, 20],
      [20, 60, 40, 20],
    ]);
    const days = await page.receivedByDay();
    expect(days.find(({ date, source }) => date === "2026-06-29" && source === "tag")).toMatchObject({
      received: 120,
      rejected: 40,
    });
  });

  test("lists refused rows by reason, cut to 2,000 characters", async () => {
    const rows = healthyRows();
    for (let i = 0; i < 60; i++)
      rows.rejected_rows.push(refusedRow(i, { reason: `revenue "${i}x" is not a number`, raw: "é".repeat(3_000) }));
    rows.rejected_rows.push(refusedRow(60, { reason: "conversion_id is empty", source: "crm", state: "discarded" }));
    await storeRows(world.house, "refused", rows);
    const page = await data("refused");
    expect(await page.rejectedReasons({})).toMatchObject([
      { source: "shop", reason: 'revenue "…" is not a number', rows: 60, state: "open" },
      { source: "crm", reason: "conversion_id is empty", rows: 1, state: "discarded" },
    ]);
    expect(await page.rejectedReasons({ state: "discarded" })).toHaveLength(1);
    const first = await page.rejected({ reason: 'revenue "…" is not a number' });
    expect(first).toMatchObject({ total: 60, pageSize: 50 });
    expect(first.rows).toHaveLength(50);
    expect(first.rows[0]).toMatchObject({
      line: 0,
      isCut: true,
      raw: "é".repeat(2_000),
      reason: 'revenue "0x" is not a number',
    });
    expect((await page.rejected({ source: "crm" })).rows).toMatchObject([{ line: 60, isCut: false }]);
    expect((await page.rejected({ state: "replayed" })).rows).toEqual([]);
    expect((await page.rejected({ kind: "spend" })).rows).toEqual([]);
  });
});

describe("files and commands", () => {
  test("what the import refuses and stores is what health tells, on the command line too", async () => {
    vi.useRealTimers();
    const at = new Date().toISOString().slice(0, 10);
    const touchpoints = world.file(
      "touchpoints.csv",
      `event_id,occurred_at,visitor_id,channel,campaign,interaction,consent
${Array.from({ length: 10 }, (_, i) => `e${i},${at}T00:0${i}:00Z,v${i},Search,c,click,${i < 6 ? "denied" : "granted"}`).join("\n")}
late,2099-01-01T00:00:00Z,v1,Search,c,click,granted
`,
    );
    const conversions = world.file(
      "conversions.csv",
      `conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency
k1,${at}T00:30:00Z,v7,purchase,10,EUR
k2,${at}T00:31:00Z,v8,purchase,10,EUR
k3,${at}T00:32:00Z,v9,purchase,-3,EUR
k4,${at}T00:33:00Z,v9,purchase,3,USD
`,
    );
    await world.run("import", "touchpoints", touchpoints, "--workspace", "files");
    await world.run("import", "conversions", conversions, "--workspace", "files");
    const { findings } = (await world.json("health", "--workspace", "files")) as { findings: Finding[] };
    const figures = Object.fromEntries(findings.map(({ rule, figure }) => [rule, figure]));
    expect(figures).toMatchObject({
      "future-events": 1,
      "negative-values": 1,
      "unknown-currency": 1,
      "no-consent": 60,
    });
    expect(figures).toMatchObject({ balance: null, "stored-rows": 0, "touched-share": 100 });
    const strict = await world.run("health", "--workspace", "files", "--strict");
    expect(strict.exitCode).toBe(1);
    expect(strict.stdout).toMatch(/^Act \(\d\)\n {2}rejected-rows/);
    expect((await world.run("health", "--workspace", "files")).exitCode).toBe(0);
    const one = await world.run("health", "--workspace", "files", "--rule", "no-book", "--strict");
    expect(one).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Fine \(1\)\n {2}no-book/) });
    const wrong = await world.run("health", "--workspace", "files", "--rule", "luck");
    expect(wrong).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('"luck" is not known; choose rejected-rows'),
    });
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  });

  test("imports are printed one by one and by hour, and add up", async () => {
    await storeRows(world.house, "ledger", healthyRows());
    const printed = await world.run("imports", "--workspace", "ledger");
    expect(printed.stdout).toMatch(/2026-06-30 06:00 +3 +spend\.csv +ads +spend +120 +120 +0/);
    const { total, imports } = (await world.json("imports", "--workspace", "ledger", "--source", "web")) as {
      total: number;
      imports: Record<string, unknown>[];
    };
    expect({ total, imports }).toMatchObject({ total: 1, imports: [{ importId: 1, received: 300, stored: 300 }] });
    const hours = (await world.json("imports", "--workspace", "ledger", "--hours")) as { imports: unknown[] };
    expect(hours.imports).toMatchObject([{ source: "ads" }, { source: "shop" }, { source: "web", imports: 1 }]);
    expect((await world.run("imports", "--workspace", "nothing-yet")).stdout).toBe("Nothing was imported yet.\n");
  });

  test("refused rows are discarded by reason, or by name, and no others", async () => {
    const rows = healthyRows();
    for (let i = 0; i < 4; i++) rows.rejected_rows.push(refusedRow(i, { reason: `revenue "${i}x" is not a number` }));
    rows.rejected_rows.push(refusedRow(9, { reason: 'margin "9x" is not a number' }));
    await storeRows(world.house, "discard", rows);
    const page = await data("discard");
    const linesOf = async (state: "open" | "discarded") =>
      (await page.rejected({ state })).rows.map(({ line }) => line).sort();
    expect(await page.discard({ rows: [{ fingerprint: "f2", line: 2 }] })).toEqual({ discarded: 1 });
    expect(await linesOf("discarded")).toEqual([2]);
    expect(await page.discard({ source: "shop", kind: "conversions", reason: 'revenue "…" is not a number' })).toEqual({
      discarded: 3,
    });
    expect(await linesOf("discarded")).toEqual([0, 1, 2, 3]);
    expect(await linesOf("open")).toEqual([9]);
    expect(await page.discard({ source: "crm" })).toEqual({ discarded: 0 });
  });
});
