import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

/** A small shop, planned with a real browser. */
let world: PageWorld;
let server: string;

beforeAll(async () => {
  world = await openPageWorld();
  await world.loadSmallShop(world.data("data"));
  server = await world.serve(world.data("data"));
});
afterAll(() => world?.close());

/** The first visit fits the curves. */
const FIT_MS = 120_000;

async function visit(search = "", options: { locale?: string; width?: number } = {}) {
  const visited = await world.visit(`${server}/planner${search}`, options);
  await visited.page.locator(".moves-table, .infeasible-card").first().waitFor({ timeout: FIT_MS });
  return visited;
}

const chips = (page: Page) => page.locator(".limits-card .chips");
const settled = (page: Page) => expect.poll(() => page.locator(".planner .is-stale").count()).toBe(0);

/** Milliseconds from the next key to the next plan on the screen, told by the page itself. */
const NEXT_PLAN = `new Promise((resolve) => {
  const sentence = () => document.querySelector(".moves-card:not(.is-stale) .card-sentence")?.textContent;
  const before = sentence();
  let started;
  addEventListener("input", () => { started = performance.now(); }, { once: true, capture: true });
  const look = () => {
    const now = sentence();
    if (started !== undefined && now !== undefined && now !== before) resolve(performance.now() - started);
    else requestAnimationFrame(look);
  };
  look();
})`;

describe("limits", () => {
  test(
    "are chips once they are set, live in the address, and come off one by one",
    async () => {
      const { page, complaints } = await visit();
      await page.getByRole("button", { name: "More limits of Display" }).click();
      await page.getByLabel(/^Exactly/).fill("100");
      await page.getByText("Groups", { exact: true }).click();
      await page.getByRole("button", { name: "Add a group" }).click();
      const returns = page.getByRole("group").filter({ hasText: "Returns overall" });
      await returns.getByText("Returns overall").click();
      // A group has a field of that name too.
      await returns.getByLabel("ROAS at least").fill("0.01");
      await expect.poll(() => chips(page).getByRole("button").count()).toBe(3);
      await expect.poll(() => page.url()).toMatch(/groups=.*roas=|roas=.*groups=/);
      await page.reload();
      await expect.poll(() => chips(page).getByRole("button").count()).toBe(3);
      await chips(page).getByRole("button").first().click();
      await expect.poll(() => chips(page).getByRole("button").count()).toBe(2);
      await page.getByRole("button", { name: "Reset" }).click();
      await expect.poll(() => chips(page).count()).toBe(0);
      await expect.poll(() => new URL(page.url()).search).toBe("");
      expect(complaints).toEqual([]);
    },
    FIT_MS,
  );

  test("that contradict each other are repaired by one press", async () => {
    const { page } = await visit("?budget=1");
    await page.locator(".infeasible-card").waitFor();
    await page.getByRole("button", { name: "Apply", exact: true }).first().click();
    await page.locator(".moves-table").waitFor();
    expect(await page.locator(".infeasible-card").count()).toBe(0);
  });

  test("change the plan soon after a key is pressed", async () => {
    const { page } = await visit();
    const field = page.locator(".limits-card").getByLabel("Budget a week");
    const today = Number((await field.getAttribute("placeholder"))?.replace(/\D/g, ""));
    expect(today).toBeGreaterThan(0);
    const times: number[] = [];
    for (const share of [0.98, 0.95, 1.02, 0.97, 1.05]) {
      const shown = page.evaluate(NEXT_PLAN) as Promise<number>;
      await field.fill(String(Math.round(today * share)));
      times.push(await shown);
    }
    console.log(`From a key to the new plan, in ms: ${times.map(Math.round).join(", ")}`);
    expect(times).toHaveLength(5);
  });
});

