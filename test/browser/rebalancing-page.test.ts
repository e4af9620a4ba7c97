import { randomUUID } from "node:crypto";
import { type Plan, ProposeInput, type RebalancingCheck, RebalancingSettings } from "@touchline/server/contract";
import { openHouse } from "@touchline/server/house";
import { dailySpend, workspaceExtent } from "@touchline/sql";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shiftDay } from "../../server/src/calendar-days.ts";
import { planToday } from "../../server/src/planning/index.ts";
import { proposals, rebalancingRuns, type WorkspaceStore } from "../../server/src/store/index.ts";
import type { Workspace } from "../../server/src/workspace.ts";
import { findBarriers } from "./axe.ts";
import { settle } from "./page-list.ts";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

/** Weeks of plans that were promised, decided and realised, a plan that waits, and the settings of it all. */
let world: PageWorld;
let url: string;
let channels: readonly string[];

/** The first visit fits the curves. */
const FIT_MS = 120_000;
const WEEK = ProposeInput.parse({ period: "week", budget: null, exact: true, maxChange: 0.2, bounds: [] });

const CHECKS: RebalancingCheck[] = [
  {
    ...{ rule: "stale-source", channel: null, outcome: "passed", text: "fresh", lift: "" },
    numbers: { says: "fine", limitHours: 72, sources: 3 },
  },
  {
    ...{ rule: "total-moved", channel: null, outcome: "trimmed", text: "trimmed", lift: "A higher limit." },
    numbers: { says: "limited", limit: 0.1, moved: 0.1, wanted: 0.17, gain: 90, gainWanted: 120, currency: "EUR" },
  },
];

const BLOCKED: RebalancingCheck = {
  ...{ rule: "stale-source", channel: null, outcome: "blocked", text: "ads has said nothing", lift: "Import it." },
  numbers: { says: "stale", source: "ads", kind: "spend", hours: 80, limitHours: 72, newest: "2026-10-30" },
};

/** What was spent in a week, as if it had been recommended: the first channel had a fifth less before, the second what that is more. */
async function followed(workspace: Workspace, plan: Plan, from: string): Promise<Plan["allocation"]> {
  const rows = await workspace.warehouse.ask(dailySpend, { from, to: shiftDay(from, 6) });
  const spent = (name: string) =>
    rows.filter(({ channel }) => channel === name).reduce((sum, { spend }) => sum + Number(spend), 0);
  const [first, second] = plan.allocation.filter(({ revenue }) => revenue !== null).map(({ channel }) => channel);
  const shift = spent(first!) / 5;
  return plan.allocation.map((row) => {
    const { channel } = row;
    const before = spent(channel) + (channel === first ? -shift : channel === second ? shift : 0);
    return { ...row, recommended: spent(channel).toFixed(2), current: before.toFixed(2) };
  });
}

async function putRun(store: WorkspaceStore, day: string, more: Partial<typeof rebalancingRuns.$inferInsert>) {
  const at = new Date(`${day}T04:00:00Z`);
  const { id } = await store.insert(rebalancingRuns, {
    ...{ id: randomUUID(), period: day, isDry: false, trigger: "schedule", startedBy: "rebalancing" },
    ...{ starterName: "weekly job", startedAt: at, endedAt: at, state: "proposed", outcome: "", attempts: 1 },
    ...{ settings: RebalancingSettings.parse({}), steps: [], checks: CHECKS, ...more },
  });
  return id;
}

async function putProposal(store: WorkspaceStore, day: string, more: Partial<typeof proposals.$inferInsert>) {
  const id = randomUUID();
  const run = await putRun(store, day, { proposalId: id });
  const at = new Date(`${day}T04:00:00Z`);
  await store.insert(proposals, {
    ...{ id, name: `Weekly plan of ${day}`, note: "", state: "approved", input: WEEK, movedPerWeek: 120 },
    ...{ secondPersonAbove: null, proposedBy: "rebalancing", proposerName: "weekly job", proposedAt: at },
    ...{ origin: "rebalancing", originId: run, decidedBy: "ben", deciderName: "Ben Buyer", decidedAt: at, remark: "" },
    ...(more as { plan: Plan }),
  });
}

async function seed(data: string): Promise<void> {
  const house = await openHouse({ dataFolder: data });
  try {
    const workspace = await house.workspace("default");
    const store = (await house.store()).in("default");
    const { plan } = await planToday(workspace, WEEK);
    channels = plan.allocation.map(({ channel }) => channel);
    const end = (await workspace.warehouse.askOne(workspaceExtent, { timeZone: "Europe/Paris" })).lastBookedDay;
    for (const back of [71, 64, 57, 50, 43, 36, 29, 22]) {
      const day = shiftDay(end, -back);
      const allocation = await followed(workspace, plan, shiftDay(day, 1));
      const state = back === 50 ? "rejected" : "approved";
      const remark = state === "rejected" ? "Not before the fair." : "";
      await putProposal(store, day, { plan: { ...plan, allocation }, state, remark });
    }
    await putRun(store, shiftDay(end, -8), { state: "blocked", outcome: BLOCKED.text, checks: [...CHECKS, BLOCKED] });
    const waiting = { decidedBy: null, deciderName: null, decidedAt: null, remark: null };
    await putProposal(store, shiftDay(end, -1), { plan, state: "proposed", ...waiting });
  } finally {
    await house.close();
  }
}

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  await seed(data);
  url = await world.serve(data);
}, 240_000);
afterAll(() => world?.close());

