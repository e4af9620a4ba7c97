import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPageWorld, type PageWorld } from "./page-world.ts";

/** The palette, the shortcuts and the first steps, in a real browser. */

let world: PageWorld;
let shop: string;
let empty: string;

beforeAll(async () => {
  world = await openPageWorld();
  await world.loadSmallShop(world.data("shop"));
  shop = await world.serve(world.data("shop"));
  empty = await world.serve(world.data("empty"));
});
afterAll(() => world?.close());

const pathOf = (page: Page) => new URL(page.url()).pathname.replace(/^\/w\/[^/]+/, "");
const field = (page: Page) => page.getByRole("combobox", { name: "Go to anything" });

async function openPalette(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  await page.keyboard.press("Control+k");
  await field(page).waitFor();
}

describe("the palette", () => {
  it("leads to a page from the keyboard alone, and gives the focus back when it is left", async () => {
    const { page, complaints } = await world.visit(`${shop}/performance`);
    const button = page.getByRole("button", { name: "Search and commands" });
    await button.waitFor();
    await button.focus();
    await page.keyboard.press("Enter");
    await field(page).waitFor();
    await page.keyboard.press("Escape");
    await field(page).waitFor({ state: "hidden" });
    expect(await button.and(page.locator(":focus")).count()).toBe(1);
    await openPalette(page);
    await page.keyboard.type("curv");
    await page.getByRole("option", { name: "Curves" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/curves/);
    expect(complaints).toEqual([]);
  });

  it("finds a channel, and opens Performance narrowed to it", async () => {
    const { page } = await world.visit(`${shop}/attribution`);
    await openPalette(page);
    await page.keyboard.type("search");
    const found = page.getByRole("group", { name: "Channels" }).getByRole("option").first();
    await found.waitFor();
    const name = await found.innerText();
    await found.click();
    await page.waitForURL(/\/performance/);
    await expect.poll(() => decodeURIComponent(page.url().replaceAll("+", " "))).toContain(name.trim());
  });

  it("finds French words without accents in the French page, and says what it does not find", async () => {
    const { page } = await world.visit(`${shop}/`, { locale: "fr-FR" });
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    await page.keyboard.press("Control+k");
    const french = page.getByRole("combobox", { name: "Aller partout" });
    await french.waitFor();
    await french.fill("equipe");
    await page.getByRole("option", { name: "Équipe et invitations" }).waitFor();
    await french.fill("xyzzy");
    await page.getByText("Rien ne s’appelle").waitFor();
  });
});

describe("shortcuts", () => {
  it("go to pages, move the days, and are listed", async () => {
    const { page } = await world.visit(`${shop}/performance?days=last7`);
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    await page.getByRole("main").getByRole("heading").first().waitFor();
    await page.keyboard.press("[");
    await page.waitForURL(/from=/);
    await page.keyboard.press("g");
    await page.keyboard.press("j");
    await page.waitForURL(/\/journeys/);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  });

  it("can be switched off, and stay so", async () => {
    const { page } = await world.visit(`${shop}/journeys`);
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("checkbox", { name: "Shortcuts of a single character" }).uncheck();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await openPalette(page);
    expect(pathOf(page)).toBe("/journeys");
  });
});

describe("an empty workspace", () => {
  it("says what to do first, and leads there", async () => {
    const { page, complaints } = await world.visit(`${empty}/`);
    await page.getByRole("heading", { name: "Nothing imported yet" }).waitFor();
    await page.getByRole("heading", { name: "Make a first plan" }).waitFor();
    await page.getByRole("link", { name: "Import a file" }).click();
    await page.waitForURL(/\/data\/import/);
    expect(complaints).toEqual([]);
  });
});
