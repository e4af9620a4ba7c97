import { createHash } from "node:crypto";
import { KeyRing } from "@touchline/server/accounts";
import type { ServiceKey } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serviceKeys } from "../../server/src/store/index.ts";
import { touch } from "../support/events.ts";
import { type Gate, openGate } from "../support/gate.ts";
import { send } from "../support/send.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;
let gate: Gate;
/** Keys as a version before the store of accounts wrote them: one in use, one revoked. */
const FORMER = { used: `tlk_${"a".repeat(32)}`, revoked: `tlk_${"b".repeat(32)}` };

beforeAll(async () => {
  world = await openWorld();
  const { engine } = world.house.warehouse.in("before");
  for (const [name, key] of Object.entries(FORMER)) {
    const params = { name, hash: createHash("sha256").update(key).digest("hex"), hint: key.slice(0, 10) };
    await engine.run(
      "test-former-key",
      `INSERT INTO api_keys
       SELECT 'before', {hash:String}, {name:String}, {hint:String}, toDateTime64('2026-01-31 23:30:00', 3, 'UTC'),
         {name:String} = 'revoked', toDateTime64('2026-02-01 12:00:00', 3, 'UTC')`,
      params,
    );
  }
  gate = await openGate(world.house, { limits: { lingerMs: 10 }, realKeys: true });
});
afterAll(async () => {
  await gate.close();
  await world.close();
});

async function createKey(workspace: string, name: string, ...options: string[]): Promise<string> {
  const made = await world.json("keys", "create", name, "--workspace", workspace, ...options);
  return (made as { key: string }).key;
}

async function keysOf(workspace: string): Promise<ServiceKey[]> {
  return ((await world.json("keys", "list", "--workspace", workspace)) as { keys: ServiceKey[] }).keys;
}

describe("service keys", () => {
  test("a key sends events into its workspace until it is revoked, and not once more", async () => {
    const key = await createKey("shop", "backend");
    expect(await send({ url: gate.url, key }, "touchpoints", [touch("a", 1)])).toMatchObject({ status: 202 });
    await world.json("keys", "revoke", "backend", "--workspace", "shop");
    const refused = await send({ url: gate.url, key }, "touchpoints", [touch("b", 2)]);
    expect(refused).toMatchObject({ status: 401, error: expect.stringContaining("revoked") });
  });

  test("a key without the scope is told which it has", async () => {
    const key = await createKey("shop", "reader", "--scopes", "reports:read,rebalance");
    const refused = await send({ url: gate.url, key }, "touchpoints", [touch("c", 3)]);
    expect(refused).toMatchObject({
      status: 403,
      error:
        "this API key may not send events, only reports:read, rebalance: make one with touchline keys create NAME --scopes ingest",
    });
  });

  test("what is not a key, or is nobody's, opens nothing", async () => {
    for (const key of ["", "tlk_short", `tlk_${"x".repeat(32)}`, `tlk_${"x".repeat(500)}`]) {
      expect(await send({ url: gate.url, key }, "touchpoints", [touch("d", 4)])).toMatchObject({ status: 401 });
    }
  });

  test("the list says how a key begins and when it was used, and the store holds no key", async () => {
    const key = await createKey("other", "nightly job");
    expect(await send({ url: gate.url, key }, "touchpoints", [touch("e", 5)])).toMatchObject({ status: 202 });
    const used = async () => (await keysOf("other"))[0]?.lastUsedAt ?? null;
    await expect.poll(used).not.toBeNull();
    const [row] = await keysOf("other");
    expect(row).toMatchObject({ name: "nightly job", hint: key.slice(0, 10), scopes: ["ingest"], revokedAt: null });
    const { db } = await world.house.store();
    expect(JSON.stringify(await db.select().from(serviceKeys))).not.toContain(key);
  });

  test("a key is revoked in its own workspace only", async () => {
    await createKey("mine", "shared name");
    const theirs = await createKey("theirs", "shared name");
    await world.json("keys", "revoke", "shared name", "--workspace", "mine");
    expect(await send({ url: gate.url, key: theirs }, "touchpoints", [touch("f", 6)])).toMatchObject({ status: 202 });
    const again = await world.run("keys", "revoke", "shared name", "--workspace", "mine");
    expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("touchline keys list") });
  });

  test("keys of versions before go on working, and those that were revoked stay so", async () => {
    const attempt = (key: string) => send({ url: gate.url, key }, "touchpoints", [touch("g", 7)]);
    expect(await attempt(FORMER.used)).toMatchObject({ status: 202 });
    expect(await attempt(FORMER.revoked)).toMatchObject({ status: 401 });
    const made = { scopes: ["ingest"], createdAt: "2026-01-31T23:30:00.000Z" };
    const keys = (await keysOf("before")).sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(keys).toMatchObject([
      { ...made, name: "revoked", revokedAt: "2026-02-01T12:00:00.000Z" },
      { ...made, name: "used", revokedAt: null },
    ]);
  });

  test("another process stops believing a revoked key after a second", async () => {
    const key = await createKey("shop", "elsewhere");
    let now = 0;
    const elsewhere = new KeyRing(
      () => world.house.store(),
      () => now,
    );
    expect(await elsewhere.holderOf(key)).toMatchObject({ workspaceId: "shop", scopes: ["ingest"] });
    // Written past this process, as another one does it.
    const { db } = await world.house.store();
    await db.execute("UPDATE service_keys SET revoked_at = now() WHERE name = 'elsewhere'");
    now = 999;
    expect(await elsewhere.holderOf(key)).not.toBeNull();
    now = 1_000;
    expect(await elsewhere.holderOf(key)).toBeNull();
  });

  test("when a key is used again and again, that is written once a minute", async () => {
    const key = await createKey("busy", "often");
    let now = Date.now();
    const ring = new KeyRing(
      () => world.house.store(),
      () => now,
    );
    const seen = async () => (await keysOf("busy"))[0]?.lastUsedAt ?? null;
    await ring.holderOf(key);
    const first = new Date(now).toISOString();
    await expect.poll(seen).toBe(first);
    now += 59_000;
    await ring.holderOf(key);
    await new Promise((done) => setImmediate(done));
    expect(await seen()).toBe(first);
    now += 1_001;
    await ring.holderOf(key);
    await expect.poll(seen).toBe(new Date(now).toISOString());
  });

  test("a store that does not answer asks for patience, and is asked again", async () => {
    const key = await createKey("shop", "patient");
    let isDown = true;
    const ring = new KeyRing(() => (isDown ? Promise.reject(new Error("down")) : world.house.store()));
    await expect(ring.holderOf(key)).rejects.toThrow("down");
    isDown = false;
    expect(await ring.holderOf(key)).toMatchObject({ workspaceId: "shop" });
  });

  test("wrong words are refused before anything is made", async () => {
    const wrong = await world.run("keys", "create", "k", "--scopes", "ingest,everything");
    expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("ingest, reports:read, rebalance") });
    expect(await world.run("keys", "create", "a/b")).toMatchObject({ exitCode: 2 });
  });
});
