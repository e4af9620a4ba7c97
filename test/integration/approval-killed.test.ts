import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Proposal, Role } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyAudit } from "../../server/src/audit/index.ts";
import { auditEntries, openStore, proposals, type Store, users } from "../../server/src/store/index.ts";
import { fillWorkspace, WEEKLY } from "../support/full-workspace.ts";
import { cheapCredential, openPeopleWorld } from "../support/people-world.ts";
import { isOnPostgres, newDatabase, type WorldDatabase } from "../support/postgres.ts";
import { type RunningServer, startServer } from "../support/process.ts";
import { makeDataFolder, SECRET } from "../support/same-secret.ts";
import { type Caller, type Reply, signedIn } from "../support/sign-in.ts";

const DYING = fileURLToPath(new URL("../support/dying-server.ts", import.meta.url));

/** A plan as the server makes them; what is in it is not what these tests are about. */
let plan: Proposal["plan"];
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-approval-"));
  const people = await openPeopleWorld();
  const full = await fillWorkspace(people, await people.person("Olga", { north: "owner" }), "north");
  plan = (await full.owner.caller.ask<Proposal>("proposals.show", { id: await full.proposal() })).plan;
  await people.close();
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const APPROVERS = { fay: "finance", ada: "admin" } as const satisfies Record<string, Role>;
const emailOf = (name: string) => `${name}@shop.example`;

/** A data folder with a proposal that waits, and two who may approve it. */
interface Ground {
  readonly data: string;
  readonly id: string;
  readonly database: WorldDatabase | null;
  readonly open: () => Promise<Store>;
}

async function newGround(): Promise<Ground> {
  const data = mkdtempSync(join(folder, "data-"));
  makeDataFolder(data);
  const database = await newDatabase();
  const open = () => openStore(database === null ? { folder: join(data, "accounts") } : { url: database.url }, SECRET);
  const store = await open();
  await store.db.execute("INSERT INTO workspaces (id) VALUES ('default')");
  for (const [name, role] of Object.entries(APPROVERS)) {
    const now = new Date();
    const person = { id: name, name, email: emailOf(name), emailVerified: true, createdAt: now, updatedAt: now };
    await store.db.insert(users).values(person);
    await store.db.execute(cheapCredential(name));
    await store.db.execute(
      `INSERT INTO memberships (workspace_id, user_id, role) VALUES ('default', '${name}', '${role}')`,
    );
  }
  const { id } = await store.in("default").insert(proposals, {
    ...{ id: randomUUID(), name: "Monday", note: "", state: "proposed", input: WEEKLY as never, plan },
    ...{ movedPerWeek: 10, secondPersonAbove: null, proposedBy: "ben", proposerName: "ben", proposedAt: new Date() },
  });
  await store.close();
  return { data, id, database, open };
}

async function serving({ data, database }: Ground, moment: string): Promise<RunningServer> {
  const env: Record<string, string> = database === null ? {} : { DATABASE_URL: database.url };
  return startServer([data, moment], { env, program: ["--import", "tsx", DYING] });
}

/** Two who may approve, signed in. */
async function approvers({ url }: RunningServer): Promise<Caller[]> {
  return Promise.all(
    Object.keys(APPROVERS).map((name) => signedIn(url, { email: emailOf(name), workspace: "default" })),
  );
}

const approve = (caller: Caller, id: string): Promise<Reply | null> =>
  caller.call("proposals.approve", { id, remark: "go" }).catch(() => null); // Nobody answers any more.

/** What stands in the store: one state of the proposal, and as many decisions in an audit that is whole. */
async function found({ open, id }: Ground): Promise<{ state: string; decisions: number }> {
  const store = await open();
  try {
    const own = store.in("default");
    const [row] = await own.select(proposals);
    const decisions = (await own.select(auditEntries)).filter(
      ({ action, body }) => action === "proposals.approve" && body.includes(id),
    );
    expect(await verifyAudit(own)).toMatchObject({ isWhole: true, broken: null });
    expect(row!.decidedBy === null).toBe(row!.state === "proposed");
    return { state: row!.state, decisions: decisions.length };
  } finally {
    await store.close();
  }
}

const WAITING = { state: "proposed", decisions: 0 };
const DECIDED = { state: "approved", decisions: 1 };

describe("a server that is killed while it approves", () => {
  test.each([
    ["begin", WAITING],
    ["change", WAITING],
    ["entry", WAITING],
    ["answer", DECIDED],
  ] as const)(
    "at %s leaves one decision or none, with an audit that says the same, and goes on afterwards",
    async (moment, left) => {
      const ground = await newGround();
      const server = await serving(ground, moment);
      const [fay, ada] = await approvers(server);
      const ended = new Promise((done) => server.child.once("exit", (_code, signal) => done(signal)));
      writeFileSync(join(ground.data, "armed"), "");
      const replies = await Promise.all([approve(fay!, ground.id), approve(ada!, ground.id)]);
      expect(await ended).toBe("SIGKILL");
      expect(replies.filter((reply) => reply?.code === null)).toEqual([]);
      expect(await found(ground)).toEqual(left);
      const again = await serving(ground, "never");
      const [caller] = await approvers(again);
      expect((await approve(caller!, ground.id))?.code).toBe(left === DECIDED ? "CONFLICT" : null);
      await again.stop();
      expect(await found(ground)).toEqual(DECIDED);
      await ground.database?.drop();
    },
  );

  test("from outside, whenever it is, leaves one decision or none", async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 4; round++) {
      const ground = await newGround();
      const server = await serving(ground, "never");
      const callers = await approvers(server);
      const replies = Promise.all(callers.map((caller) => approve(caller, ground.id)));
      // So many turns of the loop after the requests have left: another moment each time.
      for (let turn = 0; turn < round * 12; turn++) await new Promise((done) => setImmediate(done));
      await server.stop("SIGKILL");
      const told = (await replies).filter((reply) => reply?.code === null).length;
      const left = await found(ground);
      expect([WAITING, DECIDED]).toContainEqual(left);
      if (told > 0) expect(left).toEqual(DECIDED);
      seen.add(left.state);
      await ground.database?.drop();
    }
    expect(seen.size).toBeGreaterThan(0);
  });
});

test("of two who approve at the same moment one does", async () => {
  const ground = await newGround();
  const server = await serving(ground, "never");
  const callers = await approvers(server);
  const replies = await Promise.all([...callers, ...callers].map((caller) => approve(caller, ground.id)));
  expect(replies.map((reply) => reply?.code).sort()).toEqual(["CONFLICT", "CONFLICT", "CONFLICT", null]);
  await server.stop();
  expect(await found(ground)).toEqual(DECIDED);
  await ground.database?.drop();
});

// A folder has no connection that could be cut.
if (isOnPostgres())
  test("a connection that is cut before the end leaves nothing, and the next attempt succeeds", async () => {
    const ground = await newGround();
    const server = await serving(ground, "cut");
    const [fay, ada] = await approvers(server);
    writeFileSync(join(ground.data, "armed"), "");
    expect((await approve(fay!, ground.id))?.status).toBe(500);
    expect(await found(ground)).toEqual(WAITING);
    expect((await approve(ada!, ground.id))?.code).toBeNull();
    await server.stop();
    expect(await found(ground)).toEqual(DECIDED);
    await ground.database?.drop();
  });
