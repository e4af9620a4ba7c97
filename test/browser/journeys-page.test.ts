import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTouchline } from "../support/process.ts";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

/** A small shop, looked at with a real browser. */
let world: PageWorld;
let data: string;
let server: string;

beforeAll(async () => {
  world = await openPageWorld();
  data = world.data("data");
  await world.loadSmallShop(data);
  server = await world.serve(data);
});
afterAll(() => world?.close());

const visit = ({ search = "", ...options }: { locale?: string; width?: number; search?: string } = {}) =>
  world.visit(`${server}/journeys${search}`, options);

const HEADLINE = /Half of all conversions come within/;

/** A figure as the page prints it. */
const readFigure = (text: string | undefined) => Number((text ?? "").replaceAll(",", ""));

describe("the page of journeys", () => {
  test("answers with its figures, which are the command line's, and without a complaint", async () => {
    const { page, complaints } = await visit({ search: "?from=2026-08-15&to=2026-10-15" });
    await page.getByText(HEADLINE).waitFor();
    expect(await page.getByRole("link", { name: "Journeys" }).getAttribute("aria-current")).toBe("page");
    const paths = card(page, "Most common paths");
    const total = paths.getByRole("row").filter({ hasText: "Total" });
    await total.waitFor();
    const cells = await total.getByRole("cell").allTextContents();
    const { stdout } = await runTouchline([
      ...["journeys", "--json", "--from", "2026-08-15", "--to", "2026-10-15", "--data", data],
    ]);
    const { summary } = JSON.parse(stdout) as { summary: { total: { conversions: number; journeys: number } } };
    expect(summary.total.conversions).toBeGreaterThan(50);
    expect(readFigure(cells[0])).toBe(summary.total.conversions);
    expect(cells.map(readFigure)).toContain(summary.total.journeys);
    await paths.getByText(/The rows add up to all/).waitFor();
    for (const name of ["From step to step", "Time to conversion", "Touches to conversion", "What each one does"])
      await card(page, name).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("turns the pages of the paths, each adding up, and tells them by campaign", async () => {
    const { page } = await visit();
    const paths = card(page, "Most common paths");
    await paths.getByText(/^1 to 15 of/).waitFor();
    const first = await paths.getByRole("rowheader").first().textContent();
    await paths.getByRole("button", { name: "Next" }).click();
    await paths.getByText(/^16 to 30 of/).waitFor();
    expect(await paths.getByRole("rowheader").first().textContent()).not.toBe(first);
    const conversions = paths.getByRole("row").locator("td:nth-of-type(1)");
    const figures = (await conversions.allTextContents()).map(readFigure).filter((figure) => !Number.isNaN(figure));
    expect(figures.slice(0, -1).reduce((sum, figure) => sum + figure, 0)).toBe(figures.at(-1));
    await paths.getByRole("radio", { name: "Campaigns" }).check({ force: true });
    await paths.getByText(/Campaigns are known of converted journeys only/).waitFor();
    await paths.getByText(/^1 to 15 of/).waitFor();
    expect(await paths.getByRole("columnheader", { name: "Conversion rate" }).count()).toBe(0);
    await page.context().close();
  });

  test("narrows all cards to a choice that stands in the address", async () => {
    const { page, complaints } = await visit();
    await page.getByText(HEADLINE).waitFor();
    await page.getByLabel("With a touch of").selectOption("Email");
    await page.getByRole("combobox", { name: /^Touches/ }).selectOption("3");
    await page.getByLabel("Converted only").click();
    await page.waitForURL(/through=Email&touches=3&converted=true/);
    await page.reload();
    await page.getByText(/journeys with .* conversions/).waitFor();
    const rows = card(page, "Most common paths").locator("tbody tr:not(.row-no-touch) th");
    await rows.first().waitFor();
    for (const path of await rows.allTextContents()) expect(path).toMatch(/Email|…/);
    await page.getByRole("button", { name: "Show all journeys" }).click();
    await page.waitForURL((url) => !url.search.includes("through"));
    await page.getByText(/of .* journeys converted/).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("reads the flow out by keyboard, and shows it as a table", async () => {
    const { page } = await visit();
    const flow = card(page, "From step to step");
    const picture = flow.getByRole("img");
    await picture.waitFor();
    await picture.focus();
    await page.keyboard.press("ArrowRight");
    await flow.getByText(/, 3 before: Journeys/).waitFor({ state: "attached" });
    await page.keyboard.press("End");
    await flow.getByText(/Conversion, End: Journeys .*100.0%/).waitFor({ state: "attached" });
    await flow.getByRole("radio", { name: "First steps" }).check({ force: true });
    await flow
      .getByText(/journeys begin with/)
      .first()
      .waitFor();
    await flow.getByText("No conversion").first().waitFor();
    await flow.getByRole("button", { name: "Show table" }).click();
    await flow.getByRole("columnheader", { name: "Journeys" }).waitFor();
    expect(await flow.getByRole("row").filter({ hasText: "Start" }).count()).toBeGreaterThan(2);
    await page.context().close();
  });

  test("speaks French, fits a phone, and says when nothing is like that", async () => {
    const french = await visit({ locale: "fr-FR" });
    await french.page.getByText(/La moitié des conversions arrive/).waitFor();
    await card(french.page, "Le rôle de chacun").getByText("Assistances par conclusion").waitFor();
    expect(french.complaints).toEqual([]);
    await french.page.context().close();
    const { page } = await visit({ width: 390 });
    await card(page, "What each one does").getByText("Assists for each close").waitFor();
    const [content, window] = (await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")) as number[];
    expect(content).toBeLessThanOrEqual(window!);
    await page.context().close();
    const empty = await visit({ search: "?touches=1000" });
    await empty.page.getByText("No journey is like that.").waitFor();
    await empty.page.getByRole("button", { name: "Show all journeys" }).waitFor();
    expect(empty.complaints).toEqual([]);
    await empty.page.context().close();
  });
});
