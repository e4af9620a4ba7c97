import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Activation, ActivationCampaign, ProposeInput, Role } from "@touchline/server/contract";
import { writeSimulatedShop } from "@touchline/server/demo";
import { eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { confirmActivations, markSent } from "../../server/src/activation/index.ts";
import { activationRouter } from "../../server/src/activation/router.ts";
import { verifyAudit } from "../../server/src/audit/index.ts";
import { shiftDay } from "../../server/src/calendar-days.ts";
import { minus, sumOf } from "../../server/src/exact.ts";
import { proposalsRouter } from "../../server/src/proposals/index.ts";
import {
  type Actor,
  activations,
  campaignSettings,
  deliveries,
  openStore,
  policies,
  proposals,
  type WorkspaceStore,
  webhooks,
} from "../../server/src/store/index.ts";
import { requestOf } from "../support/members.ts";
import { makeDataFolder } from "../support/same-secret.ts";
import { openWorld, type World } from "../support/world.ts";

const DYING = fileURLToPath(new URL("../support/dying-way-back.ts", import.meta.url));
const SECRET = Buffer.alloc(32);

let world: World;
let folder: string;
let store: WorkspaceStore;
let free: ProposeInput;
let lastDay: string;

const context = (name: string, role: Role) => requestOf(world.house, "default", name, role);
const desk = async (name: string, role: Role) => activationRouter.createCaller(await context(name, role));
const plans = async (name: string, role: Role) => proposalsRouter.createCaller(await context(name, role));
const actor: Actor = { kind: "command", id: "ann", name: "ann", ip: null, userAgent: null };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-activation-"));
  world = await openWorld();
  const shop = await writeSimulatedShop(folder, { people: 1_500, days: 120, seed: 9 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const) await world.json("import", kind, shop[kind]);
  store = (await world.house.store()).in("default");
  const { allocation } = (await world.json("optimise", "--budget", "1000", "--period", "week")) as {
    allocation: { channel: string }[];
  };
  const bounds = allocation.map(({ channel }) => ({ channel, lower: 0, upper: null, locked: false }));
  free = { period: "week", budget: null, exact: false, maxChange: null, bounds };
}, 180_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await store.remove(policies, isNotNull(policies.policies));
  await store.remove(campaignSettings, isNotNull(campaignSettings.campaign));
});

/** Proposes today's plan with other amounts: a fifth of the largest channel goes to the next one, but for cents that rounding of all the others may have taken. */
async function approveOne(name: string): Promise<string> {
  const ann = await plans("ann", "media-buyer");
  const { id, plan } = await ann.propose({ name, note: "", input: free });
  const [one, other] = plan.allocation
    .filter(({ current }) => Number(current) > 20)
    .toSorted((a, b) => Number(b.current) - Number(a.current));
  const part = (0.2 * Number(one!.current)).toFixed(2);
  const split = plan.allocation.map(({ channel, current }) => {
    if (channel === one!.channel) return { channel, amount: Number(minus(current, part)).toFixed(2) };
    if (channel === other!.channel) return { channel, amount: (Number(sumOf([current, part])) - 0.05).toFixed(2) };
    return { channel, amount: current };
  });
  await ann.approve({ id, remark: "a fifth to the next one", split });
  lastDay = plan.sources.currentDays!.to;
  return id;
}

const changed = (campaigns: readonly ActivationCampaign[]) =>
  Number(sumOf(campaigns.map(({ from, to }) => minus(to, from))));
const amountsOf = ({ channels }: Activation) =>
  channels.map(({ channel, fromDaily, toDaily, campaigns }) => ({
    ...{ channel, fromDaily, toDaily },
    campaigns: campaigns.map(({ campaign, from, to }) => ({ campaign, from, to })),
  }));

