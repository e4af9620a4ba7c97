import { randomUUID } from "node:crypto";
import { writeSimulatedShop } from "@touchline/server/demo";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RebalancingRun, RebalancingSchedule } from "../../server/src/contract/index.ts";
import { RebalancingSettings } from "../../server/src/contract/index.ts";
import { keepSchedule } from "../../server/src/rebalancing/index.ts";
import { takeRun } from "../../server/src/rebalancing/runs/lease.ts";
import { auditEntries, proposals, rebalancingRuns } from "../../server/src/store/index.ts";
import { commandsOn } from "../support/commands.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";

/** The day after the shop's last: a Sunday, and the Monday after it. */
const SUNDAY = "2026-11-01T06:10:00Z";
const MONDAY = "2026-11-02T06:00:00Z";

let people: PeopleWorld;
let ann: Person;
let ben: Person;

beforeAll(async () => {
  people = await openPeopleWorld();
  ann = await people.person("Ann Owner", { shop: "owner" });
  ben = await people.person("Ben Buyer", { shop: "media-buyer" });
  await importShop("shop");
}, 180_000);
afterAll(() => people.close());

async function importShop(workspace: string): Promise<void> {
  const { world } = people;
  const shop = await writeSimulatedShop(world.folder, { people: 600, days: 60, seed: 9 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const)
    await world.json("import", kind, shop[kind], "--workspace", workspace);
}

/** `touchline rebalance` on the shop, at a time. */
async function rebalance(now: string, ...argv: string[]) {
  const { house, folder } = people.world;
  const run = commandsOn(house, folder, () => new Date(now));
  const { exitCode, stdout, stderr } = await run("rebalance", "--workspace", "shop", "--json", ...argv);
  return { exitCode, stderr, run: (stdout === "" ? null : JSON.parse(stdout)) as RebalancingRun };
}

const storeOf = async (workspace: string) => (await people.world.house.store()).in(workspace);
const settings = (change: object) => RebalancingSettings.parse(change);

/** A run as a process left it that does not say any more that it lives. */
async function leaveRun(change: Partial<typeof rebalancingRuns.$inferInsert>): Promise<string> {
  const id = randomUUID();
  const steps = ["freeze", "check", "refit", "plan", "guard", "compare", "propose"].map((step) => ({
    ...{ step, state: "waiting", startedAt: null, endedAt: null, facts: {} },
  }));
  await (await storeOf("shop")).insert(rebalancingRuns, {
    ...{ id, period: id, isDry: true, trigger: "person", startedBy: "x", starterName: "x", startedAt: new Date() },
    ...{ state: "underway", outcome: "", attempts: 1, settings: settings({}), steps: steps as never, checks: [] },
    ...change,
  });
  return id;
}

describe("a run by command", () => {
  test("that is dry leaves nothing behind", async () => {
    const { exitCode, run } = await rebalance(SUNDAY, "--dry-run");
    expect({ exitCode, state: run.state, isDry: run.isDry }).toEqual({ exitCode: 0, state: "proposed", isDry: true });
    expect(run.plan!.allocation.length).toBeGreaterThan(3);
    expect(run.steps.map(({ state }) => state)).toEqual(Array(7).fill("done"));
    const store = await storeOf("shop");
    expect([await store.count(rebalancingRuns), await store.count(proposals)]).toEqual([0, 0]);
    expect(await store.count(auditEntries, eq(auditEntries.action, "rebalancing.start"))).toBe(0);
  });

  test("puts a plan forward once a period, whoever asks again", async () => {
    const { exitCode, run } = await rebalance(SUNDAY);
    expect([exitCode, run.state, run.period, run.trigger]).toEqual([0, "proposed", "2026-10-26", "command"]);
    expect(run.outcome).toMatch(/^A plan that moves [\d.,]+ EUR a week waits to be approved until 2026-11-07\.$/);
    const again = await rebalance("2026-11-02T05:59:59Z");
    expect([again.exitCode, again.run.id]).toEqual([0, run.id]);
    expect(again.stderr).toContain("stood already");
    const [row, ...others] = await (await storeOf("shop")).select(proposals);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id: run.proposalId, origin: "rebalancing", originId: run.id, state: "proposed" });
    expect(row!.plan).toEqual(run.plan);
  });

  test("says with its exit code how it went, and what does not go together", async () => {
    expect((await rebalance(SUNDAY, "--status")).run.state).toBe("proposed");
    expect((await rebalance(SUNDAY, "--status", "--cancel")).exitCode).toBe(2);
    expect(await rebalance(SUNDAY, "--cancel")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("nothing to cancel"),
    });
  });

  test("begins a new period when the schedule falls due, and not before", async () => {
    const { run } = await rebalance(MONDAY);
    expect(run.period).toBe("2026-11-02");
    const waiting = await (await storeOf("shop")).select(proposals, eq(proposals.state, "proposed"));
    expect(waiting.length).toBeLessThanOrEqual(1);
  });

  test("of a workspace without data fails in one sentence, and is begun anew by the next command", async () => {
    const empty = (now: string) =>
      commandsOn(
        people.world.house,
        people.world.folder,
        () => new Date(now),
      )(...["rebalance", "--workspace", "empty", "--json"]);
    const first = await empty(SUNDAY);
    const second = await empty(SUNDAY);
    expect([first.exitCode, second.exitCode].every((code) => code === 1 || code === 3)).toBe(true);
    const [one, two] = [JSON.parse(first.stdout), JSON.parse(second.stdout)] as RebalancingRun[];
    expect(two!.id).toBe(one!.id);
    expect(one!.outcome).toMatch(/^[A-Z].*\.$/s);
  });
});

