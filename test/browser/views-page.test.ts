import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../support/process.ts";
import { Caller, ownerOf, PASSWORD } from "../support/sign-in.ts";
import { openPageWorld, type PageWorld } from "./page-world.ts";

/** What a page is asked with, kept under a name, and what stands beside its days. */
let world: PageWorld;
let server: RunningServer;
let owner: Caller;
let member: Caller;

/** Under a model that has nothing to fit: what is looked at here are no figures. */
const PERFORMANCE = "/w/default/performance?model=last";
/** The first visit credits the conversions. */
const FIRST_MS = 120_000;

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  server = await startServer(["serve", "--data", data]);
  owner = await ownerOf(server, { name: "Olga Owner" });
  await owner.ask("team.invite", { email: "vera@shop.example", role: "viewer" });
  const token = await server.printed(/vera@shop\.example[\s\S]*?\/link#token=(\S+)/);
  member = new Caller(server.url, { workspace: "default" });
  await member.ask("account.acceptLink", { token, email: null, name: "Vera Viewer", password: PASSWORD });
}, 4 * FIRST_MS);
afterAll(async () => {
  owner?.close();
  member?.close();
  await server?.stop();
  await world?.close();
});

/** A browser of its own, in which somebody is signed in. */
async function visit(who: Caller, path: string, options: { locale?: string; width?: number } = {}) {
  const visited = await world.visit(`${server.url}/healthz`, options);
  const { page } = visited;
  await page.context().addCookies([...who.cookies].map(([name, value]) => ({ name, value, url: server.url })));
  await page.goto(`${server.url}${path}`);
  return visited;
}

const close = (page: Page) => page.context().close();
const button = (within: Page | Locator, name: string | RegExp) => within.getByRole("button", { name, exact: true });
const searchOf = (page: Page) => new URL(page.url()).searchParams;
const days = (page: Page) => page.getByRole("button", { name: /^Days shown/ });

describe("the days of a page", () => {
  test(
    "are chosen by name, which stays in the address and moves on with the data",
    async () => {
      const { page, complaints } = await visit(owner, PERFORMANCE);
      await days(page).click({ timeout: FIRST_MS });
      await button(page, "Previous week").click();
      await expect.poll(() => searchOf(page).get("days")).toBe("previousWeek");
      await days(page).click();
      expect(await button(page, "Previous week").getAttribute("aria-pressed")).toBe("true");
      await page.getByLabel("Same dates, a year before").click();
      await page.getByText(/would be compared, but the data begins on/).waitFor();
      await expect.poll(() => searchOf(page).get("compare")).toBe("year");
      await page.getByLabel("The days before", { exact: true }).click();
      await page.getByText(/^Compared with/).waitFor();
      await expect.poll(() => searchOf(page).get("compare")).toBeNull();
      await page.keyboard.press("Escape");
      expect(await days(page).textContent()).toMatch(/ vs \d/);
      expect(complaints).toEqual([]);
      await close(page);
    },
    FIRST_MS,
  );

  test("are chosen in the calendar with the keyboard alone", async () => {
    const { page, complaints } = await visit(owner, PERFORMANCE);
    await days(page).focus();
    await page.keyboard.press("Enter");
    const stop = page.locator('[role="grid"] button[tabindex="0"]');
    await stop.focus();
    const last = await stop.getAttribute("data-day");
    await page.keyboard.press("PageUp");
    await page.keyboard.press("Home");
    const focused = () => page.evaluate<string>("document.activeElement.dataset.day ?? ''");
    const first = await focused();
    expect(first < last!).toBe(true);
    expect(new Date(first).getUTCDay()).toBe(1);
    await page.keyboard.press("Enter");
    await page.getByText(/: choose the last day\.$/).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    const second = await focused();
    await page.keyboard.press("Enter");
    await page.getByText(/: 14 days\.$/).waitFor();
    await button(page, "Show these days").press("Enter");
    await expect.poll(() => searchOf(page).get("from")).toBe(first);
    expect([searchOf(page).get("to"), searchOf(page).get("days")]).toEqual([second, null]);
    expect(complaints).toEqual([]);
    await close(page);
  });
});

