import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSimulatedShop } from "@touchline/server/demo";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, runTouchline, startServer } from "../support/process.ts";
import { type OpenBrowser, openChromium } from "./chromium.ts";
import { browserCookies } from "./page-world.ts";

/** A small shop is loaded with the public commands, served by the real server, and looked at with a real browser. */
let folder: string;
let server: RunningServer;
let emptyServer: RunningServer;
let browser: OpenBrowser;
/** Of the owner of each server. */
let cookies: Awaited<ReturnType<typeof browserCookies>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-page-"));
  const data = join(folder, "data");
  const shop = await writeSimulatedShop(join(folder, "shop"), { people: 3_000, days: 150, seed: 5 });
  await runTouchline(["settings", "--data", data, "--time-zone", "Europe/Paris", "--currency", "EUR"]);
  for (const kind of ["touchpoints", "spend", "conversions"] as const) {
    const { exitCode, stderr } = await runTouchline(["import", kind, shop[kind], "--data", data]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  }
  [server, emptyServer, browser] = await Promise.all([
    startServer(["serve", "--data", data]),
    startServer(["serve", "--data", join(folder, "empty")]),
    openChromium(),
  ]);
  cookies = (await Promise.all([server, emptyServer].map(browserCookies))).flat();
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.stop(), emptyServer?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

interface Visit {
  readonly page: Page;
  /** What the browser complained about: a page without complaints has none. */
  readonly complaints: string[];
}

async function visit(
  path: string,
  options: { locale?: string; width?: number; colorScheme?: "light" | "dark"; url?: string } = {},
): Promise<Visit> {
  const context = await browser.browser.newContext({
    locale: options.locale ?? "en-GB",
    colorScheme: options.colorScheme ?? "light",
    viewport: { width: options.width ?? 1_440, height: 1_000 },
  });
  const address = options.url ?? server.url;
  await context.addCookies(cookies.filter(({ url }) => url === address)); // Cookies of one host are shared by its ports.
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${address}${path}`);
  return { page, complaints };
}

const text = async (page: Page): Promise<string> => (await page.locator("main").textContent()) ?? "";

describe("the four pages", () => {
  const pages = [
    ["/performance", "Performance", /of revenue/],
    ["/attribution", "Attribution", /Against last touch|models/],
    ["/curves", "Curves", /The next euro a day brings/],
    ["/planner", "Planner", /credited revenue/],
  ] as const;
  test.each(pages)(
    "%s answers with its figures and without a complaint of the browser",
    async (path, name, sentence) => {
      const { page, complaints } = await visit(path);
      await page.getByText(sentence).first().waitFor();
      await page.getByText("Paid Search").first().waitFor();
      expect(await page.getByRole("link", { name }).first().getAttribute("aria-current")).toBe("page");
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  test.each(pages)("%s fits a phone: nothing scrolls sideways", async (path, _name, sentence) => {
    const { page } = await visit(path, { width: 390 });
    await page.getByText(sentence).first().waitFor();
    const [content, window] = (await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")) as [
      number,
      number,
    ];
    expect(content).toBeLessThanOrEqual(window);
    await page.context().close();
  });
});

describe("attribution", () => {
  test("says what would have come anyway, how sure it is, and why a channel is to be read with care", async () => {
    const { page, complaints } = await visit("/attribution");
    await page
      .getByText(/would have come without marketing/)
      .first()
      .waitFor();
    const words = await text(page);
    expect(words).toContain("90% interval");
    expect(words).toContain("Baseline");
    const mark = page.getByRole("button", { name: "Own visits" });
    await mark.focus();
    await page.getByRole("tooltip").filter({ hasText: "People come by themselves" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("tooltip").filter({ visible: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("offers the models in groups, and says what a rule gives against last touch", async () => {
    const { page } = await visit("/attribution");
    const picker = page.getByRole("combobox");
    await picker.waitFor();
    expect(await picker.locator("optgroup").count()).toBe(3);
    await picker.selectOption("linear");
    await page.getByText(/Against last touch, Linear gives/).waitFor();
    await expect.poll(() => page.url()).toContain("model=linear");
    await page.context().close();
  });
});

describe("planner", () => {
  test("a new budget is planned as it is typed, and the field keeps the focus", async () => {
    const { page, complaints } = await visit("/planner");
    await page
      .getByText(/credited revenue/)
      .first()
      .waitFor();
    const { stdout } = await runTouchline(["optimise", "--json", "--max-change", "20", "--data", join(folder, "data")]);
    const today = (JSON.parse(stdout) as { allocation: { current: string }[] }).allocation.reduce(
      (sum, { current }) => sum + Number(current),
      0,
    );
    const asked = Math.round(today * 0.9);
    const budget = page.getByLabel(/budget/i).first();
    await budget.fill(String(asked));
    // What the page asks is streamed to it: the same question by itself.
    const input = JSON.stringify({ period: "week", budget: asked, exact: false, maxChange: 0.2, bounds: [] });
    const answer = await page.request.get(`${server.url}/trpc/planning.propose`, {
      params: { input },
      headers: { "x-workspace": "default" },
    });
    const { result } = (await answer.json()) as {
      result: { data: { status: string; allocation: { recommended: string }[] } };
    };
    expect(result.data.status).toBe("optimal");
    const planned = result.data.allocation.reduce(
      (sum, { recommended }) => sum + Math.round(Number(recommended) * 100),
      0,
    );
    expect(planned).toBe(asked * 100);
    await page.getByText(asked.toLocaleString("en-GB")).first().waitFor();
    expect(await page.evaluate("document.activeElement?.tagName")).toBe("INPUT");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("limits that contradict each other are named, with a way out", async () => {
    const { page } = await visit("/planner");
    await page
      .getByText(/credited revenue/)
      .first()
      .waitFor();
    await page
      .getByLabel(/budget/i)
      .first()
      .fill("10");
    await page.getByLabel(/floor/i).first().fill("500");
    await page
      .getByText(/contradict|cannot|impossible/i)
      .first()
      .waitFor();
    await page.context().close();
  });
});

describe("language and theme", () => {
  test("a French browser gets French words and numbers, and the choice is kept", async () => {
    const { page } = await visit("/", { locale: "fr-FR" });
    await page.getByText("Aujourd\u2019hui").first().waitFor();
    await page
      .getByText(/\d\s\u20ac/)
      .first()
      .waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
    await page.getByRole("radio", { name: "English" }).click();
    await page
      .getByText(/of revenue/)
      .first()
      .waitFor();
    await page.reload();
    await page
      .getByText(/of revenue/)
      .first()
      .waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.context().close();
  });

  test("dark follows the system", async () => {
    const brightness = async (colorScheme: "light" | "dark") => {
      const { page } = await visit("/", { colorScheme });
      await page
        .getByText(/of revenue/)
        .first()
        .waitFor();
      const colour = (await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")) as string;
      await page.context().close();
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
      return red + green + blue;
    };
    expect(await brightness("light")).toBeGreaterThan(600);
    expect(await brightness("dark")).toBeLessThan(150);
  });
});

describe("when there is nothing or something is wrong", () => {
  test.each(["/", "/attribution", "/curves", "/planner"])("%s of an empty folder says how to begin", async (path) => {
    const { page, complaints } = await visit(path, { url: emptyServer.url });
    await page.getByText("Nothing imported yet").first().waitFor();
    expect(await text(page)).toContain("npx touchline demo");
    expect(await text(page)).toContain("npx touchline import touchpoints");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("an address that does not exist says so", async () => {
    const { page } = await visit("/nowhere");
    await page
      .getByText(/no page|not found|does not exist/i)
      .first()
      .waitFor();
    await page.context().close();
  });

  test("a server that goes away is named, and the page recovers when it is back", async () => {
    const { page } = await visit("/");
    await page
      .getByText(/of revenue/)
      .first()
      .waitFor();
    await page.route("**/trpc/**", (route) => route.abort());
    await page.goto(`${server.url}/attribution`);
    const retry = page.getByRole("button", { name: /again|retry/i }).first();
    await retry.waitFor({ timeout: 30_000 });
    await page.unroute("**/trpc/**");
    await retry.click();
    await page.getByText("Paid Search").first().waitFor();
    await page.context().close();
  });
});

// Last, because it changes the data.
test("an import beside the open dashboard shows on it without a reload", async () => {
  const { page } = await visit("/performance");
  await page
    .getByText(/of revenue/)
    .first()
    .waitFor();
  const path = join(folder, "large-order.csv");
  writeFileSync(
    path,
    "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency\nlarge,2026-10-31T08:00:00Z,somebody,purchase,7654321,EUR\n",
  );
  const { exitCode } = await runTouchline(["import", "conversions", path, "--data", join(folder, "data")]);
  expect(exitCode).toBe(0);
  await page
    .getByText(/7,[67]\d\d,\d\d\d/)
    .first()
    .waitFor({ timeout: 20_000 });
  await page.context().close();
});