describe("settings", () => {
  test("are the defaults until somebody who may has changed them; the next times are told in the workspace's zone", async () => {
    expect((await ben.caller.call("rebalancing.changeSettings", { isScheduled: true })).code).toBe("FORBIDDEN");
    const before = await ann.caller.ask<RebalancingSchedule>("rebalancing.settings");
    expect(before).toMatchObject({ timeZone: "UTC", settings: { isScheduled: false, schedule: "0 6 * * 1" } });
    const changed = await ann.caller.ask<RebalancingSchedule>("rebalancing.changeSettings", {
      ...before.settings,
      schedule: "30 7 * * 2",
    });
    expect(changed.next).toHaveLength(3);
    for (const next of changed.next) {
      expect(new Date(next).getUTCDay()).toBe(2);
      expect(next.slice(11, 16)).toBe("07:30");
    }
    const [entry] = await (await storeOf("shop")).select(
      auditEntries,
      eq(auditEntries.action, "rebalancing.change-settings"),
    );
    expect(JSON.parse(entry!.body)).toMatchObject({
      before: { schedule: "0 6 * * 1" },
      after: { schedule: "30 7 * * 2" },
    });
    expect((await ann.caller.call("rebalancing.changeSettings", { schedule: "0 6 30 2 *" })).code).toBe("BAD_REQUEST");
    await ann.caller.ask("rebalancing.changeSettings", before.settings);
  });

  test("refuse a probability of gain that changes nothing, and say why", async () => {
    const { settings: now } = await ann.caller.ask<RebalancingSchedule>("rebalancing.settings");
    const guardRails = { ...now.guardRails, leastProbabilityOfGain: 0.7 };
    const { code, message } = await ann.caller.call("rebalancing.changeSettings", { ...now, guardRails });
    expect({ code, message }).toMatchObject({ code: "BAD_REQUEST", message: expect.stringContaining("at least 0.8") });
  });
});