describe("what a page is narrowed to", () => {
  test("stands in the address and as chips, with what stays whole", async () => {
    const { page, complaints } = await visit(owner, PERFORMANCE);
    await button(page, "Filter").click();
    await page.getByRole("checkbox", { name: "Display" }).uncheck({ timeout: FIRST_MS });
    await expect.poll(() => searchOf(page).get("channels") ?? "").not.toContain("Display");
    await button(page, "Only Email").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => searchOf(page).get("channels")).toBe('["Email"]');
    await page.getByText("1 of", { exact: false }).first().waitFor();
    await page.keyboard.press("Escape");
    await button(page, "Filter, 1 set").waitFor();
    await page.getByText("Totals stay those of all channels.").waitFor();
    await button(page, "Take off “Email”").click();
    await expect.poll(() => searchOf(page).get("channels")).toBeNull();
    expect(await page.getByRole("region", { name: "Narrowed to" }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await close(page);
  });
});

describe("a saved view", () => {
  let link = "";

  test("keeps the page as it is, is shared, and is found again by name", async () => {
    const { page, complaints } = await visit(owner, '/w/default/performance?model=last&days=last7&channels=["Email"]');
    await button(page, "Saved views").click();
    await page.getByText("No views yet.", { exact: false }).waitFor();
    await page.getByLabel(/^Save this page/).fill("Monday");
    await page.keyboard.press("Enter");
    await page.getByText("“Monday” is saved.").waitFor();
    await page.getByLabel(/^Save this page/).fill("MONDAY");
    await page.keyboard.press("Enter");
    await page.getByText("You have a view of this name already", { exact: false }).waitFor();
    await button(page, "More about “Monday”").click();
    await page.getByText("the link opens for you alone", { exact: false }).waitFor();
    await page.getByLabel("Share with the workspace").click();
    await page.getByText("The link opens for every member", { exact: false }).waitFor();
    await page.keyboard.press("Escape");
    const { views } = await owner.ask<{ views: { id: string; isShared: boolean }[] }>("views.list");
    expect(views.map(({ isShared }) => isShared)).toEqual([true]);
    link = `/w/default/view/${views[0]!.id}`;

    await page.getByRole("link", { name: "Journeys", exact: true }).click();
    await page.waitForURL(/\/journeys/);
    await button(page, "Saved views").click();
    await page.getByRole("link", { name: /^Monday/ }).click();
    await page.waitForURL(/\/performance\?days=last7&model=last&channels=/);
    // The refused name is a complaint of the browser's, not of the page's.
    expect(complaints.filter((each) => !each.includes("409"))).toEqual([]);
    await close(page);
  });

  test("opens by its link for a second member, who cannot change it", async () => {
    const { page, complaints } = await visit(member, link);
    await page.waitForURL(/\/performance\?days=last7&model=last&channels=/);
    await page.getByRole("region", { name: "Narrowed to" }).getByText("Email").waitFor();
    await button(page, "Saved views").click();
    await page.getByRole("link", { name: /Monday.*Olga Owner shares it/ }).waitFor();
    await button(page, "More about “Monday”").click();
    await button(page, "Copy link").waitFor();
    expect(await page.getByRole("button", { name: "Delete", exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await close(page);
  });

  test("keeps its link when it is renamed and leads elsewhere, and the link says when it is gone", async () => {
    const { page } = await visit(owner, "/w/default/journeys?days=last14");
    await button(page, "Saved views").click();
    await button(page, "More about “Monday”").click();
    await page.getByLabel("New name of “Monday”").fill("Tuesday");
    await button(page, "Rename").click();
    await page.getByText("It is now called “Tuesday”.").waitFor();
    await button(page, "Update to this page").click();
    await page.getByText("“Tuesday” now leads to this page.").waitFor();

    const second = await visit(member, link);
    await second.page.waitForURL(/\/journeys\?days=last14/);
    await button(page, "Delete").click();
    await page.getByText("Delete “Tuesday” for everybody?").waitFor();
    await page.getByRole("group", { name: "Delete" }).getByRole("button", { name: "Delete" }).click();
    await page.getByText("“Tuesday” is gone.").waitFor();
    await second.page.goto(`${server.url}${link}`);
    await second.page.getByRole("heading", { name: "This view is not there" }).waitFor();
    await second.page.getByRole("link", { name: "Go to the overview of today" }).click();
    await second.page.waitForURL(/\/w\/default\/(\?.*)?$/);
    await close(second.page);
    await close(page);
  });
});

describe("an annotation", () => {
  const plot = (page: Page) => page.locator(".plot-flagged svg[role=img]").first();

  test("is written by mouse on the day that was pointed at, and stands above it", async () => {
    const { page, complaints } = await visit(owner, PERFORMANCE);
    const { width, height } = (await plot(page).boundingBox({ timeout: FIRST_MS }))!;
    await plot(page).hover({ position: { x: width / 2, y: height / 2 } });
    const pointed = await page.locator(".readout-title").first().textContent();
    await button(page, "Annotate").first().click();
    await page.getByLabel("What happened").fill("Newsletter to all");
    const day = await page.getByLabel("First day").inputValue();
    expect(pointed).toContain(String(Number(day.slice(8))));
    await button(page, "Save annotation").click();
    await page.getByText(/^The annotation stands beside/).waitFor();
    await page.getByRole("list", { name: "Annotations beside these days" }).getByText("Newsletter to all").waitFor();
    await page.keyboard.press("Escape");
    await page
      .getByRole("button", { name: /Newsletter to all \(Olga Owner\)$/ })
      .first()
      .waitFor();
    await plot(page).hover({ position: { x: width / 2, y: height / 2 } });
    await page.locator(".readout-note").getByText("Newsletter to all").first().waitFor();
    expect(complaints).toEqual([]);
    await close(page);
  });

  test("is written, read, changed and removed by keyboard", async () => {
    const { page, complaints } = await visit(owner, PERFORMANCE);
    await plot(page).focus({ timeout: FIRST_MS });
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByLabel("What happened").waitFor();
    await expect.poll(() => page.evaluate<string>("document.activeElement.tagName")).toBe("TEXTAREA");
    await page.keyboard.type("Prices raised");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText(/^The annotation stands beside/).waitFor();
    await page.keyboard.press("Escape");

    await page
      .getByRole("button", { name: /Prices raised/ })
      .first()
      .waitFor();
    const strip = page.getByRole("toolbar", { name: "Annotations on these days" }).first();
    await strip.locator('button[tabindex="0"]').focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    const flag = await page.evaluate<string>("document.activeElement.ariaLabel");
    expect(flag).toMatch(/Prices raised/);
    await page.keyboard.press("Enter");
    await button(page, "Change the annotation “Prices raised”").press("Enter");
    await expect.poll(() => page.getByLabel("What happened").inputValue()).toBe("Prices raised");
    await page.getByLabel("What happened").fill("Prices lowered");
    await button(page, "Save changes").press("Enter");
    await page.getByRole("dialog").getByText("Prices lowered").waitFor();
    await button(page, "Remove the annotation “Prices lowered”").press("Enter");
    await page.getByRole("group", { name: "Remove" }).getByRole("button", { name: "Remove" }).press("Enter");
    await page.getByText("The annotation is gone.").waitFor();
    expect(complaints).toEqual([]);
    await close(page);
  });

  test("is read by who may not write one, with the reason why", async () => {
    const { page, complaints } = await visit(member, PERFORMANCE);
    await page
      .getByRole("button", { name: /Newsletter to all \(Olga Owner\)$/ })
      .first()
      .click({ timeout: FIRST_MS });
    await page.getByRole("dialog").getByText("Newsletter to all").waitFor();
    expect(await button(page, "Save annotation").getAttribute("aria-disabled")).toBe("true");
    expect(await page.getByRole("button", { name: /^Remove the annotation/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await close(page);
  });
});
