import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { simulateRegionalShop } from "../support/regional-shop.ts";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

/** A shop in twelve regions with a test that is over, and one that knows no regions, looked at with a real browser. */
const shop = simulateRegionalShop(0.2);
let world: PageWorld;
let server: string;
let plainServer: string;

beforeAll(async () => {
  world = await openPageWorld();
  const load = (data: string, kind: string, name: string, content: string) =>
    world.load("import", kind, world.file(name, content), "--data", world.data(data));
  await load("data", "conversions", "c.csv", shop.conversions);
  await load("data", "spend", "s.csv", shop.spend);
  const head = "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency";
  await load("plain", "conversions", "p.csv", `${head}\n1,2026-01-01T10:00:00Z,v,purchase,1,EUR\n`);
  await load("plain", "spend", "q.csv", "date,channel,campaign,cost,currency\n2026-01-01,Search,c,5,EUR\n");
  [server, plainServer] = await Promise.all([world.serve(world.data("data")), world.serve(world.data("plain"))]);
});
afterAll(() => world?.close());

const visit = ({ url = server, ...options }: { locale?: string; width?: number; url?: string } = {}) =>
  world.visit(`${url}/tests`, options);

async function analyse(page: Page): Promise<void> {
  const form = card(page, "Analyse a geo test");
  await form.getByLabel("Channel").selectOption("Radio");
  for (const region of shop.tested) await form.getByRole("checkbox", { name: new RegExp(`^${region}\\b`) }).check();
  await form.getByLabel("First day").fill(shop.dayOf(76));
  await form.getByLabel("Last day").fill(shop.dayOf(89));
  await form.getByRole("button", { name: "Analyse it" }).click();
  await form.getByText(/more than without\./).waitFor();
}

describe("the page of tests", () => {
  test("says what to do where there are none, and where no booking names a region", async () => {
    const { page, complaints } = await visit({ url: plainServer });
    await page.getByText("No lift test yet").waitFor();
    await page.getByText("No booked conversion names a region.").waitFor();
    expect(await page.getByRole("link", { name: "Tests" }).getAttribute("aria-current")).toBe("page");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("designs a geo test and hands its regions to the analysis", async () => {
    const { page, complaints } = await visit();
    const design = card(page, "Design a geo test");
    await design.getByRole("button", { name: "Design it" }).click();
    await design.getByText(/show an effect from/).waitFor();
    await design.getByRole("button", { name: "Analyse these" }).first().click();
    expect(await card(page, "Analyse a geo test").getByRole("checkbox", { checked: true }).count()).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("analyses one, draws it, and keeps it as a test", async () => {
    const { page, complaints } = await visit();
    await analyse(page);
    const form = card(page, "Analyse a geo test");
    await form.getByRole("img", { name: /Radio brought/ }).waitFor();
    await form.getByRole("row", { name: /Difference-in-differences/ }).waitFor();
    await form.getByLabel("Keep it as").fill("radio-geo");
    await form.getByRole("button", { name: "Keep the test" }).click();
    await form.getByText("radio-geo is kept.").waitFor();
    await card(page, "Tests beside the model").getByText("radio-geo · Geo test").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("takes a result that is typed in, and says why one cannot be", async () => {
    const { page } = await visit();
    const form = card(page, "Enter a test");
    const send = form.getByRole("button", { name: "Keep the test" });
    await send.click();
    expect(await form.getByText("This is needed.").count()).toBe(6);
    for (const [label, text] of [
      ["Name", "typed"],
      ["First day", "2026-02-01"],
      ["Last day", "2026-02-14"],
      ["Spend tested", "840"],
      ["Incremental conversions", "99,000"],
      ["Standard error", "30"],
    ] as const)
      await form.getByLabel(label).fill(text);
    await send.click();
    await form.getByText(/Not kept: the test typed is not taken: the test claims 99,000 conversions/).waitFor();
    await form.getByLabel("Incremental conversions").fill("300");
    await send.click();
    await form.getByText("typed is kept.").waitFor();
    await card(page, "Tests beside the model").getByText("typed · Holdout").waitFor();
    await page.context().close();
  });

  test("speaks French, and fits a phone", async () => {
    const french = await visit({ locale: "fr-FR" });
    await french.page
      .getByText(/tests? d’incrémentalité/)
      .first()
      .waitFor();
    expect(french.complaints).toEqual([]);
    await french.page.context().close();
    const { page } = await visit({ width: 390 });
    await analyse(page);
    const [content, window] = (await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")) as number[];
    expect(content).toBeLessThanOrEqual(window!);
    await page.context().close();
  });

  test("names a server that went away, and comes back with it", async () => {
    const { page } = await visit();
    await page
      .getByText(/lift test/)
      .first()
      .waitFor();
    await page.route("**/trpc/**experiments.**", (route) => route.abort());
    await page.reload();
    const retry = page.getByRole("button", { name: "Try again" }).first();
    await retry.waitFor({ timeout: 30_000 });
    await page.unroute("**/trpc/**experiments.**");
    await retry.click();
    await page
      .getByText(/lift test/)
      .first()
      .waitFor();
    await page.context().close();
  });
});
