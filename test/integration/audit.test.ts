import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { AuditCheck, AuditPage } from "@touchline/server/contract";
import { listen } from "@touchline/server/http";
import express from "express";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { requireSignedIn } from "../../server/src/accounts/require-member.ts";
import { auditExportRouter, readAudit, verifyAudit } from "../../server/src/audit/index.ts";
import { type Actor, auditEntries, auditHeads, NO_HASH, WorkspaceStore } from "../../server/src/store/index.ts";
import { isOnPostgres } from "../support/postgres.ts";
import { openWorld, type World } from "../support/world.ts";

const ACTOR: Actor = { kind: "person", id: "u1", name: "Ada <ada@shop.example>", ip: "192.0.2.1", userAgent: "test" };

let world: World;
let store: WorkspaceStore;
let workspaces = 0;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function newStore(): Promise<void> {
  store = (await world.house.store()).in(`audit-${++workspaces}`);
}

async function tell(count: number): Promise<void> {
  for (let i = 1; i <= count; i++)
    await store.audit({
      actor: ACTOR,
      action: "members.change-role",
      subject: { kind: "person", id: `p${i}` },
      after: { i },
    });
}

/** As somebody does it who owns the database: past the guard that lets entries be added and nothing else. */
async function tamper(...statements: string[]): Promise<void> {
  const { db } = await world.house.store();
  await db.execute("ALTER TABLE audit_entries DISABLE TRIGGER ALL");
  for (const statement of statements)
    await db.execute(statement.replaceAll("$W", `workspace_id = '${store.workspaceId}'`));
  await db.execute("ALTER TABLE audit_entries ENABLE TRIGGER ALL");
}

// A database of a server is there before the first command.
if (!isOnPostgres())
  test("commands that only read make no store", async () => {
    const [accounts, aside] = [join(world.folder, "data/accounts"), join(world.folder, "accounts")];
    renameSync(accounts, aside);
    const commands = ["settings", "keys list", "users list", "workspaces list", "audit list", "audit verify"];
    for (const command of [...commands, "scenarios list", "rejected list", "retention --dry-run"]) {
      expect([command, (await world.run(...command.split(" "))).exitCode]).toEqual([command, 0]);
    }
    expect(await world.run("audit", "verify", "--expect", "0".repeat(64))).toMatchObject({ exitCode: 1 });
    expect(await world.run("audit", "export", "audit.csv")).toMatchObject({ exitCode: 1 });
    expect(existsSync(accounts)).toBe(false);
    renameSync(aside, accounts);
  });

