import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askTables, findImbalance } from "../support/balance.ts";
import { conversion, touch } from "../support/events.ts";
import { openGate } from "../support/gate.ts";
import { ndjson, send } from "../support/send.ts";
import { openWorld, type World } from "../support/world.ts";

/** What was refused waits with its text until somebody mends it and tries again, or puts it aside. */

let world: World;
let workspaces = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function freshWorkspace() {
  const name = `w${++workspaces}`;
  const { warehouse } = await world.house.workspace(name);
  return {
    name,
    run: (...argv: string[]) => world.run(...argv, "--workspace", name),
    json: (...argv: string[]) => world.json(...argv, "--workspace", name),
    ask: (sql: string) => askTables(warehouse, `${sql} WHERE workspace_id = {workspaceId:String} ORDER BY 1`),
    rejected: () =>
      askTables(
        warehouse,
        "SELECT toString(line) AS line, state, raw, fields FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String} ORDER BY rejected_at, rejected_rows.line",
      ),
    imbalance: () => findImbalance(warehouse),
  };
}

describe("replay", () => {
  test("mends rows of a file that was imported with --map", async () => {
    const w = await freshWorkspace();
    const file = world.file(
      "mapped.csv",
      "id,when,who,medium_of_it,what,note\n1,2026-03-01T10:00:00Z,ann,Search,click,x\n2,2026-03-02T10:00:00Z,bob,Search,bought,y\n3,2026-03-03T10:00:00Z,cid,,click,z\n",
    );
    const map = "event_id=id,occurred_at=when,visitor_id=who,channel=medium_of_it,interaction=what,campaign='spring'";
    const report = await w.json("import", "touchpoints", file, "--map", map);
    expect(report).toMatchObject({ imports: [{ received: 3, stored: 1, rejected: 2 }] });

    const one = ["rejected", "replay", "--replace", "interaction:bought=click"];
    expect(await w.run(...one, "--json")).toMatchObject({ exitCode: 1 }); // The other one is still without a channel.
    const two = await w.json("rejected", "replay", "--set", "channel=Mail");
    expect(two).toMatchObject({ replayed: 1, stored: 1, rejected: 0, notReplayable: 0 });

    expect(
      await w.ask("SELECT event_id, channel, campaign, interaction, extra['note'] AS note FROM touchpoints"),
    ).toEqual([
      { event_id: "1", channel: "Search", campaign: "spring", interaction: "click", note: "x" },
      { event_id: "2", channel: "Search", campaign: "spring", interaction: "click", note: "y" },
      { event_id: "3", channel: "Mail", campaign: "spring", interaction: "click", note: "z" },
    ]);
    expect(
      await w.ask("SELECT uniqExact(visitor_id) AS visitors, countIf(visitor_id = 0) AS nobody FROM touchpoints"),
    ).toEqual([{ visitors: "3", nobody: "0" }]);
    expect((await w.rejected()).map(({ state }) => state)).toEqual(["replayed", "replayed", "replayed"]);
    expect(await w.imbalance()).toEqual([]);
    // Whoever imports the mended file as well finds every event there already.
    const mended = world.file(
      "mapped-mended.csv",
      readFileSync(file, "utf8").replace("bought", "click").replace("cid,,", "cid,Mail,"),
    );
    expect(await w.json("import", "touchpoints", mended, "--map", map)).toMatchObject({
      imports: [{ stored: 0, duplicates: 3 }],
    });
  });

  test("reads the numbers of a file with semicolons and the times of its zone as the file meant them", async () => {
    const w = await freshWorkspace();
    await w.run("settings", "--time-zone", "Europe/Paris");
    const file = world.file(
      "commas.csv",
      "conversion_id;occurred_at;visitor_id;conversion_type;revenue;currency\na;01/03/2026 10:00;ann;purchase;1 234,50;EUR\nb;02/03/2026 10:00;bob;purchase;0,75;Euro\n",
    );
    await w.json("import", "conversions", file);
    await w.run("settings", "--time-zone", "UTC");
    expect(await w.json("rejected", "replay", "--set", "currency=EUR")).toMatchObject({ stored: 1, rejected: 0 });
    expect(
      await w.ask("SELECT conversion_id, toString(revenue) AS revenue, toString(occurred_at) AS at FROM conversions"),
    ).toEqual([
      { conversion_id: "a", revenue: "1234.5", at: "2026-03-01 09:00:00.000" },
      { conversion_id: "b", revenue: "0.75", at: "2026-03-02 09:00:00.000" },
    ]);
    expect(await w.imbalance()).toEqual([]);
  });

  test("takes amounts in a currency whose rates came later", async () => {
    const w = await freshWorkspace();
    const rows = [
      conversion("a"),
      { ...conversion("b"), revenue: "108.23", currency: "USD", occurred_at: "2026-04-07T10:00:00Z" },
    ];
    await w.json("import", "conversions", world.file("usd.ndjson", ndjson(rows)));
    expect(await w.ask("SELECT reason FROM rejected_rows FINAL")).toEqual([
      { reason: expect.stringContaining("no exchange rate of 2026-04-07") },
    ]);
    expect((await w.run("rejected", "replay")).exitCode).toBe(1);
    await w.json("import", "rates", world.file("rates.csv", "date,base,currency,rate\n2026-04-06,EUR,USD,1.0823\n"));
    expect(await w.json("rejected", "replay")).toMatchObject({ replayed: 1, stored: 1, rejected: 0 });
    expect(
      await w.ask(
        "SELECT conversion_id, toString(revenue) AS revenue, currency, toString(original_revenue) AS said, original_currency FROM conversions",
      ),
    ).toMatchObject([
      { conversion_id: "a", revenue: "10.5", currency: "EUR" },
      { conversion_id: "b", revenue: "100", currency: "EUR", said: "108.23", original_currency: "USD" },
    ]);
    expect(await w.imbalance()).toEqual([]);
  });

  test("of what was sent over HTTP knows an event by the content that it came with", async () => {
    const w = await freshWorkspace();
    const gate = await openGate(world.house, { limits: { lingerMs: 10 } });
    const { event_id: _without, ...nameless } = touch("x");
    const bad = { ...nameless, interaction: "stare" };
    try {
      const door = { url: gate.url, key: await gate.key(w.name) };
      for (let i = 0; i < 2; i++) await send(door, "touchpoints", [bad, touch("a")]);
      expect(await w.json("rejected", "replay", "--replace", "interaction:stare=visit")).toMatchObject({
        ...{ replayed: 2, stored: 1, duplicates: 1 },
      });
      expect(await w.ask("SELECT interaction FROM touchpoints")).toEqual([
        { interaction: "click" },
        { interaction: "visit" },
      ]);
      expect(await w.imbalance()).toEqual([]);
    } finally {
      await gate.close();
    }
  });

  test("leaves what fails again open, once, with the reason of now", async () => {
    const w = await freshWorkspace();
    const file = world.file("twice.ndjson", ndjson([touch("a"), { ...touch("b"), interaction: "stare", channel: "" }]));
    await w.json("import", "touchpoints", file);
    for (let i = 0; i < 2; i++) await w.run("rejected", "replay", "--replace", "interaction:stare=visit");
    const list = await w.json("rejected", "list");
    expect(list).toMatchObject({ rows: [{ reason: "channel is empty", state: "open" }] });
    expect(await w.imbalance()).toEqual([]);
  });
});