const close = (page: Page) => page.context().close();

async function fits(page: Page): Promise<void> {
  const [content, window] = (await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")) as number[];
  expect(content).toBeLessThanOrEqual(window!);
  expect(await page.locator("main").textContent()).not.toMatch(/\{\{|rebalancing\.[a-z]+|undefined|NaN/);
}

describe("rebalancing", () => {
  test(
    "says first what waits, shows the plan as a difference, and what became of earlier ones",
    async () => {
      const { page, complaints } = await world.visit(`${url}/rebalancing`);
      await page.getByText("No run is scheduled. One plan waits for you.").waitFor({ timeout: FIT_MS });
      await page
        .getByRole("region", { name: /^Waiting: Weekly plan of \d/ })
        .getByText(/^The weekly run proposes/)
        .waitFor();
      const chart = card(page, "Promised against realised");
      await chart.getByText(/earned in|lost in/).waitFor({ timeout: FIT_MS });
      expect(await chart.locator(".realised-mark").count()).toBeGreaterThan(2);
      await chart.locator("svg[role=img]").press("End");
      await chart.getByText("too early to tell").first().waitFor();
      const timeline = card(page, "Week by week").getByRole("listitem");
      expect(await timeline.count()).toBeGreaterThan(8);
      await card(page, "Week by week")
        .getByText("Spend: ads has said nothing for 80 hours", { exact: false })
        .waitFor();
      await card(page, "Decided otherwise").getByText("Not before the fair.").first().waitFor();
      await card(page, "Runs").getByText("blocked").first().waitFor();
      expect(await findBarriers(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close(page);
    },
    FIT_MS,
  );

  test("opens the plan with its guard-rails, takes a comment, and other amounts with a reason", async () => {
    const { page, complaints } = await world.visit(`${url}/proposals`);
    await page.waitForURL(/\/rebalancing/);
    await page.getByRole("link", { name: "Open and decide" }).click();
    const rails = card(page, "Guard-rails");
    await rails.getByText("10.0% of the budget move, 17.0% would be best", { exact: false }).waitFor();
    await rails.getByRole("button", { name: "Show the 1 that passed" }).click();
    await rails.getByText("All sources are newer than 72 hours.").waitFor();
    await page.getByRole("textbox", { name: "Comment" }).fill("Stock is back on Friday.");
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await card(page, "Comments").getByText("Stock is back on Friday.").waitFor();
    await page.getByRole("button", { name: "Change amounts" }).click();
    const amounts = page.getByRole("group", { name: "Change amounts" });
    const field = amounts.getByLabel(`Amount of ${channels[0]}`);
    const before = await field.inputValue();
    await field.fill("1");
    await amounts.getByText(/to give yet|too much/).waitFor();
    await field.fill(before);
    await settle(page);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await card(page, "On its way to the platforms").getByText("to be sent").first().waitFor();
    await page.getByRole("button", { name: "Mark all as sent" }).click();
    await card(page, "On its way to the platforms").getByText("by hand", { exact: false }).first().waitFor();
    expect(complaints).toEqual([]);
    await close(page);
  });

  test("is set in its own tab: schedule, guard-rails, webhooks with a secret that is shown once", async () => {
    const { page, complaints } = await world.visit(`${url}/settings/rebalancing`);
    await page.getByText("It runs when somebody starts it.").waitFor();
    await page.getByLabel("Run by schedule").check();
    await page.getByLabel("Weekday").selectOption("2");
    await page.getByLabel("Largest change of a channel").fill("15");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/^It runs by 0 6 \* \* 2/).waitFor();
    await page.reload();
    expect(await page.getByLabel("Largest change of a channel").inputValue()).toBe("15");
    await page.getByLabel("Name", { exact: true }).fill("finance");
    await page.getByLabel("Address", { exact: true }).fill("https://hooks.example/touchline");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText(/whsec_/).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "I have kept it" }).click();
    expect(await page.getByText(/whsec_/).count()).toBe(0);
    await card(page, "Webhooks")
      .getByRole("rowheader", { name: /finance/ })
      .waitFor();
    expect(complaints).toEqual([]);
    await close(page);
  });

  test("fits a phone, in French", async () => {
    for (const path of ["/rebalancing", "/settings/rebalancing"]) {
      const { page, complaints } = await world.visit(`${url}${path}`, { locale: "fr-FR", width: 390 });
      await page.getByRole("heading", { name: "Rééquilibrage", level: 1 }).waitFor();
      await settle(page);
      await fits(page);
      expect(complaints).toEqual([]);
      await close(page);
    }
  });

  test("says in French what runs wrote down in English", async () => {
    const { page } = await world.visit(`${url}/rebalancing`, { locale: "fr-FR" });
    await card(page, "Calculs").getByText("ads n’a rien dit depuis 80 heures", { exact: false }).waitFor();
    await card(page, "Calculs").getByRole("link").first().waitFor();
    await page.getByText("Plan hebdomadaire du", { exact: false }).first().waitFor();
    expect(await page.locator("main").textContent()).not.toMatch(/Weekly plan|weekly job|has said nothing/);
    await close(page);
  });
});
