import { readFileSync } from "node:fs";
import { join } from "node:path";
import { forget } from "@touchline/server/privacy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { askTables, findImbalance } from "../support/balance.ts";
import { type Gate, openGate } from "../support/gate.ts";
import { sendBody } from "../support/send.ts";
import { ROOT } from "../support/sources.ts";
import { openWorld, type World } from "../support/world.ts";

const Report = z.object({
  imports: z.array(
    z.object({
      received: z.number(),
      stored: z.number(),
      duplicates: z.number(),
      replaced: z.number(),
      rejected: z.number(),
      filtered: z.number(),
    }),
  ),
});
const ORDERS = "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,order_id,source";
const MIXED =
  "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,adjustment_id,adjusts_conversion_id,amount,status";
const shopify = readFileSync(join(ROOT, "samples/shopify/orders_export.csv"), "utf8");
const meta = readFileSync(join(ROOT, "samples/meta-ads/campaigns.csv"), "utf8");

let world: World;
let gate: Gate;
let count = 0;
beforeAll(async () => {
  world = await openWorld();
  gate = await openGate(world.house, { limits: { lingerMs: 10 } });
});
afterAll(async () => {
  await gate.close();
  await world.close();
});

function openWorkspace() {
  const workspace = `r${++count}`;
  const ask = async (sql: string) =>
    askTables(
      (await world.house.workspace(workspace)).warehouse,
      `${sql.replace("WHERE", "WHERE workspace_id = {workspaceId:String} AND")}`,
    );
  return {
    workspace,
    ask,
    /** Imports a file in which rows may be refused. @returns the counts of its first table */
    async bring(content: string, ...options: string[]) {
      const path = world.file(`${workspace}-${++count}.csv`, content);
      const { stdout } = await world.run("import", ...options, path, "--workspace", workspace, "--json");
      return Report.parse(JSON.parse(stdout)).imports[0]!;
    },
    send: async (kind: string, body: string, headers: Record<string, string> = {}) =>
      sendBody({ url: gate.url, key: await gate.key(workspace) }, kind, body, headers),
    run: (...argv: string[]) => world.run(...argv, "--workspace", workspace),
    imbalance: async (restates: boolean) =>
      findImbalance((await world.house.workspace(workspace)).warehouse, { restates }),
  };
}

describe("every order is booked once", () => {
  const booked =
    "SELECT conversion_id, toString(is_booked) AS booked, toString(revenue) AS revenue FROM conversions WHERE true ORDER BY conversion_id";

  test("two sources that tell of an order in one file book it once", async () => {
    const { bring, ask } = openWorkspace();
    await bring(
      `${ORDERS}\nb,2026-03-01,v,sale,10,EUR,o1,shop\na,2026-03-01,v,sale,10,EUR,o1,ga4\nc,2026-03-01,v,sale,5,EUR,,ga4\n`,
      "conversions",
    );
    expect((await ask(booked)).map(({ conversion_id, booked }) => [conversion_id, booked])).toEqual([
      ["a", "0"],
      ["b", "1"],
      ["c", "1"],
    ]);
  });

  test("an order that its source restates, into another year, stays booked", async () => {
    const { bring, ask, imbalance } = openWorkspace();
    await bring(shopify, "--source", "shopify");
    const before = await ask(booked);
    expect(before).toHaveLength(3);
    expect(await bring(shopify.replaceAll("2026-03-", "2025-03-"), "--source", "shopify")).toMatchObject({
      replaced: 3,
    });
    expect(await ask(booked)).toEqual(before);
    expect(await imbalance(true)).toEqual([]);
  });
});

test("equal rows without ids that are imported again among others are duplicates, each of them", async () => {
  const { bring, imbalance } = openWorkspace();
  const rows =
    "occurred_at,visitor_id,conversion_type,revenue,currency\n2026-03-01,v,sale,1,EUR\n2026-03-01,v,sale,1,EUR\n";
  await bring(rows, "conversions");
  expect(await bring(`${rows}2026-03-02,v,sale,1,EUR\n`, "conversions")).toMatchObject({
    stored: 1,
    duplicates: 2,
    replaced: 0,
  });
  expect(await imbalance(false)).toEqual([]);
});

