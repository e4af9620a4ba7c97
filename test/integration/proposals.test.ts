import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Proposal, ProposeInput, Role } from "@touchline/server/contract";
import { writeSimulatedShop } from "@touchline/server/demo";
import { isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyAudit } from "../../server/src/audit/index.ts";
import { proposalsRouter } from "../../server/src/proposals/index.ts";
import { auditEntries, openStore, policies, proposals, type WorkspaceStore } from "../../server/src/store/index.ts";
import { requestOf } from "../support/members.ts";
import { makeDataFolder } from "../support/same-secret.ts";
import { openWorld, type World } from "../support/world.ts";

const DYING = fileURLToPath(new URL("../support/dying-approval.ts", import.meta.url));
const SECRET = Buffer.alloc(32);
const ROLES = { vic: "viewer", ann: "media-buyer", ben: "media-buyer", fay: "finance", ada: "admin" } as const;

type Desk = ReturnType<typeof proposalsRouter.createCaller>;
type Name = keyof typeof ROLES;

let world: World;
let folder: string;
let store: WorkspaceStore;
let desks: Record<Name, Desk>;
/** A week in which every channel may go where its curve says. */
let free: ProposeInput;
let first: Proposal;

const deskOf = async (name: string, role: Role, workspace = "default") =>
  proposalsRouter.createCaller(await requestOf(world.house, workspace, name, role));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-proposals-"));
  world = await openWorld();
  const shop = await writeSimulatedShop(folder, { people: 3_000, days: 200, seed: 9 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const) await world.json("import", kind, shop[kind]);
  store = (await world.house.store()).in("default");
  const made = await Promise.all(Object.entries(ROLES).map(async ([name, role]) => [name, await deskOf(name, role)]));
  desks = Object.fromEntries(made) as Record<Name, Desk>;
  const { allocation } = (await world.json("optimise", "--budget", "1000", "--period", "week")) as {
    allocation: { channel: string }[];
  };
  const bounds = allocation.map(({ channel }) => ({ channel, lower: 0, upper: null, locked: false }));
  free = { period: "week", budget: null, exact: false, maxChange: null, bounds };
  first = await desks.ann.propose({ name: " Week 48 ", note: "more search", input: free });
}, 180_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => secondPersonAbove(null));

async function secondPersonAbove(amount: number | null): Promise<void> {
  await store.remove(policies, isNotNull(policies.policies));
  await store.insert(policies, { policies: { secondPersonAbove: amount, requireSecondFactor: false } });
}

/** A proposal of this plan, without planning again. */
async function put(by: Name, movedPerWeek: number, above: number | null = null, into = store): Promise<string> {
  const { id } = await into.insert(proposals, {
    ...{ id: randomUUID(), name: "put", note: "", state: "proposed", input: free, plan: first.plan },
    ...{ movedPerWeek, secondPersonAbove: above },
    ...{ proposedBy: `${by} of ${into.workspaceId}`, proposerName: by, proposedAt: new Date() },
  });
  return id;
}

const decisionsOf = async (id: string, from = store) =>
  (await from.select(auditEntries))
    .map(({ body }) => JSON.parse(body) as { action: string; subject: { id: string }; actor: { name: string } })
    .filter(({ subject, action }) => subject.id === id && action !== "proposals.propose");

