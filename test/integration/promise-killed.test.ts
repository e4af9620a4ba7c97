import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { runCommandLine } from "@touchline/server/cli";
import { openHouse } from "@touchline/server/house";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askTables, findImbalance } from "../support/balance.ts";
import { adjustment, conversion, link, touch } from "../support/events.ts";
import { openGate } from "../support/gate.ts";
import { type Answer, type Door, ndjson, type SentKind, send } from "../support/send.ts";

/** A process dies at the worst moment, the sender has no answer and sends again: all is there once. */

const SCRIPT = fileURLToPath(new URL("../support/dying-process.ts", import.meta.url));

let folder: string;
let folders = 0;
const children = new Set<ChildProcess>();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-killed-"));
});
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function startDying(data: string, moment: string, ...mode: string[]): ChildProcess {
  const { CLICKHOUSE_URL: _elsewhere, ...env } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", SCRIPT, data, moment, ...mode], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  child.on("close", () => children.delete(child));
  return child;
}

/** Sends to a server that will die of it. */
async function sendToDying(data: string, moment: string, kind: SentKind, items: readonly unknown[]): Promise<Answer> {
  const child = startDying(data, moment, "serve");
  const ended = once(child, "close");
  const [line] = (await once(createInterface({ input: child.stdout! }), "line")) as [string];
  const answer = await send(JSON.parse(line) as Door, kind, items);
  expect(await ended).toEqual([null, "SIGKILL"]);
  return answer;
}

/** Opens the folder again, as the next process does, and puts it away. */
async function reopen<T>(
  data: string,
  work: (opened: {
    door: Door;
    ask: (sql: string) => Promise<Readonly<Record<string, string>>[]>;
    imbalance: (options?: { restates: boolean }) => Promise<string[]>;
    run: (...argv: string[]) => Promise<number>;
  }) => Promise<T>,
): Promise<T> {
  const house = await openHouse({ dataFolder: data });
  const gate = await openGate(house, { limits: { lingerMs: 10 } });
  try {
    const { warehouse } = await house.workspace("default");
    const say = () => undefined;
    const io = { cwd: folder, stdout: say, stderr: say, isWatched: false, columns: 100, fileNames: {} };
    const refuse = () => Promise.reject(new Error("not here"));
    return await work({
      door: { url: gate.url, key: await gate.key("default") },
      ask: (sql) => askTables(warehouse, sql),
      imbalance: (options) => findImbalance(warehouse, options),
      run: (...argv) =>
        runCommandLine(argv, { io, withHouse: (_folder, then) => then(house), serve: refuse, demo: refuse }),
    });
  } finally {
    await gate.close();
    await house.close();
  }
}

const COUNTS = `SELECT
  (SELECT toString(count()) FROM touchpoints WHERE workspace_id = {workspaceId:String}) AS touchpoints,
  (SELECT toString(count()) FROM conversions WHERE workspace_id = {workspaceId:String}) AS conversions,
  (SELECT toString(count()) FROM adjustments WHERE workspace_id = {workspaceId:String}) AS adjustments,
  (SELECT toString(count()) FROM identities WHERE workspace_id = {workspaceId:String}) AS identities,
  (SELECT toString(count()) FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String}) AS rejected`;
const NONE = { touchpoints: "0", conversions: "0", adjustments: "0", identities: "0", rejected: "0" };