describe("a file of conversions and adjustments", () => {
  test("names the line of every refused row, behind rows that cannot be taken apart", async () => {
    const { bring, ask } = openWorkspace();
    const file = [
      MIXED,
      "c1,2026-03-01,v,sale,9,EUR,,,,",
      "BROKEN",
      ",2026-03-02,,,,EUR,a1,c1,oops,",
      "BROKEN,2",
      "c2,2026-03-01,v,sale,bad,EUR,,,,",
    ];
    expect(await bring(file.join("\n"), "conversions")).toMatchObject({ received: 5, stored: 1, rejected: 4 });
    const lines = await ask(
      "SELECT kind, toString(line) AS line, step FROM rejected_rows FINAL WHERE true ORDER BY rejected_rows.line",
    );
    expect(lines.map(({ kind, line, step }) => `${line} ${kind} ${step}`)).toEqual([
      "3 conversions read",
      "4 adjustments validate",
      "5 conversions read",
      "6 conversions validate",
    ]);
  });

  test("gives every refused item of a request its own index", async () => {
    const { send } = openWorkspace();
    const items = [
      {
        conversion_id: "c1",
        occurred_at: "2026-03-01",
        visitor_id: "v",
        conversion_type: "sale",
        revenue: 1,
        currency: "EUR",
      },
      { x: "x".repeat(70_000) },
      { adjustment_id: "a1", adjusts_conversion_id: "c1", amount: "oops", occurred_at: "2026-03-01" },
    ];
    const { accepted, rejected } = await send("conversions", JSON.stringify(items));
    expect(accepted).toBe(1);
    expect(rejected.map(({ index, step }) => [index, step])).toEqual([
      [1, "read"],
      [2, "validate"],
    ]);
  });

  test("counts the rows that a condition leaves out", async () => {
    const { bring } = openWorkspace();
    const file = [
      MIXED,
      "c1,2026-03-01,v,sale,9,EUR,,,,ok",
      "c2,2026-03-01,v,sale,9,EUR,,,,test",
      ",2026-03-02,,,,EUR,a1,c1,-5,test",
    ];
    expect(await bring(file.join("\n"), "conversions", "--where", "status=ok")).toEqual({
      ...{ received: 3, stored: 1, duplicates: 0, replaced: 0, rejected: 0, filtered: 2 },
    });
  });
});

test("what a platform said of a campaign stays where its new row is refused", async () => {
  const { bring, ask } = openWorkspace();
  const spend =
    "SELECT toString(spend_date) AS day, campaign, toString(cost) AS cost FROM spend FINAL WHERE NOT is_withdrawn ORDER BY day, campaign";
  await bring(meta, "--source", "meta-ads");
  const before = await ask(spend);
  expect(await bring(meta.replace("118.35", "oops"), "--source", "meta-ads")).toMatchObject({ rejected: 1 });
  expect(await ask(spend)).toEqual(before);
});

test("rows sent over HTTP carry the name that X-Source gives, and a touchpoint keeps its own source", async () => {
  const { send, ask } = openWorkspace();
  const order = {
    conversion_id: "c1",
    occurred_at: "2026-03-01",
    visitor_id: "v",
    conversion_type: "sale",
    revenue: 1,
    currency: "EUR",
  };
  await send("conversions", JSON.stringify([order, { ...order, conversion_id: "c2", source: "till" }]), {
    "x-source": "shop",
  });
  await send(
    "touchpoints",
    JSON.stringify([
      { event_id: "e", occurred_at: "2026-03-01", visitor_id: "v", channel: "c", campaign: "", interaction: "click" },
    ]),
    { "x-source": "shop" },
  );
  expect(await ask("SELECT conversion_id, source FROM conversions WHERE true ORDER BY conversion_id")).toEqual([
    { conversion_id: "c1", source: "shop" },
    { conversion_id: "c2", source: "till" },
  ]);
  expect(await ask("SELECT source FROM touchpoints WHERE true")).toEqual([{ source: "" }]);
});

describe("a replay", () => {
  test("stores the rows of every source, each read as its own", async () => {
    const { send, ask, run, imbalance } = openWorkspace();
    const item = (id: string) => ({
      event_id: id,
      occurred_at: "2026-03-01",
      visitor_id: "v",
      channel: "c",
      campaign: "",
      interaction: "clik",
    });
    for (const source of ["a", "b", "c"])
      await send("touchpoints", JSON.stringify([item(source)]), { "x-source": source });
    await run("rejected", "replay", "--replace", "interaction:clik=click");
    expect(
      (await ask("SELECT event_id FROM touchpoints WHERE true ORDER BY event_id")).map(({ event_id }) => event_id),
    ).toEqual(["a", "b", "c"]);
    expect(
      await ask("SELECT event_id FROM rejected_rows FINAL WHERE state = 'open'".replace("event_id", "line")),
    ).toEqual([]);
    expect(await imbalance(false)).toEqual([]);
  });

  const inDollars = shopify.replaceAll(",EUR,", ",USD,");
  const rates = "date,base,currency,rate\n2026-03-01,EUR,USD,2\n";
  const revenues =
    "SELECT conversion_id, toString(revenue) AS revenue, toString(is_booked) AS booked FROM conversions WHERE true ORDER BY conversion_id";

  test("lets a source restate what had no rate", async () => {
    const { bring, ask, run } = openWorkspace();
    await bring(shopify, "--source", "shopify");
    await bring(inDollars, "--source", "shopify");
    await bring(rates, "rates");
    await run("rejected", "replay");
    expect((await ask(revenues)).map(({ revenue, booked }) => [revenue, booked])).toEqual([
      ["25", "1"],
      ["50", "1"],
      ["15", "1"],
    ]);
  });

  test("does not put an old word over a newer one", async () => {
    const { bring, ask, run, imbalance } = openWorkspace();
    await bring(shopify, "--source", "shopify");
    await bring(inDollars, "--source", "shopify");
    await bring(shopify.replaceAll("2026-03-0", "2026-03-1"), "--source", "shopify");
    const before = await ask(revenues);
    await bring(rates, "rates");
    await run("rejected", "replay");
    expect(await ask(revenues)).toEqual(before);
    expect(await imbalance(true)).toEqual([]);
  });
});