describe("an approved plan", () => {
  test("is split over campaigns to the cent, sent, and confirmed by the spend that is imported then", async () => {
    const ann = await desk("ann", "media-buyer");
    const before = await ann.campaigns();
    expect(before.campaigns.length).toBeGreaterThan(5);
    const id = await approveOne("Week 48");
    const shown = await ann.show({ proposalId: id });
    expect(shown).toMatchObject({ name: "Week 48", wayBack: "possible" });
    expect(shown.channels).toHaveLength(2);
    for (const { campaigns, fromDaily, toDaily, state, unplaced } of shown.channels) {
      expect(state).toBe("approved");
      expect(campaigns.length).toBeGreaterThan(0);
      expect(changed(campaigns) + Number(unplaced)).toBeCloseTo(Number(minus(toDaily, fromDaily)), 9);
      expect(Number(unplaced)).toBe(0);
      expect(Number(sumOf(campaigns.map(({ from }) => from)))).toBe(Number(fromDaily));
      expect(Number(sumOf(campaigns.map(({ to }) => to)))).toBe(Number(toDaily));
    }

    const channels = shown.channels.map(({ channel }) => channel);
    const at = new Date(`${lastDay}T09:00:00Z`);
    expect(await markSent({ store, actor }, { proposalId: id, channels, through: "file" }, at)).toEqual(
      channels.toSorted(),
    );
    await expect(ann.markSent({ proposalId: id, channels })).rejects.toThrow(/waits to be sent/);

    const rows = (factor: (channel: string, day: number) => number) => [
      "date,channel,campaign,cost,currency",
      ...shown.channels.flatMap(({ channel, toDaily }) =>
        [1, 2, 3, 4].map(
          (day) =>
            `${shiftDay(lastDay, day)},${channel},later,${(factor(channel, day) * Number(toDaily)).toFixed(2)},${shown.currency}`,
        ),
      ),
      "",
    ];
    const [first, second] = channels;
    const twoDays = rows(() => 1).filter((line) => ![3, 4].some((day) => line.startsWith(shiftDay(lastDay, day))));
    await world.json("import", "spend", world.file("two.csv", twoDays.join("\n")), "--as", "later");
    const workspace = await world.house.workspace("default");
    const on = (day: number) => new Date(`${shiftDay(lastDay, day)}T12:00:00Z`);
    expect(await confirmActivations(workspace, store, on(3))).toBe(0);
    const half = await ann.show({ proposalId: id });
    expect(half.channels.map(({ state }) => state)).toEqual(["sent", "sent"]);

    // One channel spends what was asked; the other goes on as before, half more than it should or less.
    await world.json(
      "import",
      "spend",
      world.file("four.csv", rows((channel) => (channel === first ? 1.04 : 1.6)).join("\n")),
      "--as",
      "later",
    );
    expect(await confirmActivations(workspace, store, on(5))).toBe(1);
    expect(await confirmActivations(workspace, store, on(5))).toBe(0);
    const after = await ann.show({ proposalId: id });
    const of = (name: string | undefined) => after.channels.find(({ channel }) => channel === name)!;
    expect(of(first)).toMatchObject({ state: "confirmed", sentThrough: "file" });
    expect(Number(of(first).seenDaily)).toBeCloseTo(1.04 * Number(of(first).toDaily), 1);
    expect(of(second)).toMatchObject({ state: "sent", confirmedAt: null });
  });

  test("has files with its platforms' campaigns, and what stays to be done by hand", async () => {
    const ann = await desk("ann", "media-buyer");
    const { campaigns } = await ann.campaigns();
    const head = "channel,campaign,platform,platform_id,minimum_daily,step";
    const lines = campaigns.map(
      ({ channel, campaign }, i) =>
        `${channel},"${campaign}",${i % 2 === 0 ? "google-ads" : "meta"},${i % 3 === 0 ? "" : 1_000 + i},,`,
    );
    const file = world.file("campaigns.csv", [head, ...lines, ""].join("\n"));
    expect(await world.json("campaigns", "import", file)).toEqual({
      read: campaigns.length,
      changed: campaigns.length,
    });
    expect(await world.json("campaigns", "import", file)).toMatchObject({ changed: 0 });
    const id = await approveOne("Week 49");
    const { files, channels } = await ann.show({ proposalId: id });
    const moved = channels.flatMap((each) => each.campaigns.filter(({ action }) => action === "budget"));
    expect(moved.length).toBeGreaterThan(0);
    const counts = files.filter(({ format }) => ["google-ads-editor", "meta-bulk"].includes(format));
    const leftOut = counts.flatMap((each) => each.leftOut);
    expect(counts.reduce((sum, { campaigns: count }) => sum + count, 0) + leftOut.length).toBe(moved.length);
    for (const { reason } of leftOut) expect(reason).toBe("no-id");
    await world.json("activate", "export", "--format", "google-ads-editor", "--out", "google.csv");
    const text = new TextDecoder("utf-16le").decode(readFileSync(join(world.folder, "files", "google.csv")));
    const written = text
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split("\t"));
    for (const [campaign, budget, type] of written) {
      expect(type).toBe("Daily");
      expect(moved.find((each) => each.campaign === campaign && each.to === budget)).toBeDefined();
    }
    expect(written).toHaveLength(counts.find(({ format }) => format === "google-ads-editor")!.campaigns);
    const wrong = world.file("wrong.csv", `${head}\nSearch,x,bing,,,\n`);
    const { exitCode, stderr } = await world.run("campaigns", "import", wrong);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("line 2: platform") });
  });

  test("is told to machines once, with every amount, in the transaction of its approval", async () => {
    const hook = { id: "hook", name: "machine", url: "https://hooks.example/x", format: "touchline" as const };
    const made = { events: ["plan.activated" as const], sealedSecret: "", createdBy: "ann", createdAt: new Date() };
    await store.insert(webhooks, { ...hook, ...made });
    const id = await approveOne("told");
    const told = (await store.select(deliveries, eq(deliveries.event, "plan.activated"))).filter(
      ({ kind, body }) => kind === "webhook" && body.includes(id),
    );
    await store.remove(webhooks, eq(webhooks.id, "hook"));
    expect(told).toHaveLength(1);
    const { channels } = await (await desk("ann", "media-buyer")).show({ proposalId: id });
    for (const { campaigns } of channels)
      for (const { campaign, to } of campaigns)
        for (const each of [campaign, to]) expect(told[0]!.body).toContain(each);
  });

  test("returns what an earlier one still had under way", async () => {
    const ann = await desk("ann", "media-buyer");
    const one = await approveOne("one");
    const other = await approveOne("other");
    const [first, second] = [await ann.show({ proposalId: one }), await ann.show({ proposalId: other })];
    expect(new Set(first.channels.map(({ state }) => state))).toEqual(new Set(["returned"]));
    expect(first).toMatchObject({ wayBack: "later-plan", files: first.files.map(() => ({ campaigns: 0 })) });
    expect(second).toMatchObject({ previous: { proposalId: one, name: "one" }, wayBack: "possible" });
    await expect(ann.markSent({ proposalId: one, channels: [first.channels[0]!.channel] })).rejects.toThrow(
      /later plan/,
    );
  });
});