describe("the chain", () => {
  beforeEach(newStore);
  test("entries can be added and nothing else", async () => {
    await tell(1);
    const { db } = await world.house.store();
    for (const statement of [
      "UPDATE audit_entries SET action = ''",
      "DELETE FROM audit_entries",
      "TRUNCATE audit_entries",
    ]) {
      const refused = await db.execute(statement).then(
        () => "done",
        (error: Error) => String(error.cause ?? error),
      );
      expect(refused).toContain("the audit can be added to and nothing else");
    }
    expect(await verifyAudit(store)).toMatchObject({ entries: 1, isWhole: true });
  });

  test("entries that are written at once follow one another", async () => {
    await Promise.all(Array.from({ length: 30 }, () => tell(1)));
    expect(await verifyAudit(store)).toMatchObject({ entries: 30, isWhole: true, broken: null });
  });

  test("a change that fails leaves no entry, and an entry that fails leaves no change", async () => {
    const work = store.transaction(async (tx) => {
      await tx.audit({ actor: ACTOR, action: "keys.create", subject: { kind: "key", id: "k" } });
      throw new Error("thought better of it");
    });
    await expect(work).rejects.toThrow("thought better of it");
    expect(await verifyAudit(store)).toMatchObject({ entries: 0, isWhole: true, head: NO_HASH });
  });

  const wounds: [what: string, wound: string[], seq: number, reason: RegExp][] = [
    [
      "a text that was changed",
      [`UPDATE audit_entries SET body = replace(body, '"i":2', '"i":9') WHERE $W AND seq = 2`],
      2,
      /was changed/,
    ],
    [
      "a name that was changed where it is searched",
      ["UPDATE audit_entries SET actor_name = 'Bob' WHERE $W AND seq = 2"],
      2,
      /can be searched/,
    ],
    [
      "a time that was changed where it is searched",
      ["UPDATE audit_entries SET at = at - interval '1 day' WHERE $W AND seq = 3"],
      3,
      /can be searched/,
    ],
    ["an entry that was taken out", ["DELETE FROM audit_entries WHERE $W AND seq = 2"], 2, /missing/],
    [
      "an entry that was taken out, and the others moved up",
      ["DELETE FROM audit_entries WHERE $W AND seq = 2", "UPDATE audit_entries SET seq = seq - 1 WHERE $W AND seq > 2"],
      2,
      /does not follow/,
    ],
    [
      "two entries that were swapped",
      [
        "UPDATE audit_entries SET seq = 99 WHERE $W AND seq = 2",
        "UPDATE audit_entries SET seq = 2 WHERE $W AND seq = 3",
        "UPDATE audit_entries SET seq = 3 WHERE $W AND seq = 99",
      ],
      2,
      /does not follow/,
    ],
    [
      "two texts that were swapped",
      [
        "UPDATE audit_entries AS a SET body = b.body FROM audit_entries AS b WHERE a.$W AND b.$W AND a.seq IN (2, 3) AND b.seq = 5 - a.seq",
      ],
      2,
      /was changed/,
    ],
    ["an end that was cut off", ["DELETE FROM audit_entries WHERE $W AND seq > 3"], 4, /missing/],
    ["an end that is named wrongly", ["UPDATE audit_heads SET hash = repeat('a', 64) WHERE $W"], 5, /another entry/],
    [
      "an end that is named too early",
      ["UPDATE audit_heads SET seq = 4, hash = (SELECT hash FROM audit_entries WHERE $W AND seq = 4) WHERE $W"],
      5,
      /behind/,
    ],
    ["an end that is named nowhere", ["DELETE FROM audit_heads WHERE $W"], 1, /behind/],
  ];
  test.each(wounds)("%s is found", async (_what, wound, seq, reason) => {
    await tell(5);
    expect(await verifyAudit(store)).toMatchObject({ entries: 5, isWhole: true });
    await tamper(...wound);
    const check = await verifyAudit(store);
    expect(check).toMatchObject({ isWhole: false, broken: { seq, reason: expect.stringMatching(reason) } });
    const { exitCode, stdout } = await world.run("audit", "verify", "--workspace", store.workspaceId);
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringMatching(new RegExp(`broken at entry ${seq}: .*${reason.source}`)),
    ]);
  });

  test("a chain that was written without the secret does not pass", async () => {
    await tell(2);
    const { db } = await world.house.store();
    const stranger = new WorkspaceStore(db, store.workspaceId, {
      audit: Buffer.alloc(32, 7),
      seal: Buffer.alloc(32, 7),
    });
    await stranger.audit({ actor: ACTOR, action: "keys.create", subject: { kind: "key", id: "k" } });
    expect(await verifyAudit(store)).toMatchObject({
      entries: 2,
      isWhole: false,
      broken: { seq: 3, reason: expect.stringContaining("secret") },
    });
    expect(await verifyAudit(stranger)).toMatchObject({ entries: 0, isWhole: false, broken: { seq: 1 } });
  });

  test("entries of another workspace do not pass as this one's", async () => {
    const other = (await world.house.store()).in(`${store.workspaceId}-other`);
    await other.audit({ actor: ACTOR, action: "keys.create", subject: { kind: "key", id: "k" } });
    await tamper(
      `UPDATE audit_entries SET workspace_id = '${store.workspaceId}' WHERE workspace_id = '${other.workspaceId}'`,
      `UPDATE audit_heads SET workspace_id = '${store.workspaceId}' WHERE workspace_id = '${other.workspaceId}'`,
    );
    expect(await verifyAudit(store)).toMatchObject({ isWhole: false, broken: { seq: 1 } });
  });

  test("whoever kept a hash notices a chain that was cut with its end, and one that went on is no cause for alarm", async () => {
    await tell(4);
    const verify = (...argv: string[]) => world.run("audit", "verify", "--workspace", store.workspaceId, ...argv);
    const { head } = JSON.parse((await verify("--json")).stdout) as AuditCheck;
    await tell(2);
    expect(await verify("--expect", head)).toMatchObject({ exitCode: 0 });
    await tamper(
      "DELETE FROM audit_entries WHERE $W AND seq > 3",
      "UPDATE audit_heads SET seq = 3, hash = (SELECT hash FROM audit_entries WHERE $W AND seq = 3) WHERE $W",
    );
    expect(await verify()).toMatchObject({ exitCode: 0 });
    expect(await verify("--expect", head)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining("cut off or rewritten"),
    });
    expect(await verify("--expect", "abc")).toMatchObject({ exitCode: 2 });
  });

  test("a chain of thousands is walked in parts, and a fault in a later part is found", async () => {
    const rows: (typeof auditEntries.$inferInsert)[] = [];
    const at = new Date();
    let previousHash: string = NO_HASH;
    for (let seq = 1; seq <= 2_500; seq++) {
      const body = JSON.stringify({ action: "a", actor: { id: "u", kind: "system", name: "n" }, at, seq });
      const hash = store.auditHash(seq, previousHash, body);
      rows.push({
        workspaceId: store.workspaceId,
        seq,
        body,
        action: "a",
        actorId: "u",
        actorName: "n",
        at,
        previousHash,
        hash,
      });
      previousHash = hash;
    }
    const { db } = await world.house.store();
    await db.insert(auditEntries).values(rows);
    await db.insert(auditHeads).values({ workspaceId: store.workspaceId, seq: 2_500, hash: previousHash });
    expect(await verifyAudit(store)).toMatchObject({ entries: 2_500, isWhole: true, head: previousHash });
    await tamper("UPDATE audit_entries SET body = body || ' ' WHERE $W AND seq = 2100");
    expect(await verifyAudit(store)).toMatchObject({ isWhole: false, broken: { seq: 2_100 } });
  });
});