describe("killed", () => {
  const touches = [
    { ...touch("a", 1), occurred_at: "2025-12-31T10:00:00Z" },
    touch("b", 2),
    { ...touch("bad", 3), interaction: "stare" },
  ];
  const orders = [
    conversion("k1", 1),
    adjustment("r1", "k1"),
    conversion("k2", 2),
    { ...conversion("bad"), revenue: "much" },
  ];
  const moments: [moment: string, kind: SentKind, items: readonly unknown[], whole: object][] = [
    ["answer", "touchpoints", touches, { touchpoints: "2", rejected: "1" }],
    ["after reject-refused-rows", "touchpoints", touches, { touchpoints: "2", rejected: "1" }],
    // The rows are of two years, which are moved one after the other.
    ["after move", "touchpoints", touches, { touchpoints: "2", rejected: "1" }],
    ["before record-import done", "touchpoints", touches, { touchpoints: "2", rejected: "1" }],
    // Conversions are done by then, their adjustments have not begun.
    ["after record-import done", "conversions", orders, { conversions: "2", adjustments: "1", rejected: "1" }],
    ["before record-import done", "conversions", orders, { conversions: "2", adjustments: "1", rejected: "1" }],
    ["after move", "identities", [link("v", "p"), link("v", "")], { identities: "1", rejected: "1" }],
  ];
  test.each(moments)(
    "%s, %s: what was not acknowledged is sent again and is there once",
    async (moment, kind, items, whole) => {
      const data = join(folder, `d${++folders}`);
      const answer = await sendToDying(data, moment, kind, items);
      expect(answer.status).toBe(0);
      await reopen(data, async ({ door, ask, imbalance }) => {
        // Everything of a batch that was begun is taken back, or all of it had ended.
        expect(await imbalance()).toEqual([]);
        expect(await send(door, kind, items)).toMatchObject({
          status: 202,
          received: items.length,
          accepted: items.length - 1,
        });
        const [counts] = await ask(COUNTS);
        // Refused rows stand in rejected_rows once for each time that they came in a batch that ended.
        const { rejected, ...stored } = counts!;
        expect(stored).toEqual({ ...NONE, ...whole, rejected: undefined });
        expect(Number(rejected)).toBeGreaterThanOrEqual(1);
        expect(await imbalance()).toEqual([]);
      });
      // And nothing of that changes when the folder is opened once more.
      await reopen(data, async ({ ask, imbalance }) => {
        const [counts] = await ask(COUNTS);
        expect(counts).toMatchObject(Object.fromEntries(Object.entries(whole).filter(([name]) => name !== "rejected")));
        expect(await imbalance()).toEqual([]);
      });
    },
  );
});

describe("killed while restated rows take the place of old ones", () => {
  const columns = ["conversion_id", "occurred_at", "visitor_id", "conversion_type", "revenue", "currency"];
  const declaration = {
    name: "shop",
    title: "A shop",
    tables: [
      {
        kind: "conversions",
        replaces: "rows",
        columns: Object.fromEntries(columns.map((column) => [column, { column }])),
      },
    ],
  };
  const orders = Array.from({ length: 20 }, (_, n) => ({ ...conversion(`o${n}`, n), revenue: "10" }));
  const restated = orders.map((order, n) => (n < 7 ? { ...order, revenue: "25" } : order));

  test.each(["after move", "after record-import replacing", "after remove-replaced", "before record-import done"])(
    "%s: each order is there once, and as it was said last when the file comes again",
    async (moment) => {
      const data = join(folder, `d${++folders}`);
      const source = join(folder, "shop.json");
      writeFileSync(source, JSON.stringify(declaration));
      const [first, second] = [join(folder, "first.ndjson"), join(folder, "second.ndjson")];
      writeFileSync(first, ndjson(orders));
      writeFileSync(second, ndjson(restated));
      await reopen(data, async ({ run }) => expect(await run("import", first, "--source", source)).toBe(0));

      const child = startDying(data, moment, "run", "import", second, "--source", source);
      expect(await once(child, "close")).toEqual([null, "SIGKILL"]);

      const sum = `SELECT toString(count()) AS orders, toString(uniqExact(conversion_id)) AS ids, toString(sum(revenue)) AS revenue
      FROM conversions WHERE workspace_id = {workspaceId:String}`;
      await reopen(data, async ({ ask, imbalance, run }) => {
        const [found] = await ask(sum);
        expect(found).toEqual({ orders: "20", ids: "20", revenue: moment === "after move" ? "200" : "305" });
        expect(await imbalance({ restates: true })).toEqual([]);
        expect(await run("import", second, "--source", source)).toBe(0);
        expect(await ask(sum)).toEqual([{ orders: "20", ids: "20", revenue: "305" }]);
        expect(await imbalance({ restates: true })).toEqual([]);
      });
    },
  );
});
