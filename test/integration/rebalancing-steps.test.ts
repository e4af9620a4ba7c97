import { randomUUID } from "node:crypto";
import { writeSimulatedShop } from "@touchline/server/demo";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { RebalancingSettings, type RebalancingStep } from "../../server/src/contract/index.ts";
import { changeRebalancing, rebalanceByCommand } from "../../server/src/rebalancing/index.ts";
import { cancelRun } from "../../server/src/rebalancing/runs/cancel-run.ts";
import { newHolder } from "../../server/src/rebalancing/runs/lease.ts";
import { startRun } from "../../server/src/rebalancing/runs/start-run.ts";
import { type Actor, activations, proposals, rebalancingRuns } from "../../server/src/store/index.ts";
import { openWorld, type World } from "../support/world.ts";

const NOW = new Date("2026-11-01T06:10:00Z");
const PERIOD = "2026-10-26";
const actor: Actor = { kind: "command", id: "ann", name: "ann", ip: null, userAgent: null };
const STEPS = ["freeze", "check", "refit", "plan", "guard", "compare", "propose"];

let world: World;

beforeAll(async () => {
  world = await openWorld();
  const shop = await writeSimulatedShop(world.folder, { people: 600, days: 60, seed: 9 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const) await world.json("import", kind, shop[kind]);
}, 180_000);
afterAll(() => world.close());

async function desk() {
  const workspace = await world.house.workspace("default");
  return { workspace, store: await workspace.store.open(), actor };
}

beforeEach(async () => {
  const { store } = await desk();
  for (const table of [rebalancingRuns, proposals, activations])
    await store.remove(table, eq(table.workspaceId, "default"));
});

/** A run by command, and what happens at one of its steps. */
async function rebalance(at?: RebalancingStep, happens?: () => unknown, again = false) {
  let event: unknown;
  const onStep = (step: RebalancingStep) => {
    if (step === at) event = happens?.();
  };
  const answer = await rebalanceByCommand(await desk(), { again, clock: () => NOW, onStep });
  await event;
  return answer;
}

type Row = Partial<typeof rebalancingRuns.$inferInsert>;

async function writeRun(change: Row): Promise<string> {
  const { store } = await desk();
  const steps = STEPS.map((step) => ({ step, state: "waiting", startedAt: null, endedAt: null, facts: {} }));
  const row = await store.insert(rebalancingRuns, {
    ...{ id: randomUUID(), period: PERIOD, isDry: false, trigger: "schedule", startedBy: "x", starterName: "x" },
    ...{ startedAt: NOW, state: "underway", outcome: "", attempts: 1, settings: RebalancingSettings.parse({}) },
    ...{ steps: steps as never, checks: [], ...change },
  });
  return row.id;
}

async function changeSettings(settings: object): Promise<void> {
  const own = await desk();
  await changeRebalancing(own, own.workspace, RebalancingSettings.parse(settings), NOW);
}

const rowOf = async (id: string) =>
  (await (await desk()).store.select(rebalancingRuns, eq(rebalancingRuns.id, id)))[0]!;
const putForward = async () => (await desk()).store.count(proposals);

describe("a run under way", () => {
  test("stops before its next step when somebody cancels it, and is done again only where somebody says so", async () => {
    const own = await desk();
    const { run } = await rebalance("check", async () => {
      const [row] = await own.store.select(rebalancingRuns);
      await cancelRun(own, row!.id, new Date());
    });
    expect([run.state, run.outcome]).toEqual(["cancelled", "Stopped: ann cancelled it."]);
    expect(run.steps.at(-1)!.state).toBe("waiting");
    expect(await putForward()).toBe(0);
    expect(await rebalance()).toMatchObject({ way: "stood", run: { state: "cancelled" } });
    expect(await rebalance(undefined, undefined, true)).toMatchObject({
      way: "done",
      run: { id: run.id, state: "proposed" },
    });
    expect([await putForward(), (await rowOf(run.id)).attempts]).toEqual([1, 2]);
  });

  test("writes nothing more once another process has it", async () => {
    const { store } = await desk();
    const { way, run } = await rebalance("plan", () =>
      store.update(rebalancingRuns, { holder: "elsewhere:1:x" }, eq(rebalancingRuns.period, PERIOD)),
    );
    expect([way, run.state]).toEqual(["busy", "underway"]);
    expect([run.steps[6]!.state, await putForward()]).toEqual(["waiting", 0]);
  });

  test("plans on the curves that it fitted, whatever comes in meanwhile", async () => {
    const late = world.file("late.csv", "date,channel,campaign,cost,currency\n2026-10-31,Paid Search,extra,1.00,EUR\n");
    const { run } = await rebalance("plan", () => world.json("import", "spend", late));
    expect(run.state).toBe("proposed");
    expect(run.plan!.sources.run).toBe(run.attributionRun);
    expect(run.steps.find(({ step }) => step === "refit")!.facts.attributionRun).toBe(run.attributionRun);
  });

  test("is approved by the policy where that is what the settings say, and its activation is there", async () => {
    const own = await desk();
    await changeSettings({ approval: { applyUpTo: 1e9 } });
    const { run } = await rebalance();
    expect(run).toMatchObject({ state: "applied", outcome: expect.stringContaining("approved by the policy") });
    const [row] = await own.store.select(proposals);
    expect(row).toMatchObject({ id: run.proposalId, state: "approved", deciderName: "weekly job" });
    expect(await own.store.count(activations)).toBeGreaterThan(0);
    await changeSettings({});
  });

  test("puts nothing forward that was approved already and is not in the spend yet", async () => {
    const { store } = await desk();
    await changeSettings({ guardRails: { coolDownDays: 0 } }); // Channels that rest would not move anyway.
    const { run } = await rebalance();
    const approved = { state: "approved", decidedAt: NOW, decidedBy: "x", deciderName: "x" } as const;
    await store.update(proposals, approved, eq(proposals.id, run.proposalId!));
    await store.remove(rebalancingRuns, eq(rebalancingRuns.id, run.id));
    const again = await rebalance();
    expect(again.run.state).toBe("nothing");
    expect(again.run.outcome).toContain("there is nothing new to decide");
    expect(await putForward()).toBe(1);
    await changeSettings({});
  });
});

describe("a run whose process died between the fit and the plan", () => {
  test("begins again at the freeze where data came since, in the same row", async () => {
    const done = { state: "done", startedAt: NOW.toISOString(), endedAt: NOW.toISOString() };
    const steps = STEPS.map((step, i) => ({
      ...{ step, state: "waiting", startedAt: null, endedAt: null, facts: {} },
      ...(i < 3 ? { ...done, facts: { asOf: NOW.toISOString() } } : {}),
    }));
    const gone = { holder: "another-machine:1:x", heldUntil: new Date(0) };
    const id = await writeRun({ ...gone, steps: steps as never, attributionRun: "of-other-data", watermark: "then" });
    const { run, way } = await rebalance();
    expect([run.id, way, run.state]).toEqual([id, "done", "proposed"]);
    expect(run.watermark).not.toBe("then");
    expect(run.attributionRun).toBe(run.plan!.sources.run);
    expect(await putForward()).toBe(1);
  });
});

describe("what ended without a plan", () => {
  const start = async (trigger: "schedule" | "command", again = false, minutes = 0) => {
    const { store, workspace } = await desk();
    const now = new Date(NOW.getTime() + 60_000 * minutes);
    return (await startRun(store, workspace, { trigger, actor, now, holder: newHolder(), again })).isNew;
  };

  test("is tried again by the schedule where it failed, after a pause and three times in all", async () => {
    const id = await writeRun({ state: "failed", endedAt: NOW });
    expect(await start("schedule", false, 4)).toBe(false);
    expect(await start("schedule", false, 5)).toBe(true);
    const { store } = await desk();
    const fail = (attempts: number) =>
      store.update(rebalancingRuns, { state: "failed", endedAt: NOW, attempts }, eq(rebalancingRuns.id, id));
    expect((await rowOf(id)).attempts).toBe(2);
    await fail(2);
    expect([await start("schedule", false, 9), await start("schedule", false, 10)]).toEqual([false, true]);
    await fail(3);
    expect(await start("schedule", false, 600)).toBe(false);
    expect(await start("command")).toBe(true);
  });

  test.each(["blocked", "nothing", "cancelled"] as const)("where it is %s only if somebody says so", async (state) => {
    await writeRun({ state, endedAt: NOW });
    expect([await start("schedule", false, 60), await start("command")]).toEqual([false, false]);
    expect(await start("command", true)).toBe(true);
  });

  test.each(["proposed", "applied"] as const)("and a plan that is %s stands, whoever asks", async (state) => {
    await writeRun({ state, endedAt: NOW });
    expect([await start("schedule", false, 60), await start("command"), await start("command", true)]).toEqual([
      ...[false, false, false],
    ]);
  });
});