describe("reading", () => {
  beforeEach(newStore);
  test("pages, actions and actors, the newest first", async () => {
    const bob = { ...ACTOR, id: "u2", name: "Bob_100% <bob@shop.example>" };
    await tell(2);
    await store.audit({
      actor: bob,
      action: "keys.create",
      subject: { kind: "key", id: "k" },
      before: null,
      after: { name: "n" },
    });
    const ask = async (input: Partial<Parameters<typeof readAudit>[1]>) => {
      const { entries, total } = await readAudit(store, { before: null, action: "", actor: "", ...input });
      return [entries.map(({ seq }) => seq), total];
    };
    expect(await ask({})).toEqual([[3, 2, 1], 3]);
    expect(await ask({ before: 3 })).toEqual([[2, 1], 3]);
    expect(await ask({ action: "keys." })).toEqual([[3], 1]);
    expect(await ask({ action: "%" })).toEqual([[], 0]);
    expect(await ask({ actor: "bOB_100%" })).toEqual([[3], 1]);
    expect(await ask({ actor: "u1" })).toEqual([[2, 1], 2]);
    const [newest] = (await readAudit(store, { before: null, action: "", actor: "" })).entries;
    expect(newest).toMatchObject({
      actor: { kind: "person", id: "u2", name: bob.name },
      ip: "192.0.2.1",
      before: null,
      after: { name: "n" },
    });
  });

  test("an export holds every entry, and a spreadsheet works nothing out of it", async () => {
    const evil = { ...ACTOR, name: '=HYPERLINK("http://evil.example")' };
    await tell(2);
    await store.audit({ actor: evil, action: "keys.create", subject: { kind: "key", id: "k" } });
    const on = ["--workspace", store.workspaceId];
    await world.json("audit", "export", world.file("audit.csv", ""), ...on);
    const csv = readFileSync(join(world.folder, "files/audit.csv"), "utf8").trimEnd().split("\r\n");
    expect(csv).toHaveLength(5);
    expect(csv[3]).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    await world.json("audit", "export", "audit.ndjson", ...on);
    const lines = readFileSync(join(world.folder, "files/audit.ndjson"), "utf8").trimEnd().split("\n");
    const entries = lines.map((line) => JSON.parse(line) as { seq: number; action: string });
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    // That it was exported stands in it.
    expect(entries.map(({ action }) => action).slice(3)).toEqual(["audit.export", "audit.export"]);
    expect(await world.run("audit", "export", "audit.xlsx", ...on)).toMatchObject({ exitCode: 2 });
  });

  test("the download is for members who may read the audit, and tells others why not", async () => {
    await tell(1);
    const asked: unknown[] = [];
    const app = express();
    app.use(
      auditExportRouter(async (request, workspace, right) => {
        asked.push([workspace, right]);
        if (request.headers.cookie !== "member") requireSignedIn(null);
        return { store, actor: ACTOR };
      }),
    );
    const { server, url } = await listen(app, 0, "127.0.0.1");
    try {
      const get = (path: string, cookie: string) => fetch(`${url}/export/shop/${path}`, { headers: { cookie } });
      const refused = await get("audit.csv", "stranger");
      expect([refused.status, await refused.text()]).toEqual([401, "sign in first\n"]);
      const answer = await get("audit.ndjson", "member");
      expect(answer.headers.get("content-disposition")).toBe(
        `attachment; filename="audit-${store.workspaceId}.ndjson"`,
      );
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect((await answer.text()).trimEnd().split("\n")).toHaveLength(2);
      expect((await get("audit.xlsx", "member")).status).toBe(404);
      expect(asked).toEqual([
        ["shop", "audit:read"],
        ["shop", "audit:read"],
      ]);
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });
});

describe("commands", () => {
  test("what changes settings, rules or rows stands in the audit, and what changes nothing does not", async () => {
    const on = ["--workspace", "changed"];
    await world.json("settings", ...on, "--time-zone", "Europe/Paris", "--set", "retention.dataMonths=13");
    await world.json("settings", ...on, "--time-zone", "Europe/Paris");
    await world.json("settings", ...on);
    const rules = JSON.stringify([{ channel: "Mail", all: [{ part: "medium", is: ["email"] }] }]);
    await world.json("channels", "set", world.file("rules.json", rules), ...on);
    const bad = world.file(
      "bad.csv",
      "event_id,occurred_at,visitor_id,channel,campaign,interaction\ne1,yesterday,v1,Mail,c,click\n",
    );
    await world.run("import", "touchpoints", bad, ...on);
    await world.run("rejected", "discard", ...on);
    const { entries } = (await world.json("audit", "list", ...on)) as AuditPage;
    expect(entries.map(({ action }) => action)).toEqual([
      "rejected.discard",
      "settings.change-channel-rules",
      "settings.change",
    ]);
    expect(entries[2]).toMatchObject({
      actor: { kind: "command" },
      before: { "time-zone": "UTC" },
      after: { "time-zone": "Europe/Paris", retention: { dataMonths: 13 } },
    });
    expect(entries[0]!.after).toMatchObject({ discarded: 1 });
    expect(await world.run("audit", "verify", ...on)).toMatchObject({ exitCode: 0 });
  });
});
