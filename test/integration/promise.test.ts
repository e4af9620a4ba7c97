import { setTimeout } from "node:timers/promises";
import { storeBatch } from "@touchline/server/intake";
import { EngineError } from "@touchline/sql";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { askTables, findImbalance } from "../support/balance.ts";
import { adjustment, conversion, cost, link, touch } from "../support/events.ts";
import { type Gate, openGate } from "../support/gate.ts";
import { ndjson, type SentKind, send, sendBody } from "../support/send.ts";
import { openWorld, type World } from "../support/world.ts";

/** What was answered with 202 is in the tables exactly once, or in rejected_rows with its step and reason. */

let world: World;
let gate: Gate;
let workspaces = 0;
beforeAll(async () => {
  world = await openWorld();
  gate = await openGate(world.house, { limits: { lingerMs: 20 } });
});
afterAll(async () => {
  await gate.close();
  await world.close();
});

/** A workspace of its own, with what a test does to it and asks of it. */
async function freshWorkspace() {
  const name = `w${++workspaces}`;
  const door = { url: gate.url, key: await gate.key(name) };
  const { warehouse } = await world.house.workspace(name);
  return {
    name,
    door,
    warehouse,
    send: (kind: SentKind, items: readonly unknown[]) => send(door, kind, items),
    importFile: (kind: string, path: string, ...options: string[]) =>
      world.json("import", kind, path, "--workspace", name, ...options),
    ids: async (table: string, id: string) =>
      (
        await askTables(
          warehouse,
          `SELECT ${id} AS id FROM ${table} WHERE workspace_id = {workspaceId:String} ORDER BY id`,
        )
      ).map((row) => row.id),
    refused: () =>
      askTables(
        warehouse,
        "SELECT toString(line) AS line, kind, step, reason, raw, state FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String} ORDER BY rejected_rows.line",
      ),
    imbalance: () => findImbalance(warehouse),
  };
}

