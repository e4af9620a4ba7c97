import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBarriers } from "./axe.ts";
import { listPages, loaded, settle } from "./page-list.ts";
import { openPageWorld, type PageWorld } from "./page-world.ts";

/** What axe finds against WCAG 2.2 AA: nothing, on any page, in either theme and language, on a desk and on a phone. */
let world: PageWorld;
let url: string;

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  url = await world.serve(data);
});
afterAll(() => world?.close());

const DESK = { width: 1_440, height: 1_000 };
const PHONE = { width: 390, height: 844 };

async function open(path: string, locale: string): Promise<Page> {
  const { page } = await world.visit(`${url}${path}`, { locale });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await settle(page);
  return page;
}

/** Looks at a page in both themes and at both sizes. @returns what is wrong, with where it was seen */
async function lookAround(page: Page): Promise<string[]> {
  const found: string[] = [];
  const look = async (where: string, scope?: "colours") => {
    for (const barrier of await findBarriers(page, scope)) found.push(`${where}: ${barrier}`);
  };
  await look("light");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await look("dark", "colours");
  await page.setViewportSize(PHONE);
  await look("dark, phone");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(DESK);
  return found;
}

/** Opens one after the other what a page keeps folded: menus, drawers, explanations. */
async function lookInside(page: Page, within: string): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const button of await page
    .locator(`${within} button[aria-expanded=false], ${within} button[aria-haspopup]`)
    .elementHandles()) {
    const name = (await button.innerText()).trim() || ((await button.getAttribute("aria-label")) ?? "");
    if (seen.has(name) || !(await button.isVisible()) || !(await button.isEnabled())) continue;
    seen.add(name);
    await button.click();
    await loaded(page);
    for (const barrier of await findBarriers(page)) found.push(`${name} open: ${barrier}`);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    for (const barrier of await findBarriers(page, "colours")) found.push(`${name} open, dark: ${barrier}`);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.keyboard.press("Escape");
    if ((await button.getAttribute("aria-expanded")) === "true") await button.click();
  }
  return found;
}

const INSIDE = listPages().map((path) => `/w/default${path}`);
const OUTSIDE = ["/w/default/nowhere", "/w/elsewhere/", "/link#token=dead"];

describe("in English", () => {
  test.each([...INSIDE, ...OUTSIDE])("%s has no barrier", async (path) => {
    const page = await open(path, "en-GB");
    expect(await lookAround(page)).toEqual([]);
    expect(await lookInside(page, "main")).toEqual([]);
    const tables = page.getByRole("button", { name: "Show table" });
    while ((await tables.count()) > 0) await tables.first().click(); // One that is shown has another name.
    expect(await findBarriers(page)).toEqual([]);
    await page.context().close();
  });

  test("nothing of the bar at the top and of the palette is one", async () => {
    const page = await open("/w/default/performance", "en-GB");
    expect(await lookInside(page, "header.top-bar")).toEqual([]);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.context().close();
  });
});

describe("in French", () => {
  test.each([...INSIDE, ...OUTSIDE])("%s has no barrier", async (path) => {
    const page = await open(path, "fr-FR");
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
    expect(await findBarriers(page)).toEqual([]);
    await page.context().close();
  });
});

describe("signed out", () => {
  test.each(["en-GB", "fr-FR"])("the way in has no barrier in %s", async (locale) => {
    const page = await open("/w/default/", locale);
    await page.context().clearCookies();
    await page.goto(`${url}/sign-in`);
    await settle(page);
    expect(await lookAround(page)).toEqual([]);
    await page.context().close();
  });
});
