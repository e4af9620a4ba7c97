import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listPages, settle } from "./page-list.ts";
import { openPageWorld, type PageWorld } from "./page-world.ts";

/** Pictures of every page in every state, for people to look at, and what a machine can see of them by itself. */
const PICTURES = fileURLToPath(new URL("./screenshots/", import.meta.url));
const SECTIONS = readdirSync(new URL("../../client/src/i18n/", import.meta.url))
  .map((name) => /^en-(\w+)\.ts$/.exec(name)?.[1])
  .filter((name) => name !== undefined);

let world: PageWorld;
let url: string;
let emptyUrl: string;

beforeAll(async () => {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  world = await openPageWorld();
  await world.loadSmallShop(world.data("data"));
  [url, emptyUrl] = await Promise.all([world.serve(world.data("data")), world.serve(world.data("empty"))]);
});
afterAll(() => world?.close());

const PAGES = listPages();

async function take(page: Page, path: string, state: string): Promise<void> {
  const name = path === "/" ? "today" : path.slice(1).replaceAll("/", "-");
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${PICTURES}${name}.${state}.png`, fullPage: true });
}

async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: width < 500 ? 844 : 800 });
  // Charts are drawn anew for their size.
  await page.waitForTimeout(250);
}

/** Keys that were shown instead of their texts, and values that are none. */
async function findGarbage(page: Page): Promise<string[]> {
  const text = (await page.evaluate(`(() => {
    const copy = document.body.cloneNode(true);
    for (const each of copy.querySelectorAll("code, pre, kbd, script")) each.remove();
    return copy.textContent;
  })()`)) as string;
  const key = new RegExp(`\\b(${SECTIONS.join("|")})\\.[a-z][A-Za-z]+(\\.[a-z]\\w+)*\\b`, "g");
  return [...(text.match(key) ?? []), ...(text.match(/\b(undefined|NaN|Infinity)\b|\[object |\{\{/g) ?? [])];
}

/** Words that do not fit where they stand. What is cut with an ellipsis on purpose says the whole in its title. */
async function findCutWords(page: Page): Promise<string[]> {
  return (await page.evaluate(`[...document.querySelectorAll("h1, h2, h3, button, th, td, .headline, .tile-value, legend")]
    .filter((each) => {
      const { width, height } = each.getBoundingClientRect();
      const { overflowX, textOverflow } = getComputedStyle(each);
      if (width < 2 || height < 2 || overflowX === "auto" || (textOverflow === "ellipsis" && each.title !== "")) return false;
      return each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0;
    })
    .map((each) => each.tagName + "." + each.className + ": " + each.textContent.slice(0, 60))`)) as string[];
}

const isWide = async (page: Page): Promise<boolean> =>
  (await page.evaluate("document.documentElement.scrollWidth > innerWidth")) as boolean;

describe("with data", () => {
  test.each(PAGES)("%s is whole in light, dark and French, on a small screen and a phone", async (path) => {
    const { page, complaints } = await world.visit(`${url}/w/default${path}`);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await settle(page);
    await take(page, path, "light");
    expect(await findGarbage(page)).toEqual([]);
    const cut = { desk: await findCutWords(page), small: [] as string[], phone: [] as string[] };
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await take(page, path, "dark");
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await resize(page, 1_024);
    await take(page, path, "1024");
    const wide = { small: await isWide(page), phone: false };
    cut.small = await findCutWords(page);
    await resize(page, 390);
    await take(page, path, "390");
    wide.phone = await isWide(page);
    cut.phone = await findCutWords(page);
    expect({ wide, cut }).toEqual({ wide: { small: false, phone: false }, cut: { desk: [], small: [], phone: [] } });
    expect(complaints).toEqual([]);
    await page.context().close();

    const french = await world.visit(`${url}/w/default${path}`, { locale: "fr-FR" });
    await french.page.emulateMedia({ reducedMotion: "reduce" });
    await settle(french.page);
    await take(french.page, path, "french");
    expect(await findGarbage(french.page)).toEqual([]);
    expect(await findCutWords(french.page)).toEqual([]);
    expect(french.complaints).toEqual([]);
    await french.page.context().close();
  });
});

describe("without", () => {
  test.each(PAGES)("%s of an empty workspace says what comes next", async (path) => {
    const { page, complaints } = await world.visit(`${emptyUrl}/w/default${path}`);
    await page.locator("h1").first().waitFor();
    await settle(page);
    await take(page, path, "empty");
    expect(await findGarbage(page)).toEqual([]);
    expect(
      await page
        .locator("main")
        .getByRole("link")
        .or(page.locator("main").getByRole("button"))
        .or(page.locator("main code"))
        .count(),
    ).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** What every page asks before it can be shown at all. */
const NEEDED = /account\.me|workspace\.status/;

describe("when the server fails", () => {
  test.each(PAGES)("%s keeps its place while it waits, and says what to do once it is refused", async (path) => {
    const { page } = await world.visit(`${url}/healthz`);
    let isWaiting = true;
    await page.route("**/trpc/**", async (route) => {
      if (NEEDED.test(route.request().url())) return route.continue();
      if (isWaiting) return;
      await route.fulfill({ status: 500, contentType: "text/plain", body: "" });
    });
    await page.goto(`${url}/w/default${path}`);
    await page.locator("main").waitFor();
    await page.waitForTimeout(500);
    await take(page, path, "loading");
    isWaiting = false;
    await page.reload();
    await page.locator("main").waitFor();
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(1_500);
    await take(page, path, "error");
    expect(await findGarbage(page)).toEqual([]);
    expect(await page.locator(".page-crash").count()).toBe(0);
    await page.context().close();
  });
});