describe("an event that is sent again is counted once", () => {
  test("three times in one body", async () => {
    const w = await freshWorkspace();
    const answer = await w.send("touchpoints", [touch("a"), touch("b"), touch("a"), touch("a")]);
    expect(answer).toMatchObject({ status: 202, received: 4, accepted: 4 });
    expect(await w.ids("touchpoints", "event_id")).toEqual(["a", "b"]);
    expect(await w.imbalance()).toEqual([]);
  });

  test.each([
    ["touchpoints", "event_id", touch("a")],
    ["conversions", "conversion_id", conversion("a")],
    ["identities", "'a'", link("v", "p")],
    ["spend", "campaign", cost("a")],
  ] as const)("in three requests, one after the other and at once: %s", async (kind, id, event) => {
    const w = await freshWorkspace();
    for (let i = 0; i < 2; i++) expect(await w.send(kind, [event])).toMatchObject({ status: 202, accepted: 1 });
    const answers = await Promise.all([1, 2, 3].map(() => w.send(kind, [event])));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(await w.ids(kind === "spend" ? "spend FINAL" : kind, id)).toEqual(["a"]);
    expect(await w.imbalance()).toEqual([]);
  });

  test("over HTTP, then in a file, then over HTTP", async () => {
    const w = await freshWorkspace();
    const events = [touch("a", 1), touch("b", 2)];
    await w.send("touchpoints", events);
    const file = world.file("again.ndjson", ndjson([...events, touch("c", 3)]));
    expect(await w.importFile("touchpoints", file)).toMatchObject({ imports: [{ stored: 1, duplicates: 2 }] });
    await w.send("touchpoints", [touch("c", 3), touch("d", 4)]);
    expect(await w.ids("touchpoints", "event_id")).toEqual(["a", "b", "c", "d"]);
    expect(await w.imbalance()).toEqual([]);
  });

  test("without an id, where its content is the same", async () => {
    const w = await freshWorkspace();
    const { event_id: _without, ...event } = touch("a");
    for (let i = 0; i < 3; i++) await w.send("touchpoints", [event, { ...event, campaign: "autumn" }]);
    expect(await w.ids("touchpoints", "campaign")).toEqual(["autumn", "spring"]);
    expect(await w.imbalance()).toEqual([]);
  });

  test("days later, in another batch, with a time of another year", async () => {
    const w = await freshWorkspace();
    await w.send("touchpoints", [{ ...touch("late"), occurred_at: "2025-12-31T23:59:58Z" }, touch("other")]);
    vi.useFakeTimers({ now: Date.now() + 3 * 86_400_000, toFake: ["Date"] });
    try {
      // A sender that stamps its events when it sends them says another year the second time.
      await w.send("touchpoints", [{ ...touch("late"), occurred_at: "2026-01-01T00:00:01Z" }, touch("new")]);
      await w.send("conversions", [{ ...conversion("late"), occurred_at: "2025-12-31T23:59:58Z" }]);
      await w.send("conversions", [{ ...conversion("late"), occurred_at: "2026-01-01T00:00:01Z" }]);
    } finally {
      vi.useRealTimers();
    }
    expect(await w.ids("touchpoints", "event_id")).toEqual(["late", "new", "other"]);
    expect(await w.ids("conversions", "conversion_id")).toEqual(["late"]);
    expect(await w.imbalance()).toEqual([]);
  });

  test("the same id in two workspaces is two events", async () => {
    const [one, two] = [await freshWorkspace(), await freshWorkspace()];
    for (const w of [one, two, one]) {
      expect(await w.send("touchpoints", [touch("a")])).toMatchObject({ status: 202, accepted: 1 });
      expect(await w.send("conversions", [conversion("a")])).toMatchObject({ status: 202, accepted: 1 });
    }
    for (const w of [one, two]) {
      expect(await w.ids("touchpoints", "event_id")).toEqual(["a"]);
      expect(await w.ids("conversions", "conversion_id")).toEqual(["a"]);
      expect(await w.imbalance()).toEqual([]);
    }
  });

  test("two ids that differ in their last digit are two events, as text and as numbers, in lines and in an array", async () => {
    const w = await freshWorkspace();
    // Past 2^53, where a double no longer tells neighbours apart: such are the ids of most advertising platforms.
    const item = (id: string) => `{"event_id":${id},${JSON.stringify(touch("x")).slice(`{"event_id":"x",`.length)}`;
    const numbers = ["900719925474099267", "900719925474099268", "900719925474099269"];
    await sendBody(w.door, "touchpoints", `[${numbers.map(item).join(" ,\r\n ")}]`);
    await sendBody(w.door, "touchpoints", numbers.map((id) => item(`${id.slice(0, -1)}0`)).join("\n"));
    await sendBody(w.door, "touchpoints", numbers.map((id) => item(`"${id.slice(0, -1)}1"`)).join("\n"));
    expect(await w.ids("touchpoints", "event_id")).toEqual(["900719925474099260", "900719925474099261", ...numbers]);
    expect(await w.imbalance()).toEqual([]);
  });
});

describe("one bad row costs only itself", () => {
  const N = 10_000;
  const BAD = 5_432;
  const batch = (kind: "touchpoints" | "conversions" | "spend"): Record<string, string>[] => {
    const make = { touchpoints: touch, conversions: conversion, spend: cost }[kind];
    const items = Array.from({ length: N }, (_, i) => make(`e${i}`, i));
    const broken = { touchpoints: "occurred_at", conversions: "revenue", spend: "cost" }[kind];
    items[BAD]![broken] = "never";
    return items;
  };

  test.each([
    ["touchpoints", "in lines"],
    ["touchpoints", "in an array"],
    ["conversions", "in an array"],
    ["spend", "in lines"],
  ] as const)("among 10,000 %s %s", async (kind, form) => {
    const w = await freshWorkspace();
    const items = batch(kind);
    const answer = await sendBody(w.door, kind, form === "in lines" ? ndjson(items) : JSON.stringify(items));
    expect(answer).toMatchObject({ status: 202, received: N, accepted: N - 1 });
    expect(answer.rejected).toEqual([
      { index: BAD, step: "validate", reason: expect.stringMatching(/"never" is not a/) },
    ]);
    const table = kind === "spend" ? "spend FINAL" : kind;
    const [count] = await askTables(
      w.warehouse,
      `SELECT toString(count()) AS n FROM ${table} WHERE workspace_id = {workspaceId:String}`,
    );
    expect(count).toEqual({ n: String(N - 1) });
    expect(await w.refused()).toMatchObject([
      { line: String(BAD + 1), kind, step: "validate", raw: expect.stringContaining("never") },
    ]);
    expect(await w.imbalance()).toEqual([]);
  });

  test("each of several requests that are written together hears of its own", async () => {
    const w = await freshWorkspace();
    const bad = (id: string) => ({ ...touch(id), interaction: "stare" });
    const bodies = [
      ndjson([touch("a"), bad("b"), touch("c")]),
      `${ndjson([touch("d")])}\u0000\n{"event_id":\n${ndjson([bad("e"), touch("f")])}`,
      JSON.stringify([bad("g"), [touch("h")], touch("i"), "j", null]),
      ndjson([touch("k")]),
    ];
    const answers = await Promise.all(bodies.map((body) => sendBody(w.door, "touchpoints", body)));
    expect(answers.map(({ rejected }) => rejected.map(({ index }) => index))).toEqual([
      [1],
      [1, 2, 3],
      [0, 1, 3, 4],
      [],
    ]);
    expect(answers.map(({ received, accepted }) => [received, accepted])).toEqual([
      [3, 2],
      [5, 2],
      [5, 1],
      [1, 1],
    ]);
    expect(await w.ids("touchpoints", "event_id")).toEqual(["a", "c", "d", "f", "i", "k"]);
    expect(await w.imbalance()).toEqual([]);
  });

  test("a row that the engine refuses with its whole batch is found and rejected alone", async () => {
    const w = await freshWorkspace();
    const workspace = await world.house.workspace(w.name);
    const lines = Array.from({ length: 40 }, (_, i) => Buffer.from(JSON.stringify(touch(`e${i}`, i))));
    lines[17] = Buffer.from(JSON.stringify({ ...touch("poison"), campaign: "poison" }));
    const malformed = [5, 33].map((row) => ({ row, reason: "the item holds NUL bytes", raw: "" }));
    const batch = { kind: "touchpoints", transport: "http", source: "", count: 42, lines, malformed } as const;
    let attempts = 0;
    const outcome = await storeBatch(workspace, batch, world.house.spoolFolder, (where, part, spool) => {
      attempts++;
      if (!part.lines.some((line) => line.includes("poison"))) return storeBatch(where, part, spool);
      throw new EngineError("refused", "CANNOT_PARSE", "stage", "the engine cannot take it", undefined);
    });
    expect(outcome).toMatchObject({ stored: 39, duplicates: 0, replaced: 0 });
    // The 18th line is the 19th item: a malformed one stands before it.
    expect(outcome.refused).toEqual([
      { index: 4, step: "read", reason: "the item holds NUL bytes" },
      { index: 18, step: "read", reason: expect.stringContaining("the engine cannot take it") },
      { index: 32, step: "read", reason: "the item holds NUL bytes" },
    ]);
    expect(attempts).toBeLessThan(16);
    expect(await w.ids("touchpoints", "count()")).toEqual(["39"]);
    expect(await w.imbalance()).toEqual([]);
  });
});

describe("a failure in the middle", () => {
  type Run = (name: string, sql: string, params?: Record<string, unknown>) => Promise<void>;
  type Send = (name: string, ...what: unknown[]) => Promise<void>;

  /** Stands between the product and the engine's commands until it is taken away. */
  function intercept(
    around: (run: () => Promise<void>, name: string, params: Record<string, unknown>) => Promise<void>,
  ) {
    const { engine } = world.house.warehouse.in("any") as unknown as { engine: object };
    // All that are made of it for a lane or a piece of work have the same methods.
    const methods = Object.getPrototypeOf(engine) as { run: Run; insertStream: Send };
    const { run, insertStream } = methods;
    const spies = [
      vi.spyOn(methods, "run").mockImplementation(function (this: unknown, name, sql, params = {}) {
        return around(() => run.call(this, name, sql, params), name, params);
      }),
      // What a server is sent.
      vi.spyOn(methods, "insertStream").mockImplementation(function (this: unknown, name, ...what) {
        return around(() => insertStream.call(this, name, ...what), name, {});
      }),
    ];
    return () => {
      for (const spy of spies) spy.mockRestore();
    };
  }

  const noRoom = (name: string) =>
    Promise.reject(new EngineError("broken", "NOT_ENOUGH_SPACE", name, "No space left on device", undefined));

  test("after the rows are in and before the ledger says so, with nothing working until there is room: sent again, all is there once, also after a restart", async () => {
    const w = await freshWorkspace();
    await w.send("touchpoints", [touch("before")]);
    let isFull = false;
    const mend = intercept((run, name, params) => {
      isFull ||= name === "record-import" && params.state === "done";
      return isFull && !name.startsWith("drop-") ? noRoom(name) : run();
    });
    const failed = await w.send("touchpoints", [touch("a"), touch("b")]);
    expect(failed.status).toBe(503);
    expect(Number(failed.headers.get("retry-after"))).toBeGreaterThan(0);
    const still = await w.send("touchpoints", [touch("a"), touch("b")]);
    expect(still.status).toBe(503);
    mend();
    expect(await w.send("touchpoints", [touch("a"), touch("b")])).toMatchObject({ status: 202, accepted: 2 });
    expect(await w.ids("touchpoints", "event_id")).toEqual(["a", "b", "before"]);
    // What a restart would take back must not be what was just acknowledged.
    expect(await w.imbalance()).toEqual([]);
  });

  test("none at all: touchpoints are read while the batch before them is moved, other rows once that one has ended", async () => {
    const w = await freshWorkspace();
    /** Sends a second batch while the first is about to be moved. @returns how many had been read when the first was */
    const readBeforeMoved = async (kind: SentKind, first: unknown, second: unknown) => {
      const read = new Set<string>();
      let readThen = 0;
      const sent: ReturnType<typeof w.send>[] = [];
      const mend = intercept(async (run, name) => {
        if (name.startsWith("move-") && sent.length === 1) {
          sent.push(w.send(kind, [second, first]));
          for (let i = 0; i < 40 && read.size < 2; i++) await setTimeout(10);
          readThen = read.size;
        }
        await run();
        const staged = /^stage-\d+/.exec(name);
        if (staged !== null) read.add(staged[0]);
      });
      sent.push(w.send(kind, [first]));
      expect((await sent[0]!).status).toBe(202);
      expect((await sent[1]!).status).toBe(202);
      mend();
      return readThen;
    };
    expect(await readBeforeMoved("touchpoints", touch("a"), touch("b"))).toBe(2);
    expect(await w.ids("touchpoints", "event_id")).toEqual(["a", "b"]);
    expect(await readBeforeMoved("conversions", conversion("a"), conversion("b"))).toBe(1);
    expect(await w.ids("conversions", "conversion_id")).toEqual(["a", "b"]);
    expect(await w.imbalance()).toEqual([]);
  });

  test("while another batch with the same event waits for its turn: none of them counts on the other's rows", async () => {
    const w = await freshWorkspace();
    let failures = 0;
    let staged = 0;
    let go: () => void = () => undefined;
    const areBothStaged = new Promise<void>((done) => {
      go = done;
    });
    const mend = intercept(async (run, name, params) => {
      if (name === "record-import" && params.state === "done" && failures++ === 0) return noRoom(name);
      if (name === "reject-refused-rows") await areBothStaged; // The first step of a turn.
      if (name === "undo-import") await setTimeout(400); // Long enough for the other one to have its turn meanwhile.
      await run();
      if (name.startsWith("stage-") && ++staged === 2) go();
    });
    const file = world.file("same.ndjson", ndjson([touch("a"), touch("b")]));
    // Both are read side by side and moved one after the other: the first one to have its turn fails at its last step.
    const [imported, sent] = await Promise.allSettled([
      w.importFile("touchpoints", file),
      w.send("touchpoints", [touch("a"), touch("b")]),
    ]);
    mend();
    expect([imported.status, sent.status === "fulfilled" && sent.value.status]).toContain(
      imported.status === "rejected" ? 202 : 503,
    );
    expect(failures).toBe(2);
    expect(await w.ids("touchpoints", "event_id")).toEqual(["a", "b"]);
    expect(await w.imbalance()).toEqual([]);
  });
});

describe("the books balance", () => {
  test("random mixtures of kinds, workspaces, files and HTTP, resent and bad: the ledger agrees with every table, by hour too", async () => {
    const both = [await freshWorkspace(), await freshWorkspace()] as const;
    let state = 20260301;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return Math.floor((state / 0x80000000) * below);
    };
    const makers = {
      touchpoints: () => touch(`t${random(150)}`, 3),
      conversions: () =>
        random(4) === 0 ? adjustment(`r${random(40)}`, `c${random(90)}`, 3) : conversion(`c${random(90)}`, 3),
      identities: () => link(`v${random(40)}`, `p${random(40)}`),
      spend: () => cost(`s${random(60)}`, 3),
    };
    const spoil = (item: Record<string, string>) =>
      random(9) === 0 ? { ...item, visitor_id: "", channel: "", conversion_type: "", adjusts_conversion_id: "" } : item;
    const sent = { received: [0, 0] };
    for (let round = 0; round < 4; round++) {
      await Promise.all(
        (Object.keys(makers) as SentKind[]).flatMap((kind) =>
          both.map(async (w, which) => {
            const items = Array.from({ length: 1 + random(60) }, () => spoil(makers[kind]()));
            sent.received[which]! += items.length;
            if (random(3) === 0) {
              const file = world.file(`mix-${round}-${kind}-${which}.ndjson`, ndjson(items));
              await world.run("import", kind, file, "--workspace", w.name);
            } else expect(await w.send(kind, items)).toMatchObject({ status: 202, received: items.length });
          }),
        ),
      );
    }
    for (const [which, w] of both.entries()) {
      expect(await w.imbalance()).toEqual([]);
      const [ledger] = await askTables(
        w.warehouse,
        `SELECT toString(sum(received)) AS received, toString(sum(rejected)) AS rejected, toString(sumIf(stored, kind = 'spend')) AS spend
         FROM imports FINAL WHERE workspace_id = {workspaceId:String} AND state = 'done'`,
      );
      const [tables] = await askTables(
        w.warehouse,
        `SELECT (SELECT toString(count()) FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String}) AS rejected`,
      );
      expect(Number(ledger!.received)).toBe(sent.received[which]);
      expect(ledger!.rejected).toBe(tables!.rejected);
      expect(Number(ledger!.rejected)).toBeGreaterThan(0);
      const byHour = await askTables(
        w.warehouse,
        `SELECT toString(toStartOfHour(started_at)) AS hour, kind, toString(sum(ledger.stored)) AS stored, toString(sum(row_count)) AS found
         FROM (SELECT * FROM imports FINAL WHERE workspace_id = {workspaceId:String} AND state = 'done' AND kind != 'spend') AS ledger
         LEFT JOIN (
           SELECT import_id, count() AS row_count FROM (
             SELECT import_id FROM touchpoints WHERE workspace_id = {workspaceId:String}
             UNION ALL SELECT import_id FROM conversions WHERE workspace_id = {workspaceId:String}
             UNION ALL SELECT import_id FROM adjustments WHERE workspace_id = {workspaceId:String}
             UNION ALL SELECT import_id FROM identities WHERE workspace_id = {workspaceId:String}) GROUP BY import_id) AS found USING (import_id)
         GROUP BY hour, kind`,
      );
      expect(byHour.length).toBeGreaterThanOrEqual(4);
      for (const { stored, found } of byHour) expect(found).toBe(stored);
    }
  }, 180_000);
});
