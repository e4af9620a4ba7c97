import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKey, KeyRing, revokeKey } from "../../server/src/accounts/keys/index.ts";
import { changeRole, listMembers, removeMember } from "../../server/src/accounts/team/index.ts";
import { verifyAudit } from "../../server/src/audit/index.ts";
import { openStore, type Store } from "../../server/src/store/index.ts";
import { hire, type Staff } from "../support/staff.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

/**
 * What the embedded store cannot show, because its transactions wait for one another: several servers, at the same moment, on one
 * PostgreSQL database.
 */

const SECRET = Buffer.alloc(32, 1);

let server: PostgresServer;
let stores: Store[];
beforeAll(async () => {
  server = await startPostgres();
  // Both bring the schema up to date at once.
  stores = await Promise.all([1, 2].map(() => openStore({ url: server.url }, SECRET)));
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await server.close();
});

const ROUNDS = 30;
const hireIn = (workspace: string, name: string, through: Store): Promise<Staff> =>
  hire({ store: async () => through }, workspace, "owner", name);

describe("several servers on one database", () => {
  const acts = {
    "remove each other": ([a, b]: [Staff, Staff]) => [removeMember(a.desk, b.id), removeMember(b.desk, a.id)],
    leave: ([a, b]: [Staff, Staff]) => [removeMember(a.desk, a.id), removeMember(b.desk, b.id)],
    "step down": (both: [Staff, Staff]) => both.map(({ desk, id }) => changeRole(desk, { userId: id, role: "viewer" })),
  };
  test.each(Object.entries(acts))("of two owners who %s at once one stays", async (what, act) => {
    for (let round = 0; round < ROUNDS; round++) {
      const workspace = `${what.replaceAll(" ", "-")}-${round}`;
      const owners: [Staff, Staff] = [
        await hireIn(workspace, "a", stores[0]!),
        await hireIn(workspace, "b", stores[1]!),
      ];
      const outcomes = await Promise.allSettled(act(owners));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const left = await listMembers(stores[0]!.in(workspace));
      expect(left.filter(({ role }) => role === "owner")).toHaveLength(1);
      expect(await verifyAudit(stores[1]!.in(workspace))).toMatchObject({ entries: 1, isWhole: true });
    }
  });

  test("entries of the audit that are written at once follow one another", async () => {
    const actor = { kind: "system", id: "x", name: "x", ip: null, userAgent: null } as const;
    const write = (store: Store) => store.in("busy").audit({ actor, action: "a", subject: { kind: "k", id: "1" } });
    await Promise.all(Array.from({ length: 200 }, (_, i) => write(stores[i % 2]!)));
    expect(await verifyAudit(stores[0]!.in("busy"))).toMatchObject({ entries: 200, isWhole: true });
  });

  test("a key that one server revokes is refused by another one after a second", async () => {
    const actor = { kind: "command", id: "x", name: "x", ip: null, userAgent: null } as const;
    const desk = { store: stores[0]!.in("keys"), actor };
    const { key, row } = await createKey(desk, { name: "n", scopes: ["ingest"] });
    let now = 0;
    const ring = new KeyRing(
      async () => stores[1]!,
      () => now,
    );
    expect(await ring.holderOf(key)).toMatchObject({ keyId: row.id, workspaceId: "keys" });
    await stores[0]!.db.execute(`UPDATE service_keys SET revoked_at = now() WHERE id = '${row.id}'`);
    now = 1_000;
    expect(await ring.holderOf(key)).toBeNull();
    await expect(revokeKey(desk, row.id)).rejects.toThrow("no such key in use");
  });
});
