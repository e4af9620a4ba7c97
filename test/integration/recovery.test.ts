import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHouse } from "@touchline/server/house";
import { claimImport, hashIdentifier, recordImport } from "@touchline/sql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTouchline, startServer } from "../support/process.ts";
import { ownerOf } from "../support/sign-in.ts";

const TOUCHES = "event_id,occurred_at,visitor_id,channel,campaign,interaction";
const CONVERSIONS = "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency";

/** What an import that ran on another machine wrote down when it began. */
const HALF_DONE = {
  kind: "conversions",
  file: "half.csv",
  fingerprint: "half",
  owner: "another-container:7",
  startedAt: "2026-03-03T00:00:00Z",
  received: 0,
  stored: 0,
  duplicates: 0,
  replaced: 0,
  rejected: 0,
  filtered: 0,
  source: "",
  transport: "file",
  changes: "",
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-recovery-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Answer {
  readonly totals: { conversions: number; revenue: string };
  readonly baseline: { conversions: number; revenue: string };
  readonly channels: readonly { channel: string; revenue: string }[];
}

describe("what a process left when it was killed", () => {
  test("is taken back at the next opening, wherever that process ran, and reports that saw it are made anew", async () => {
    const data = join(folder, "left");
    const touches = file("t.csv", `${TOUCHES}\ne1,2026-03-01T10:00:00Z,ann,Search,b,click\n`);
    const conversions = file("c.csv", `${CONVERSIONS}\nk1,2026-03-02T10:00:00Z,ann,purchase,100,EUR\n`);
    await runTouchline(["import", "touchpoints", touches, "--data", data]);
    await runTouchline(["import", "conversions", conversions, "--data", data]);

    // An import of another host has moved its rows and was killed before it was done; meanwhile somebody has looked.
    const house = await openHouse({ dataFolder: data });
    const { warehouse } = await house.workspace("default");
    const importId = await claimImport(warehouse, "conversions");
    const entry = { ...HALF_DONE, importId };
    await warehouse.tell(recordImport, { ...entry, state: "started" });
    await warehouse.engine.run(
      "test",
      `INSERT INTO conversions (workspace_id, occurred_at, visitor_id, conversion_id, conversion_type, revenue, currency, import_id)
       SELECT 'default', toDateTime64('2026-03-02 10:00:00', 3, 'UTC'), ${await hashIdentifier(warehouse, "ann")}, 'half', 'purchase', 900, 'EUR', ${importId}`,
    );
    await house.close();
    mkdirSync(join(data, "spool", "999999"), { recursive: true });
    writeFileSync(join(data, "spool", "999999", "visitors.csv"), "ann");

    const { stdout } = await runTouchline(["attribute", "--model", "last", "--json", "--data", data]);
    expect(JSON.parse(stdout) as Answer).toMatchObject({
      totals: { conversions: 1, revenue: "100" },
      baseline: { conversions: 0, revenue: "0" },
      channels: [{ channel: "Search", revenue: "100" }],
    });
    expect(existsSync(join(data, "spool", "999999"))).toBe(false);
    expect(readdirSync(join(data, "spool"))).toEqual([]);
  });

  test("a report that was made while rows were in that were later taken back is not found again", async () => {
    const house = await openHouse({ dataFolder: join(folder, "seen") });
    const workspace = await house.workspace("default");
    const before = await workspace.watermark();
    const importId = await claimImport(workspace.warehouse, "conversions");
    const entry = { ...HALF_DONE, importId };
    await workspace.warehouse.tell(recordImport, { ...entry, state: "undone" });
    const after = await workspace.watermark();
    await house.close();
    expect(after).not.toBe(before);
  });
});

describe("a server that is sent nonsense", () => {
  test("answers with sentences and goes on", async () => {
    const data = join(folder, "nonsense");
    const server = await startServer(["serve", "--data", data]);
    const status = async (path: string, init?: RequestInit) => {
      const response = await fetch(`${server.url}${path}`, init);
      const body = await response.text();
      expect(body).not.toMatch(/node_modules|at .*\.ts:/);
      return response.status;
    };
    expect(await status("/%ff")).toBe(400);
    expect(await status("/assets/none.js")).toBe(404);
    expect(await status("/trpc/account.me?input=garbage")).toBe(200);
    expect(await status("/trpc/planning.propose?input=%7B%7D")).toBe(401);
    const owner = await ownerOf(server);
    for (const question of ["planning.propose?input=%7B%7D", "performance.overview?input=garbage"])
      expect(await owner.send("GET", `/trpc/${question}`, undefined)).toMatchObject({
        status: 400,
        code: expect.any(String),
      });
    owner.close();
    expect(await status("/trpc/no.such")).toBe(404);
    expect(await status("/../../package.json")).toBe(200); // The page: paths do not lead out of its folder.
    const [socket] = readdirSync(data).filter((name) => name.endsWith(".sock"));
    if (socket !== undefined) {
      for (const line of ["garbage\n", "{}\n", '{"argv":["import"]}\n']) {
        const reply = await new Promise<string>((done) => {
          const connection = createConnection(join(data, socket));
          let answer = "";
          connection.on("data", (chunk) => {
            answer += chunk.toString("utf8");
          });
          connection.on("close", () => done(answer));
          connection.write(line);
        });
        expect(reply).toContain('"exit":1');
      }
    }
    expect(await status("/readyz")).toBe(200);
    expect(await server.stop()).toBe(0);
  });
});