test("an item with a thousand columns is stored within seconds", async () => {
  const { send, ask } = openWorkspace();
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, `${i}`]));
  const item = {
    event_id: "e",
    occurred_at: "2026-03-01",
    visitor_id: "v",
    channel: "c",
    campaign: "",
    interaction: "click",
  };
  const began = performance.now();
  expect(await send("touchpoints", JSON.stringify([{ ...item, ...many }]))).toMatchObject({ status: 202, accepted: 1 });
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(
    await ask("SELECT toString(length(extra)) AS columns, extra['k999'] AS last FROM touchpoints WHERE true"),
  ).toEqual([{ columns: "1000", last: "999" }]);
});

test("a link without consent, or of somebody who was erased, leaves no hash in what was refused", async () => {
  const { bring, ask, run } = openWorkspace();
  const links = "visitor_id,person_id,linked_at,consent";
  await bring(`${links}\nv1,p1,2026-03-01,denied\nv2,p2,not a time,denied\n`, "identities", "--legal-basis", "consent");
  await bring(`${links}\nv3,p3,2026-03-01,\n`, "identities");
  await run("person", "erase", "p3", "--yes");
  expect(await bring(`${links}\nv4,p3,2026-03-01,\n`, "identities")).toMatchObject({ rejected: 1 });
  expect(
    await ask("SELECT visitor_id, person_id, raw FROM rejected_rows FINAL WHERE visitor_id != 0 OR person_id != 0"),
  ).toEqual([]);
  expect(await ask("SELECT toString(count()) AS n FROM rejected_rows FINAL WHERE true")).toEqual([{ n: "3" }]);
  expect(await ask("SELECT toString(count()) AS n FROM identities WHERE true")).toEqual([{ n: "0" }]);
});

test("imports go on however many identifiers were forgotten", async () => {
  const { workspace, bring, ask } = openWorkspace();
  const { warehouse } = await world.house.workspace(workspace);
  await warehouse.engine.run(
    "test",
    "INSERT INTO forgotten SELECT {workspaceId:String}, sipHash64(number), 'withdrawn', 'done', now64(3), now64(3) FROM numbers(50000)",
    { workspaceId: workspace },
  );
  const header = "event_id,occurred_at,visitor_id,channel,campaign,interaction";
  expect(await bring(`${header}\ne,2026-03-01,v,c,,click\n`, "touchpoints")).toMatchObject({ stored: 1 });
  expect(await ask("SELECT event_id FROM touchpoints WHERE visitor_id != 0")).toEqual([{ event_id: "e" }]);
});

test("a crowd that withdraws at once is forgotten", async () => {
  const { workspace, bring, ask } = openWorkspace();
  const crowd = Array.from({ length: 600 }, (_, i) => `v${i}`);
  const rows = crowd.map((visitor, i) => `e${i},2026-03-01,${visitor},c,,click`);
  await bring(`event_id,occurred_at,visitor_id,channel,campaign,interaction\n${rows.join("\n")}\n`, "touchpoints");
  const found = await ask("SELECT toString(visitor_id) AS hash FROM touchpoints WHERE true");
  await forget(await world.house.workspace(workspace), {
    ...{ reason: "withdrawn", identifier: null, at: new Date() },
    hashes: [
      ...found.map(({ hash }) => hash!),
      ...Array.from({ length: 4_000 }, (_, i) => `${10n ** 19n + BigInt(i)}`),
    ],
  });
  expect(await ask("SELECT toString(count()) AS n FROM touchpoints WHERE visitor_id = 0")).toEqual([{ n: "600" }]);
  expect(await ask("SELECT toString(count()) AS n FROM forgotten FINAL WHERE state = 'done'")).toEqual([{ n: "4600" }]);
});

test("refused items of one line are all kept, and all replayed", async () => {
  const { workspace, ask, run, imbalance } = openWorkspace();
  const orders = JSON.parse(readFileSync(join(ROOT, "samples/woocommerce/orders.json"), "utf8")) as {
    refunds: unknown[];
  }[];
  orders[0]!.refunds = [1, 2, 3].map((id) => ({ id, total: "oops" }));
  const path = world.file("refunds.json", JSON.stringify(orders));
  const { stdout } = await world.run("import", path, "--source", "woocommerce", "--workspace", workspace, "--json");
  expect(Report.parse(JSON.parse(stdout)).imports.map(({ rejected }) => rejected)).toEqual([0, 3, 0, 0]);
  expect(await imbalance(true)).toEqual([]);
  await run("rejected", "replay", "--replace", "amount:oops=-1");
  expect(await ask("SELECT toString(count()) AS n FROM adjustments WHERE amount = -1")).toEqual([{ n: "3" }]);
});