describe("discard", () => {
  test("drops the text and keeps line, step and reason, so that the books still balance; export wrote it down before", async () => {
    const w = await freshWorkspace();
    const bad = (id: string) => ({ ...touch(id), interaction: "stare" });
    await w.json(
      "import",
      "touchpoints",
      world.file("bad.ndjson", ndjson([touch("a"), bad("b"), touch("c"), bad("d")])),
    );
    const { stdout } = await w.run("rejected", "list");
    expect(stdout).toContain('bad.ndjson, line 2 (validate): interaction "stare" is not one of');

    expect(await w.json("rejected", "export", "--out", "out.ndjson")).toMatchObject({ rows: 2 });
    const exported = readFileSync(join(world.folder, "files", "out.ndjson"), "utf8")
      .trim()
      .split("\n");
    expect(exported.map((line) => JSON.parse((JSON.parse(line) as { raw: string }).raw))).toEqual(
      [bad("d"), bad("b")].reverse(),
    );

    expect(await w.json("rejected", "discard")).toEqual({ discarded: 2 });
    expect(await w.rejected()).toEqual([
      { line: "2", state: "discarded", raw: "", fields: "" },
      { line: "4", state: "discarded", raw: "", fields: "" },
    ]);
    expect(await w.json("rejected", "replay")).toMatchObject({ replayed: 0 });
    expect(await w.json("rejected", "list")).toMatchObject({ rows: [] });
    expect(await w.imbalance()).toEqual([]);
  });
});