describe("a proposal", () => {
  test("is the plan of these limits, frozen: later data changes nothing of it", async () => {
    expect(first).toMatchObject({
      name: "Week 48",
      note: "more search",
      state: "proposed",
      decision: null,
      input: free,
    });
    expect(first.proposedBy).toEqual({ id: "ann of default", name: "ann" });
    const changes = first.plan.allocation.map(({ current, recommended }) => Number(recommended) - Number(current));
    const half = changes.reduce((sum, change) => sum + Math.abs(change), 0) / 2;
    expect(half).toBeGreaterThan(1);
    expect(Number(first.movedPerWeek)).toBeCloseTo(half, 1);
    const late = "date,channel,campaign,cost,currency\n2025-10-30,Search,late,9999,EUR\n";
    await world.json("import", "spend", world.file("late.csv", late));
    expect((await desks.ann.show({ id: first.id })).plan).toEqual(first.plan);
    const [summary] = await desks.vic.list();
    const { plan: _, input: __, ...rest } = await desks.vic.show({ id: first.id });
    expect(summary).toEqual(rest);
  });

  test("leaves an audit entry with who, from where and what", async () => {
    const entries = (await store.select(auditEntries)).map(({ body }) => JSON.parse(body));
    const entry = entries.find(({ subject }) => subject.id === first.id);
    expect(entry).toMatchObject({ action: "proposals.propose", ip: "192.0.2.7", userAgent: "a browser" });
    expect(entry.after).toMatchObject({ name: "Week 48", state: "proposed", budget: first.plan.budget });
  });

  test("is not made of limits that allow no plan, and nobody without the right makes one", async () => {
    const before = (await desks.ann.list()).length;
    const impossible = { ...free, budget: 10, bounds: free.bounds.map((each) => ({ ...each, lower: 1_000 })) };
    await expect(desks.ann.propose({ name: "x", note: "", input: impossible })).rejects.toThrow(/no plan within these/);
    for (const name of ["vic", "fay"] as const)
      await expect(desks[name].propose({ name: "x", note: "", input: free })).rejects.toThrow(
        /your role does not allow/,
      );
    expect(await desks.ann.list()).toHaveLength(before);
  });

  test("of another workspace is not there", async () => {
    const elsewhere = await deskOf("eve", "owner", "elsewhere");
    expect(await elsewhere.list()).toEqual([]);
    for (const attempt of [
      () => elsewhere.show({ id: first.id }),
      () => elsewhere.approve({ id: first.id, remark: "" }),
      () => elsewhere.reject({ id: first.id, remark: "no" }),
      () => elsewhere.withdraw({ id: first.id }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await desks.ann.show({ id: first.id })).state).toBe("proposed");
  });
});

describe("a decision", () => {
  test("on a plan below the policy takes one person, the proposer too, and is final", async () => {
    await secondPersonAbove(500);
    const id = await put("ann", 500);
    const approved = await desks.ann.approve({ id, remark: "as discussed" });
    expect(approved).toMatchObject({ state: "approved", needsSecondPerson: false, whyNotApprove: "decided" });
    expect(approved.decision).toMatchObject({ by: { name: "ann" }, remark: "as discussed" });
    for (const attempt of [
      () => desks.fay.approve({ id, remark: "" }),
      () => desks.fay.reject({ id, remark: "no" }),
      () => desks.ann.withdraw({ id }),
    ])
      await expect(attempt()).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining("ann has approved"),
      });
    expect(await decisionsOf(id)).toHaveLength(1);
  });

  test("on a larger one takes somebody with the right who is not the proposer", async () => {
    await secondPersonAbove(500);
    const id = await put("ada", 500.01);
    await expect(desks.ada.approve({ id, remark: "" })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining("somebody other than its proposer"),
    });
    await expect(desks.ben.approve({ id, remark: "" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(desks.vic.approve({ id, remark: "" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const why = await Promise.all(
      (["vic", "ben", "ada", "fay"] as const).map(async (name) => (await desks[name].show({ id })).whyNotApprove),
    );
    expect(why).toEqual(["role", "role", "own", null]);
    expect(await decisionsOf(id)).toEqual([]);
    expect((await desks.fay.approve({ id, remark: "" })).state).toBe("approved");
  });

  test("follows the stricter of the policies of then and of now", async () => {
    const [loosened, tightened] = [await put("ada", 800, 500), await put("ada", 800, null)];
    await secondPersonAbove(10_000);
    await expect(desks.ada.approve({ id: loosened, remark: "" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await secondPersonAbove(700);
    await expect(desks.ada.approve({ id: tightened, remark: "" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await secondPersonAbove(null);
    expect((await desks.ada.approve({ id: tightened, remark: "" })).state).toBe("approved");
  });

  test("against a plan needs a reason; the proposer alone takes a plan back", async () => {
    const id = await put("ann", 10);
    await expect(desks.fay.reject({ id, remark: " " })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(desks.ben.withdraw({ id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await desks.ann.withdraw({ id })).toMatchObject({ state: "withdrawn", decision: { by: { name: "ann" } } });
    const other = await put("ann", 10);
    expect(await desks.fay.reject({ id: other, remark: "too early" })).toMatchObject({
      state: "rejected",
      decision: { by: { name: "fay" }, remark: "too early" },
    });
  });

  test("is one, however many decide at once", async () => {
    const id = await put("ann", 10);
    const attempts = await Promise.allSettled([
      desks.fay.approve({ id, remark: "" }),
      desks.ada.reject({ id, remark: "no" }),
      desks.ben.approve({ id, remark: "" }),
      desks.ann.withdraw({ id }),
    ]);
    const won = attempts.filter((each) => each.status === "fulfilled");
    expect(won).toHaveLength(1);
    expect(await decisionsOf(id)).toHaveLength(1);
    expect((await desks.ann.show({ id })).state).toBe(won[0]!.value.state);
  });

  test.each([
    ["before audit", "proposed"],
    ["after audit", "proposed"],
    ["answer", "approved"],
  ])("killed at %s leaves it %s, with an audit that says the same", async (moment, state) => {
    const data = mkdtempSync(join(folder, "killed-"));
    makeDataFolder(data);
    const accounts = join(data, "accounts");
    const before = await openStore({ folder: accounts }, SECRET);
    const id = await put("ann", 10, null, before.in("default"));
    await before.close();
    const child = spawn(process.execPath, ["--import", "tsx", DYING, accounts, id, moment], { stdio: "inherit" });
    const [, signal] = await once(child, "exit");
    expect(signal).toBe("SIGKILL");
    const again = await openStore({ folder: accounts }, SECRET);
    try {
      const left = again.in("default");
      const [row] = await left.select(proposals);
      const isDecided = state === "approved";
      expect(row).toMatchObject({ state, deciderName: isDecided ? "fay" : null });
      expect(await decisionsOf(id, left)).toHaveLength(isDecided ? 1 : 0);
      expect(await verifyAudit(left)).toMatchObject({ isWhole: true, entries: isDecided ? 1 : 0 });
    } finally {
      await again.close();
    }
  });
});
