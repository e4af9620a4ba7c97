import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEFAULT_REBALANCING, type Proposal, type ProposeInput, type Role } from "@touchline/server/contract";
import { writeSimulatedShop } from "@touchline/server/demo";
import { isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyAudit } from "../../server/src/audit/index.ts";
import { approveByPolicy, proposalsRouter, putForwardPlan } from "../../server/src/proposals/index.ts";
import {
  type Actor,
  auditEntries,
  deliveries,
  openStore,
  policies,
  proposals,
  rebalancingRuns,
  type WorkspaceStore,
} from "../../server/src/store/index.ts";
import { movable, raised } from "../support/changed-amounts.ts";
import { requestOf } from "../support/members.ts";
import { makeDataFolder, SECRET } from "../support/same-secret.ts";
import { openWorld, type World } from "../support/world.ts";

const DYING = fileURLToPath(new URL("../support/dying-approval.ts", import.meta.url));
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
async function put(
  by: Name,
  movedPerWeek: number,
  above: number | null = null,
  into = store,
  input = free,
): Promise<string> {
  const { id } = await into.insert(proposals, {
    ...{ id: randomUUID(), name: "put", note: "", state: "proposed", input, plan: first.plan },
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
    const { plan: _, input: __, decidedPlan: ___, broken: ____, ...rest } = await desks.vic.show({ id: first.id });
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

  test("with other amounts takes a reason, keeps the total, and is remembered beside the recommendation", async () => {
    const id = await put("ben", 60);
    const [from, to] = movable(first);
    const change = (cents: number) => [
      { channel: from.channel, amount: (Number(from.recommended) - 1).toFixed(2) },
      { channel: to.channel, amount: (Number(to.recommended) + 1 + cents / 100).toFixed(2) },
    ];
    const approve = (remark: string, split: ReturnType<typeof change>) => desks.fay.approve({ id, remark, split });
    await expect(approve("", change(0))).rejects.toThrow(/say why/);
    await expect(approve("x", change(1))).rejects.toThrow(/0\.01 EUR more than the plan's/);
    await expect(approve("x", [{ channel: "Nowhere", amount: "1" }])).rejects.toThrow(/no channel of this plan/);
    expect(await decisionsOf(id)).toEqual([]);
    const approved = await approve("they know better", change(0));
    expect(approved).toMatchObject({ state: "approved", decidedSplit: change(0), plan: first.plan });
    const decided = approved.decidedPlan!;
    expect(decided.allocation.find(({ channel }) => channel === to.channel)!.recommended).toBe(change(0)[1]!.amount);
    expect(approved.expected).toEqual(decided.expected);
    expect(approved.expected.revenue).not.toBe(first.plan.expected.revenue);
    expect(approved.expected.revenueAtCurrent).toBeCloseTo(first.plan.expected.revenueAtCurrent, 1);
    const { low, high } = approved.expected.interval!;
    expect(low).toBeLessThan(high);
    const [entry] = await decisionsOf(id);
    expect(entry).toMatchObject({
      action: "proposals.approve",
      after: { remark: "they know better", decided: { [to.channel]: change(0)[1]!.amount } },
    });
    const again = await put("ben", 60);
    const same = [{ channel: to.channel, amount: to.recommended }];
    expect(await desks.fay.approve({ id: again, remark: "", split: same })).toMatchObject({ decidedSplit: null });
  });

  test("that breaks a limit on what the plan brings says which, and is made despite it with a reason that is kept", async () => {
    const [from, to] = movable(first);
    const split = [
      { channel: from.channel, amount: (Number(from.recommended) - 1).toFixed(2) },
      { channel: to.channel, amount: (Number(to.recommended) + 1).toFixed(2) },
    ];
    const bounds = free.bounds.map((each) => (each.channel === to.channel ? { ...each, minRoas: 1_000 } : each));
    const id = await put("ann", 10, null, store, { ...free, bounds });
    const weighed = await desks.vic.weigh({ id, split });
    expect(weighed!.broken).toMatchObject([
      { limit: { type: "channel_roas_floor", channel: to.channel, value: 1_000 } },
    ]);
    const asked = { id, remark: "a contract asks for it", split };
    await expect(desks.fay.approve(asked)).rejects.toThrow(
      /ROAS of at least 1,000, and these amounts come to .*: give/,
    );
    await expect(desks.fay.approve({ ...asked, remark: "", despiteLimits: true })).rejects.toThrow(/say why/);
    expect(await decisionsOf(id)).toEqual([]);
    const approved = await desks.fay.approve({ ...asked, despiteLimits: true });
    expect(approved).toMatchObject({ state: "approved", broken: weighed!.broken, expected: weighed!.expected });
    const [entry] = await decisionsOf(id);
    expect(entry).toMatchObject({
      after: { remark: "a contract asks for it", despite: [expect.stringContaining("ROAS of at least 1,000")] },
    });
  });

  test("on a weekly plan never moves more than the guard-rails of its run let it, whoever asks", async () => {
    const run = randomUUID();
    const guardRails = { ...DEFAULT_REBALANCING.guardRails, maxTotalMoved: 0 };
    await store.insert(rebalancingRuns, {
      ...{ id: run, period: run, isDry: false, trigger: "person", startedBy: "ann", starterName: "ann", attempts: 1 },
      ...{ startedAt: new Date(), state: "proposed", outcome: "", steps: [], checks: [] },
      settings: { ...DEFAULT_REBALANCING, guardRails },
    });
    const { id } = await putByRun(new Date(), run);
    const asked = { id, split: raised(first) };
    await expect(desks.ada.weigh(asked)).rejects.toThrow(/let a run move at most 0\.00 EUR \(0 % of the budget\)/);
    await expect(desks.ada.approve({ ...asked, remark: "more", despiteLimits: true })).rejects.toThrow(
      /let a run move at most/,
    );
    expect((await desks.ada.show({ id })).state).toBe("proposed");
    await desks.ada.reject({ id, remark: "too much" });
  });

  test("counts for the second person as it was changed", async () => {
    const moved = Number(first.movedPerWeek);
    await secondPersonAbove(moved + 0.5);
    const id = await put("ada", moved);
    const more = raised(first);
    const asked = { id, remark: "more", split: more };
    await expect(desks.ada.approve(asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(desks.ben.approve(asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const approved = await desks.fay.approve(asked);
    expect(Number(approved.movedPerWeek)).toBeGreaterThan(moved + 0.5);
    expect(approved.needsSecondPerson).toBe(true);
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
    const child = spawn(process.execPath, ["--import", "tsx", DYING, data, id, moment], { stdio: "inherit" });
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

const WEEKLY_JOB: Actor = { kind: "system", id: "rebalancing", name: "weekly job", ip: null, userAgent: null };
const NOTHING_TO_DO = { channels: [] };
const DAY_MS = 86_400_000;

/** What a weekly run puts forward. */
const putByRun = (now: Date, run: string = randomUUID()) =>
  store.transaction((tx) =>
    putForwardPlan(tx, {
      ...{ origin: "rebalancing", originId: run, name: "weekly", note: "", input: free, plan: first.plan, now },
      ...{ expireAfterDays: 6, actor: WEEKLY_JOB },
    }),
  );

describe("what a run puts forward", () => {
  test("takes the place of what earlier runs have waiting, and of nothing else", async () => {
    const now = new Date();
    const [own, earlier] = [await put("ann", 10), await putByRun(now)];
    const later = await putByRun(now);
    expect((await desks.ann.show({ id: own })).state).toBe("proposed");
    expect(await desks.ann.show({ id: earlier.id })).toMatchObject({
      ...{
        state: "superseded",
        origin: "rebalancing",
        whyNotApprove: "decided",
        decision: { by: { name: "weekly job" } },
      },
    });
    expect(await desks.ann.show({ id: later.id })).toMatchObject({ state: "proposed", whyNotApprove: null });
    await expect(desks.fay.approve({ id: earlier.id, remark: "" })).rejects.toMatchObject({
      ...{ code: "CONFLICT", message: expect.stringContaining("a later run") },
    });
    expect((await decisionsOf(earlier.id)).map(({ action }) => action)).toEqual(["proposals.supersede"]);
  });

  test("is one proposal, however often the run says it", async () => {
    const run = randomUUID();
    await putByRun(new Date(), run);
    await expect(putByRun(new Date(), run)).rejects.toThrow();
    const rows = (await store.select(proposals)).filter(({ originId }) => originId === run);
    expect(rows.map(({ state }) => state)).toEqual(["proposed"]);
  });

  test("cannot be approved once its time is over: whoever looks writes that down, once", async () => {
    const now = new Date();
    const over = await putByRun(new Date(now.getTime() - 6 * DAY_MS));
    expect(await (await world.house.store()).workspacesWithOverdueProposals(now)).toEqual(["default"]);
    await expect(desks.fay.approve({ id: over.id, remark: "" })).rejects.toMatchObject({
      ...{ code: "CONFLICT", message: expect.stringMatching(/nobody decided on this proposal until \d{4}-/) },
    });
    expect(await (await world.house.store()).workspacesWithOverdueProposals(now)).toEqual([]);
    const looks = await Promise.all([desks.fay.list(), desks.vic.list(), desks.ada.show({ id: over.id })]);
    expect(looks[2]).toMatchObject({ state: "expired", whyNotApprove: "expired" });
    await expect(desks.fay.reject({ id: over.id, remark: "late" })).rejects.toMatchObject({ code: "CONFLICT" });
    const entries = await decisionsOf(over.id);
    expect(entries.map(({ action, actor }) => [action, actor.name])).toEqual([["proposals.expire", "Touchline"]]);
    const inTime = await putByRun(new Date(now.getTime() - 5.9 * DAY_MS));
    expect((await desks.fay.approve({ id: inTime.id, remark: "" })).state).toBe("approved");
  });

  test.each([
    ["nobody says so", null, null, false],
    ["it moves more", 0.01, null, false],
    ["it moves so much at most", "moved", null, true],
    ["a second person would be needed", 1e9, 0.5, false],
    ["the second person's limit is higher", 1e9, 1e9, true],
  ] as const)("is approved by the policy or not, where %s", async (_why, applyUpTo, above, isApplied) => {
    await secondPersonAbove(above);
    const now = new Date();
    const row = await putByRun(now);
    const limit = applyUpTo === "moved" ? row.movedPerWeek : applyUpTo;
    const approve = (tx: WorkspaceStore) =>
      approveByPolicy(tx, row, { applyUpTo: limit, prepared: NOTHING_TO_DO, now });
    expect(await store.transaction(approve)).toBe(isApplied);
    const shown = await desks.vic.show({ id: row.id });
    expect(shown).toMatchObject(
      isApplied
        ? { state: "approved", decision: { by: { name: "weekly job" } } }
        : { state: "proposed", decision: null },
    );
    const entries = await decisionsOf(row.id);
    expect(entries.map(({ actor }) => actor.name)).toEqual(isApplied ? ["weekly job"] : []);
    if (isApplied) await expect(store.transaction(approve)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("comments", () => {
  test("stand beside a proposal, in order, and are counted; they are told to whoever takes part", async () => {
    const id = await put("ann", 10);
    await expect(desks.vic.comment({ id, text: "why?" })).rejects.toThrow(/your role does not allow/);
    await expect(desks.ben.comment({ id, text: "  " })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await desks.ben.comment({ id, text: "Is search not full already?" });
    await desks.fay.comment({ id, text: "It is not." });
    expect((await desks.vic.comments({ id })).map(({ by, text }) => [by.name, text])).toEqual([
      ["ben", "Is search not full already?"],
      ["fay", "It is not."],
    ]);
    expect((await desks.vic.list()).find((each) => each.id === id)!.comments).toBe(2);
    expect((await desks.vic.show({ id })).comments).toBe(2);
    expect((await decisionsOf(id)).map(({ action }) => action)).toEqual(["proposals.comment", "proposals.comment"]);
    const told = (await store.select(deliveries)).filter(({ body }) => body.includes(id));
    expect(told.map(({ target, event }) => `${event} ${target}`).sort()).toEqual([
      ...["ann", "ann", "ben"].map((name) => `proposal.commented ${name}@default.example`),
    ]);
    const elsewhere = await deskOf("eve", "owner", "elsewhere");
    await expect(elsewhere.comments({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(elsewhere.comment({ id, text: "hello" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

test("a decision is told to the proposer, and not to whoever made it", async () => {
  const [approved, own, rejected] = [await put("ann", 10), await put("fay", 10), await put("ann", 10)];
  await desks.fay.approve({ id: approved, remark: "" });
  await desks.fay.approve({ id: own, remark: "" });
  await desks.fay.reject({ id: rejected, remark: "too early" });
  const told = async (id: string) =>
    (await store.select(deliveries))
      .filter(({ body, kind }) => kind === "mail" && body.includes(id))
      .map(({ target, event }) => `${event} ${target}`);
  expect(await told(approved)).toEqual(["proposal.approved ann@default.example"]);
  expect(await told(own)).toEqual([]);
  expect(await told(rejected)).toEqual(["proposal.rejected ann@default.example"]);
});
