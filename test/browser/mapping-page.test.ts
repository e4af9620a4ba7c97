import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBarriers } from "./axe.ts";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

let world: PageWorld;
let server: string;

const HEAD = "Export du 31/10/2026;;;\nJour;Levier;Coût TTC (€);Clics\n";
const october = Array.from({ length: 9 }, (_, i) => `0${i + 1}/10/2026;Radio;${i + 1}20,00;3\n`).join("");
const SPEND = Buffer.from(`${HEAD}${october}demain;Radio;1,00;1\n`.replace("€", "\u0080"), "latin1");
const NEXT = Buffer.from(`${HEAD}${october.replaceAll("/10/", "/11/")}`.replace("€", "\u0080"), "latin1");

const VISITS = [
  "event_id,occurred_at,visitor_id,channel,campaign,interaction,source,medium",
  "a1,2026-10-20T10:00:00Z,v1,Other,c,click,radio-nova,spot",
  "a2,2026-10-21T10:00:00Z,v2,Other,c,click,radio-nova,spot",
  "a3,2026-10-21T11:00:00Z,v3,Search,c,click,google,cpc",
  "",
].join("\n");

/** Everything comes in through the page: the workspace begins empty. */
beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.load("settings", "--data", data, "--time-zone", "Europe/Paris", "--currency", "EUR");
  server = await world.serve(data);
});
afterAll(() => world?.close());

const visit = (path: string, options: { locale?: string; width?: number } = {}) =>
  world.visit(`${server}${path}`, options);

describe("a new source's columns", () => {
  test("are asked for in an empty workspace too, in French, and on a narrow screen", async () => {
    const { page, complaints } = await visit("/data/import", { locale: "fr-FR", width: 1024 });
    await page
      .getByLabel("Choisir un fichier")
      .setInputFiles({ name: "depenses.csv", mimeType: "text/csv", buffer: SPEND });
    await page.getByText("Toutes les colonnes obligatoires sont renseignées.").waitFor();
    await page.getByText(/Sur les 10 premières lignes/).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.setViewportSize({ width: 390, height: 900 });
    const [content, window] = (await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")) as number[];
    expect(content).toBeLessThanOrEqual(window!);
    await page.context().close();
  });

  test("are mapped with the mouse: proposed, completed, previewed, imported, and kept for the next file", async () => {
    const { page, complaints } = await visit("/data/import");
    await page.getByLabel("Choose a file").setInputFiles({ name: "depenses.csv", mimeType: "text/csv", buffer: SPEND });
    await page.getByText("Every required column has a place.").waitFor();
    const columns = card(page, "What each column is");
    expect(await columns.getByLabel("Day", { exact: true }).inputValue()).toBe("column:Jour");
    expect(await columns.getByLabel("Cost", { exact: true }).inputValue()).toBe("column:Coût TTC (€)");
    expect(await columns.getByRole("combobox", { name: "Tax", exact: true }).inputValue()).toBe("gross");
    const preview = card(page, "What would be stored");
    await preview.getByText("Of the first 10 rows of spend, 9 would be stored and 1 refused.").waitFor();
    await preview.getByRole("cell", { name: "2026-10-01" }).waitFor();
    await preview.getByRole("cell", { name: "100", exact: true }).waitFor();
    await preview.getByText('date "demain" is not a day').waitFor();
    // A required column without a place says so, and the button that imports is closed.
    await columns.getByLabel("Channel", { exact: true }).selectOption("absent");
    await page.getByText("4 of 5 required columns have a place.").waitFor();
    const button = page.getByRole("button", { name: "Import the file" });
    expect(await button.getAttribute("aria-disabled")).toBe("true");
    await columns.getByLabel("Channel", { exact: true }).selectOption("column:Levier");
    expect(await findBarriers(page)).toEqual([]);
    await preview.getByText(/9 would be stored/).waitFor();
    await page.locator("button:not([aria-disabled])", { hasText: "Import the file" }).click();
    await page.getByText("9 of 10 rows are stored.").waitFor();
    await page.getByText('date "demain" is not a day').waitFor();
    await page.getByRole("link", { name: "See the refused rows" }).click();
    await card(page, "Refused rows").getByText("demain").first().waitFor();
    await card(page, "Sources and mappings").getByRole("rowheader", { name: "depenses" }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("are known the next time: a kept mapping reads the file with the keyboard alone", async () => {
    const { page } = await visit("/data/import");
    const field = page.getByLabel("Choose a file");
    await field.focus();
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Space");
    await (await chooser).setFiles({ name: "novembre.csv", mimeType: "text/csv", buffer: NEXT });
    await page.getByText(/Columns like those of/).waitFor();
    await page.getByText("All of the first 9 rows of spend would be stored.").waitFor();
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      if (await page.locator("button:focus", { hasText: "Import the file" }).isVisible()) break;
    }
    await page.keyboard.press("Enter");
    await page.getByText("9 of 9 rows are stored.").waitFor();
    // The address holds the upload: the outcome is still there.
    await page.reload();
    await page.getByText("9 of 9 rows are stored.").waitFor();
    await page.context().close();
  });

  test("say in a sentence what is wrong with a file", async () => {
    const { page } = await visit("/data/import");
    const send = (name: string, buffer: Buffer) =>
      page.getByLabel("Choose a file").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await send("book.xlsx", Buffer.from("PK\u0003\u0004"));
    await page.getByText(/is a ZIP archive or an Excel workbook: save the sheet as CSV/).waitFor();
    await page.goto(`${server}/data/import?upload=11111111-2222-4333-8444-555555555555`);
    await page.getByText(/this file is not here any more/).waitFor();
    await page.context().close();
  });
});

describe("channel rules", () => {
  test("get a pair that no rule speaks of with one click, say what moves, and are taken back", async () => {
    const { page, complaints } = await visit("/data");
    await page.getByRole("link", { name: "Import a file" }).click();
    await page
      .getByLabel("Choose a file")
      .setInputFiles({ name: "visits.csv", mimeType: "text/csv", buffer: Buffer.from(VISITS) });
    await page.getByText("All of the first 3 rows of touchpoints would be stored.").waitFor();
    await page.getByRole("button", { name: "Import the file" }).click();
    await page.getByRole("link", { name: "Back to Data" }).click();
    await page.getByRole("link", { name: "Channel rules" }).click();
    await page
      .getByText(/no channel|tagged touches have no channel/)
      .first()
      .waitFor();
    await page.getByLabel("Channel for radio-nova / spot").selectOption("Audio");
    await page.getByText("2 of 3 tagged touches would get another channel.").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Save the rules" }).click();
    await page.getByText("Saved: the rules hold for what is imported from now on.").waitFor();
    await page.getByText(/Every source and medium of the last weeks has a rule/).waitFor();
    await page.getByRole("button", { name: "Back to the default rules" }).click();
    await page.getByRole("button", { name: "Back to the default rules" }).first().click();
    await page.getByText("Pairs that no rule speaks of").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe("the settings of data", () => {
  test("are changed one by one, and a wrong one is said below its field", async () => {
    const { page, complaints } = await visit("/settings/data");
    const zone = page.getByRole("textbox", { name: /^Time zone/ }).first();
    await zone.fill("Europe/Nowhere");
    await page.getByText(/There is no time zone of that name/).waitFor();
    await zone.fill("Europe/Lisbon");
    await zone.press("Enter");
    const head = page.locator(".headline").first();
    await expect.poll(() => head.textContent(), { timeout: 30_000 }).toMatch(/Days begin at midnight in Europe.Lisbon/);
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