describe("the way back", () => {
  test("restores every channel and campaign to the cent, at once, and back again", async () => {
    const ann = await desk("ann", "media-buyer");
    const id = await approveOne("to undo");
    const forth = amountsOf(await ann.show({ proposalId: id }));
    const went = await ann.wayBack({ proposalId: id, remark: "it went wrong" });
    expect(went.isApproved).toBe(true);
    const back = await ann.show({ proposalId: went.proposalId });
    expect(amountsOf(back)).toEqual(
      forth.map(({ channel, fromDaily, toDaily, campaigns }) => ({
        ...{ channel, fromDaily: toDaily, toDaily: fromDaily },
        campaigns: campaigns.map(({ campaign, from, to }) => ({ campaign, from: to, to: from })),
      })),
    );
    const undone = await (await plans("ann", "media-buyer")).show({ id });
    const { plan, origin, originId } = await (await plans("ann", "media-buyer")).show({ id: went.proposalId });
    expect({ origin, originId }).toEqual({ origin: "way-back", originId: id });
    expect(plan.allocation.map(({ recommended }) => recommended)).toEqual(
      undone.plan.allocation.map(({ current }) => current),
    );
    expect(await ann.show({ proposalId: id })).toMatchObject({ wayBack: "taken" });
    const again = await ann.wayBack({ proposalId: went.proposalId });
    expect(amountsOf(await ann.show({ proposalId: again.proposalId }))).toEqual(forth);
  });

  test("of two clicks at once one goes back", async () => {
    const [ann, fay] = [await desk("ann", "media-buyer"), await desk("fay", "finance")];
    const id = await approveOne("clicked twice");
    const results = await Promise.allSettled([ann, fay, ann].map((each) => each.wayBack({ proposalId: id })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason.code).toBe("CONFLICT");
    expect(await store.select(proposals, eq(proposals.originId, id))).toHaveLength(1);
    expect((await verifyAudit(store)).isWhole).toBe(true);
  });

  test("waits for somebody else where the rules ask for one, and is then the same to the cent", async () => {
    const ann = await desk("ann", "media-buyer");
    const id = await approveOne("a large one");
    const forth = amountsOf(await ann.show({ proposalId: id }));
    await store.insert(policies, { policies: { secondPersonAbove: 0.5, requireSecondFactor: false } });
    const went = await ann.wayBack({ proposalId: id });
    expect(went.isApproved).toBe(false);
    expect((await ann.show({ proposalId: id })).channels[0]!.state).toBe("approved");
    await expect(ann.wayBack({ proposalId: id })).rejects.toMatchObject({ code: "CONFLICT" });
    await (await plans("fay", "finance")).approve({ id: went.proposalId, remark: "" });
    const back = amountsOf(await ann.show({ proposalId: went.proposalId }));
    expect(back.map(({ toDaily, campaigns }) => [toDaily, ...campaigns.map(({ to }) => to)])).toEqual(
      forth.map(({ fromDaily, campaigns }) => [fromDaily, ...campaigns.map(({ from }) => from)]),
    );
  });

  test("is refused where there is nothing to go back from, and to whoever may only look", async () => {
    const ann = await desk("ann", "media-buyer");
    await expect(ann.wayBack({ proposalId: "none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { id } = await (await plans("ann", "media-buyer")).propose({ name: "waits", note: "", input: free });
    await expect(ann.wayBack({ proposalId: id })).rejects.toThrow(/was not approved/);
    const vic = await desk("vic", "viewer");
    await expect(vic.wayBack({ proposalId: id })).rejects.toThrow(/your role does not allow/);
    await expect(vic.changeCampaigns({ campaigns: [{ channel: "x", campaign: "y" }] })).rejects.toThrow(/your role/);
  });

  test.each(["before audit 1", "after audit 1", "after audit 2", "answer"])(
    "of a process that is killed %s is done or not, and once",
    async (moment) => {
      const data = mkdtempSync(join(folder, "killed-"));
      makeDataFolder(data);
      const [row] = (await store.select(proposals, eq(proposals.state, "approved"))).filter(
        ({ origin }) => origin === "person",
      );
      const parts = await store.select(activations, eq(activations.proposalId, row!.id));
      const open = () => openStore({ folder: join(data, "accounts") }, SECRET);
      const first = await open();
      await first.db.execute("INSERT INTO workspaces (id) VALUES ('default')");
      const { workspaceId: _, ...given } = row!;
      await first.in("default").insert(proposals, given);
      for (const { workspaceId: __, ...part } of parts)
        await first.in("default").insert(activations, { ...part, state: "approved" });
      await first.close();
      const child = spawn(process.execPath, ["--import", "tsx", DYING, join(data, "accounts"), row!.id, moment], {
        stdio: "inherit",
      });
      const [, signal] = await once(child, "exit");
      expect(signal).toBe("SIGKILL");
      const left = await open();
      try {
        const own = left.in("default");
        const backs = await own.select(proposals, eq(proposals.originId, row!.id));
        const written = await own.select(activations, eq(activations.state, "approved"));
        const isDone = moment === "answer";
        expect(backs.map(({ state }) => state)).toEqual(isDone ? ["approved"] : []);
        expect(new Set(written.map(({ proposalId }) => proposalId))).toEqual(
          new Set([isDone ? backs[0]!.id : row!.id]),
        );
        expect(await verifyAudit(own)).toMatchObject({ isWhole: true, broken: null });
      } finally {
        await left.close();
      }
    },
    60_000,
  );
});