describe("the plan", () => {
  test("a bar moved by keys is planned around, and can be held there", async () => {
    const { page, complaints } = await visit();
    const slider = page
      .getByRole("slider")
      .filter({ has: page.locator(".bar") })
      .first();
    await slider.focus();
    for (let press = 0; press < 5; press++) await page.keyboard.press("ArrowRight");
    const trial = page.locator(".trial");
    await trial.getByText(/The best split around it|No split of the other/).waitFor({ timeout: 20_000 });
    await page.keyboard.press("Escape");
    await expect.poll(() => trial.count()).toBe(0);
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    await trial.getByRole("button", { name: "Hold it there" }).click();
    await expect.poll(() => chips(page).getByText("exactly").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test("every figure tells where it comes from, and the focus comes back", async () => {
    const { page, complaints } = await visit();
    await settled(page);
    const figures = page.locator(".figure-button");
    expect(await figures.count()).toBeGreaterThan(8);
    const drawer = page.getByRole("dialog");
    for (const index of [0, 1, 2]) {
      await figures.nth(index).click();
      await drawer.getByText("Credit from the run").waitFor();
      expect(await drawer.locator("dt").count()).toBeGreaterThan(1);
      await page.keyboard.press("Escape");
      await expect.poll(() => drawer.count()).toBe(0);
      expect(await page.evaluate("document.activeElement?.className")).toContain("figure-button");
    }
    expect(complaints).toEqual([]);
  });
});

describe("below the plan", () => {
  test("other budgets are a chart and a table, and a target is answered with money", async () => {
    const { page, complaints } = await visit();
    const frontier = card(page, "What other budgets would bring");
    // Below the plan: worked out once somebody comes near it.
    await page.locator(".when-seen").scrollIntoViewIfNeeded();
    await frontier.locator(".frontier-line").first().waitFor({ timeout: 30_000 });
    await frontier.getByRole("button", { name: "Show table" }).click();
    expect(await frontier.locator("tbody tr").count()).toBeGreaterThan(5);
    await page.getByRole("radio", { name: "the highest ROAS" }).click();
    await page.getByLabel(/Spend at least/).fill("500");
    await page.locator(".seek-answer").waitFor({ timeout: 30_000 });
    expect(await page.locator(".seek-answer").textContent()).toMatch(/ROAS|Nothing could be proved|No plan/);
    expect(complaints).toEqual([]);
  });

  test("the weeks are drawn and listed", async () => {
    const { page, complaints } = await visit("?view=weeks");
    await page.locator(".weeks-card .week-part").first().waitFor({ timeout: 60_000 });
    expect(await page.locator(".weeks-card tbody tr").count()).toBe(8);
    await page.getByRole("spinbutton", { name: "Weeks" }).fill("4");
    await expect.poll(() => page.locator(".weeks-card tbody tr").count(), { timeout: 60_000 }).toBe(4);
    expect(complaints).toEqual([]);
  });

  test("scenarios are saved, compared, renamed, loaded and deleted", async () => {
    const { page, complaints } = await visit("?view=scenarios");
    const save = async (name: string) => {
      const form = page.getByRole("form", { name: "Save this plan" });
      await form.getByLabel("Name", { exact: true }).fill(name);
      await form.getByRole("button", { name: "Save this plan" }).click();
      await page.getByText(`Saved as “${name}”.`).waitFor();
    };
    await save("Careful");
    await page.getByLabel("Largest change").fill("50");
    await chips(page).getByText("50%").waitFor();
    await settled(page);
    await save("Bold");
    await page.getByLabel("Compare Careful").check();
    await page.getByLabel("Compare Bold").check();
    await page.locator(".side-table").waitFor({ timeout: 30_000 });
    expect(await page.locator(".side-table thead th").count()).toBe(5);
    await page.getByText("What changed since “Bold”").waitFor();
    const row = page.locator(".scenarios-table tbody tr").filter({ hasText: "Careful" });
    await row.getByRole("button", { name: "Load" }).click();
    await expect.poll(() => chips(page).count()).toBe(0);
    await row.getByRole("button", { name: "Rename" }).click();
    await page.locator(".rename-form input").fill("Gentle");
    await page.keyboard.press("Enter");
    const renamed = page.locator(".scenarios-table tbody tr").filter({ hasText: "Gentle" });
    await renamed.getByRole("button", { name: "Delete" }).click();
    await renamed.getByRole("button", { name: "Delete for good" }).click();
    await expect.poll(() => page.locator(".scenarios-table tbody tr").count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});

describe("the page", () => {
  test.each(["budgets", "weeks", "scenarios"])("speaks French and fits a phone: %s", async (view) => {
    const { page, complaints } = await visit(`?view=${view}`, { locale: "fr-FR", width: 390 });
    await page.getByRole("tab", { selected: true }).waitFor();
    await expect.poll(() => page.locator(".skeleton").count(), { timeout: 60_000 }).toBe(0);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    expect(await page.locator("main").textContent()).not.toMatch(/\{\{|planner\.|studies\.|scenarios\.|undefined/);
    expect(complaints).toEqual([]);
  });
});
