import { randomUUID } from "node:crypto";
import { declaredQueries } from "@touchline/sql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { openWorld, type World } from "../support/world.ts";

/** One value for every parameter that a question or statement can have. */
const SAMPLE: Readonly<Record<string, unknown>> = {
  from: "2026-01-01",
  to: "2026-01-31",
  timeZone: "Europe/Paris",
  lookbackDays: 30,
  dateBasis: "conversion",
  byCampaign: true,
  runId: "no such run",
  kind: "touchpoints",
  fingerprint: "none",
  parametersKey: "none",
  parameters: "{}",
  watermark: "none",
  codeVersion: "0",
  fit: "{}",
  importId: 4_000_000,
  state: "started",
  file: "f",
  received: 0,
  stored: 0,
  duplicates: 0,
  replaced: 0,
  rejected: 0,
  filtered: 0,
  startedAt: "2026-01-01T00:00:00Z",
  owner: "nobody:1",
  currency: "EUR",
  simulated: false,
  halfLifeDays: 7,
  firstShare: 0.4,
  lastShare: 0.4,
  channelNames: ["Search"],
  channelWeights: [1],
};

function sampleFor(params: z.ZodObject): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(params.shape).map((name) => {
      if (!(name in SAMPLE)) throw new Error(`the test knows no value for the parameter ${name}`);
      return [name, SAMPLE[name]];
    }),
  );
}

const { questions, statements } = declaredQueries();

describe("every question to the data", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    for (const [workspace, visitor, revenue] of [
      ["one", "ann", 10],
      ["two", "bob", 7777],
      ["three", "eve", 30],
    ] as const) {
      const touchpoints = world.file(
        "t.csv",
        `event_id,occurred_at,visitor_id,channel,campaign,interaction\ne1,2026-01-02T10:00:00Z,${visitor},${workspace} channel,c,click\n`,
      );
      const conversions = world.file(
        "c.csv",
        `conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency\nk1,2026-01-03T10:00:00Z,${visitor},purchase,${revenue},EUR\n`,
      );
      const spend = world.file(
        "s.csv",
        `date,channel,campaign,cost,currency,impressions\n2026-01-02,${workspace} channel,c,5.5,EUR,10\n`,
      );
      for (const [kind, path] of [
        ["touchpoints", touchpoints],
        ["conversions", conversions],
        ["spend", spend],
      ] as const) {
        await world.json("import", kind, path, "--workspace", workspace);
      }
      await world.json("attribute", "--workspace", workspace, "--model", "markov");
    }
  });
  afterAll(() => world.close());

  test("there are questions and statements to test", () => {
    expect(questions.size).toBeGreaterThan(15);
    expect(statements.size).toBeGreaterThan(5);
  });

  test.each([...questions.values()].map((each) => [each.name, each] as const))(
    "%s runs on an empty workspace and on one of two",
    async (_name, question) => {
      for (const name of [`empty-${randomUUID().slice(0, 8)}`, "one"]) {
        const { warehouse } = await world.house.workspace(name);
        const rows = await warehouse.ask(question, sampleFor(question.params));
        expect(JSON.stringify(rows)).not.toContain("two channel");
        expect(JSON.stringify(rows)).not.toContain("7777");
      }
    },
  );

  test.each([...statements.values()].map((each) => [each.name, each] as const))(
    "%s is SQL that the engine accepts",
    async (_name, statement) => {
      const { warehouse } = await world.house.workspace("three");
      await expect(warehouse.tell(statement, sampleFor(statement.params))).resolves.toBeUndefined();
    },
  );

  test("the other workspace's figures never show", async () => {
    const one = (await world.json("attribute", "--workspace", "one", "--model", "last")) as {
      totals: { revenue: string };
      channels: { channel: string }[];
    };
    expect(one.totals).toEqual({ conversions: 1, revenue: "10" });
    expect(one.channels.map(({ channel }) => channel)).toEqual(["one channel"]);
  });
});