describe("a run that a page or a key asks for", () => {
  test("is begun by a server that keeps the schedule, and once", async () => {
    const started = await ben.caller.ask<RebalancingRun>("rebalancing.start", { isDry: true });
    expect(started).toMatchObject({ state: "underway", isDry: true, startedBy: "Ben Buyer" });
    const clock = () => new Date();
    const stops = [keepSchedule(people.world.house, clock), keepSchedule(people.world.house, clock)];
    const show = () => ben.caller.ask<RebalancingRun>("rebalancing.show", { id: started.id });
    await expect.poll(async () => (await show()).state, { timeout: 60_000 }).not.toBe("underway");
    await Promise.all(stops.map((stop) => stop()));
    const [row] = await (await storeOf("shop")).select(rebalancingRuns, eq(rebalancingRuns.id, started.id));
    expect(row).toMatchObject({ attempts: 1, holder: null, proposalId: null });
  });

  test("is cancelled at once where nobody works on it", async () => {
    const { id } = await ben.caller.ask<RebalancingRun>("rebalancing.start", { isDry: true });
    const cancelled = await ann.caller.ask<RebalancingRun>("rebalancing.cancel", { id });
    expect(cancelled).toMatchObject({ state: "cancelled", outcome: "Stopped: Ann Owner cancelled it." });
    expect((await ann.caller.call("rebalancing.cancel", { id })).code).toBe("BAD_REQUEST");
  });

  test("with a key: 202 for the one that begins it, 200 afterwards, and nobody else's key finds it", async () => {
    const keyOf = async (person: Person, scopes: string[]) =>
      (await person.caller.ask<{ key: string }>("keys.create", { name: "cron", scopes })).key;
    const eve = await people.person("Eve Elsewhere", { elsewhere: "owner" });
    const [own, theirs, other] = [
      await keyOf(ann, ["rebalance"]),
      await keyOf(eve, ["rebalance"]),
      await keyOf(ann, ["ingest", "reports:read"]),
    ];
    const send = async (method: "GET" | "POST", path: string, key: string) => {
      const sent = await people.nobody().send(method, path, undefined, { headers: { authorization: `Bearer ${key}` } });
      return { status: sent.status, body: JSON.parse(sent.message) as RebalancingRun & { error?: string } };
    };
    const first = await send("POST", "/v1/rebalance", own);
    const second = await send("POST", "/v1/rebalance", own);
    expect([first.status, second.status, second.body.id]).toEqual([202, 200, first.body.id]);
    const path = `/v1/rebalance/${first.body.id}`;
    expect((await send("GET", path, own)).body).toMatchObject({ trigger: "key", startedBy: "cron", state: "underway" });
    expect((await send("GET", path, theirs)).status).toBe(404);
    expect(await send("POST", "/v1/rebalance", other)).toMatchObject({
      ...{ status: 403, body: { error: expect.stringContaining("may not start the rebalancing") } },
    });
    expect((await send("POST", "/v1/rebalance", `tlk_${"x".repeat(32)}`)).status).toBe(401);
    await ann.caller.ask("rebalancing.cancel", { id: first.body.id });
  });
});

describe("a run that a process has left", () => {
  test("is taken by one of all who try at once, when its lease is out and not before", async () => {
    const store = await storeOf("shop");
    const elsewhere = "another-machine:1:x";
    const held = await leaveRun({ holder: elsewhere, heldUntil: new Date(Date.now() + 60_000) });
    expect(await takeRun(store, held, "own")).toBeNull();
    const left = await leaveRun({ holder: elsewhere, heldUntil: new Date(Date.now() - 1_000) });
    const takers = Array.from({ length: 8 }, (_, i) => takeRun(store, left, `taker ${i}`));
    const got = (await Promise.all(takers)).filter((row) => row !== null);
    expect(got).toHaveLength(1);
    expect(got[0]).toMatchObject({ attempts: 2, state: "underway" });
    for (const id of [held, left]) await store.remove(rebalancingRuns, eq(rebalancingRuns.id, id));
  });

  test("longer than a day ago is given up", async () => {
    const gone = { holder: "another-machine:1:x", heldUntil: new Date(0) };
    const id = await leaveRun({ ...gone, startedAt: new Date(Date.now() - 25 * 3_600_000) });
    const stop = keepSchedule(people.world.house);
    const store = await storeOf("shop");
    const find = async () => (await store.select(rebalancingRuns, eq(rebalancingRuns.id, id)))[0]!;
    await expect.poll(async () => (await find()).state).toBe("failed");
    expect((await find()).outcome).toContain("within a day");
    await stop();
  });
});

describe("a schedule", () => {
  test("that fell due while no server ran is made up for within a day, once, and not after it", async () => {
    const { house } = people.world;
    await importShop("late");
    await people.person("Lea Late", { late: "owner" });
    const store = await storeOf("late");
    const periods = async () => (await store.select(rebalancingRuns)).map(({ period }) => period);
    const change = async (isScheduled: boolean) => {
      const file = people.world.file("settings.json", JSON.stringify({ isScheduled }));
      await people.world.json("rebalance", "--workspace", "late", "--settings", file);
    };
    const keepAt = async (now: string, isDone: () => Promise<boolean>) => {
      const stop = keepSchedule(house, () => new Date(now));
      await expect.poll(isDone, { timeout: 60_000 }).toBe(true);
      await stop();
    };
    await change(true);
    const stop = keepSchedule(house, () => new Date("2026-11-03T06:00:01Z"));
    await new Promise((done) => setTimeout(done, 500));
    await stop();
    expect(await periods()).toEqual([]);
    await keepAt("2026-11-03T05:59:00Z", async () => (await store.select(rebalancingRuns))[0]?.endedAt != null);
    expect(await periods()).toEqual(["2026-11-02"]);
    const [row] = await store.select(rebalancingRuns);
    expect(row).toMatchObject({ trigger: "schedule", starterName: "weekly job", attempts: 1 });
    await change(false);
  });
});
