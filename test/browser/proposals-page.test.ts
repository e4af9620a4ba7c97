import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../support/process.ts";
import { Caller, ownerOf, PASSWORD } from "../support/sign-in.ts";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

/** Plans that take two people, what the audit says of them, and a visitor who asks to be forgotten. */
let world: PageWorld;
let server: RunningServer;
let owner: Caller;
let finance: Caller;

/** The first visit fits the curves. */
const FIT_MS = 120_000;
const OWNER = "Olga Owner";
const FINANCE = "Farah Finance";

const order = (id: string, visitor: string) => `${id},2026-10-2${id.at(-1)}T10:00:00Z,${visitor},purchase,25,EUR`;
const ORDERS = [
  "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency",
  ...["e-1", "e-2"].map((id) => order(id, "erika-4711")),
  ...["m-1", "m-2", "m-3"].map((id) => order(id, "marc-4712")),
].join("\n");

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  await world.load("import", "conversions", world.file("orders.csv", ORDERS), "--data", data);
  server = await startServer(["serve", "--data", data]);
  owner = await ownerOf(server, { name: OWNER });
  await owner.ask("team.invite", { email: "farah@shop.example", role: "finance" });
  const token = await server.printed(/farah@shop\.example[\s\S]*?\/link#token=(\S+)/);
  finance = new Caller(server.url, { workspace: "default" });
  await finance.ask("account.acceptLink", { token, email: null, name: FINANCE, password: PASSWORD });
});
afterAll(async () => {
  owner?.close();
  finance?.close();
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
const button = (within: Page | Locator, name: string) => within.getByRole("button", { name, exact: true });

/** What is read aloud beside a button. */
async function descriptionOf(closed: Locator): Promise<string> {
  const id = await closed.getAttribute("aria-describedby");
  return (await closed.page().locator(`[id="${id}"]`).textContent()) ?? "";
}

/** Proposes the plan that the planner shows, and opens the proposal. */
async function propose(page: Page, name: string, why: string): Promise<void> {
  const form = page.getByRole("form", { name: "Propose this plan" });
  await form.getByLabel("Name", { exact: true }).fill(name, { timeout: FIT_MS });
  await form.getByLabel("Why (optional)").fill(why);
  await button(form, "Propose").click();
  await page.getByText(`“${name}” waits for a decision.`).waitFor();
  await page.getByRole("link", { name: "See it" }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
}

describe("a plan that moves more than one person may", () => {
  test(
    "is closed to its proposer, and says why",
    async () => {
      const { page, complaints } = await visit(owner, "/settings/rules");
      await page.getByLabel(/Money moved a week above which/).fill("1");
      await button(page, "Save the rules").click();
      await page.getByText("Saved").first().waitFor();
      await page.getByRole("link", { name: "Planner", exact: true }).click();
      await propose(page, "Week 48", "Search pays more for the next euro.");
      const approve = button(page, "Approve");
      expect(await approve.getAttribute("aria-disabled")).toBe("true");
      expect(await descriptionOf(approve)).toMatch(/^You proposed it, and it moves too much for one person/);
      expect(await descriptionOf(button(page, "Reject"))).toBe("Say why first: the proposer reads it.");
      await approve.press("Enter");
      await page.getByRole("tooltip").filter({ hasText: "You proposed it" }).waitFor();
      await card(page, "Decide").waitFor();
      expect(complaints).toEqual([]);
      await close(page);
    },
    FIT_MS,
  );

  test("is approved by somebody else, in another browser", async () => {
    const { page, complaints } = await visit(finance, "/proposals");
    await page.getByText("One plan waits for you.", { exact: false }).waitFor();
    await page.getByRole("row").filter({ hasText: "Week 48" }).getByText("Waits for a second person.").waitFor();
    await page.getByRole("link", { name: "Week 48" }).click();
    await card(page, "What changes").getByRole("row").filter({ hasText: "Paid Search" }).first().waitFor();
    await page.getByText("Search pays more for the next euro.").waitFor();
    await page.getByLabel("Remark").fill("As discussed.");
    await button(page, "Approve").click();
    await card(page, "Decision").getByText(FINANCE, { exact: false }).waitFor();
    await page.getByText(`Approved by ${FINANCE} on`, { exact: false }).waitFor();
    expect(await button(page, "Approve").count()).toBe(0);
    expect(complaints).toEqual([]);
    await close(page);

    const proposer = await visit(owner, "/proposals");
    await proposer.page.getByText("Nothing waits for you.", { exact: false }).waitFor();
    const row = proposer.page.getByRole("row").filter({ hasText: "Week 48" });
    expect(await row.textContent()).toContain("As discussed.");
    await close(proposer.page);
  });

  test("is rejected with a remark that its proposer reads", async () => {
    const { page } = await visit(owner, "/planner");
    await propose(page, "Week 49", "");
    const other = await visit(finance, new URL(page.url()).pathname + new URL(page.url()).search);
    await other.page.getByLabel("Remark").fill("Not before the stock is back.");
    await button(other.page, "Reject").click();
    await other.page.getByText(`Rejected by ${FINANCE} on`, { exact: false }).waitFor();
    expect(other.complaints).toEqual([]);
    await close(other.page);
    await page.reload();
    await card(page, "Decision").getByText("Not before the stock is back.").waitFor();
    await close(page);
  });

  test("is withdrawn by whoever proposed it, after a question", async () => {
    const { page, complaints } = await visit(owner, "/planner");
    await propose(page, "Week 50", "");
    const other = await visit(finance, new URL(page.url()).pathname + new URL(page.url()).search);
    await button(other.page, "Approve").waitFor();
    expect(await button(other.page, "Withdraw").count()).toBe(0);
    await button(page, "Withdraw").click();
    await page.getByText("Withdraw this proposal for good?").waitFor();
    await button(page, "Withdraw it").click();
    await page.getByText(`Withdrawn by ${OWNER} on`, { exact: false }).waitFor();
    // Whoever still has it open is told, and nothing is decided twice.
    await button(other.page, "Approve").click();
    await other.page.getByText(`Withdrawn by ${OWNER} on`, { exact: false }).waitFor();
    await page.getByRole("link", { name: "All proposals" }).click();
    await page.getByRole("radio", { name: "Withdrawn (1)" }).click();
    await page.getByRole("row").filter({ hasText: "Week 50" }).waitFor();
    expect(await page.getByRole("row").filter({ hasText: "Week 48" }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await close(other.page);
    await close(page);
  });
});

describe("the audit", () => {
  test("says in words what happened, and keeps to what is chosen", async () => {
    const { page, complaints } = await visit(owner, "/settings/audit");
    const entries = card(page, "What happened");
    await entries
      .getByRole("button", { name: "Signed in", exact: true })
      .or(entries.getByText("Joined"))
      .first()
      .waitFor();
    await entries.getByLabel("About").selectOption("proposals");
    await expect.poll(() => entries.getByRole("button", { name: /^Plan |^Proposal / }).count()).toBe(6);
    const approved = entries.getByRole("row").filter({ hasText: "Plan approved" });
    expect(await approved.getByRole("rowheader").textContent()).toContain(FINANCE);
    await button(approved, "Plan approved").click();
    await entries.getByText("proposals.approve").waitFor();
    await entries.getByText("As discussed.").waitFor();
    await entries.getByLabel("Who").fill("olga");
    await page.keyboard.press("Enter");
    await expect.poll(() => entries.getByRole("button", { name: /^Plan |^Proposal / }).count()).toBe(4);
    expect(complaints).toEqual([]);
    await close(page);
  });

  test("is found whole, and leaves as a file", async () => {
    const { page, complaints } = await visit(owner, "/settings/audit");
    await button(page, "Check the chain").click();
    await page
      .getByRole("status")
      .getByText(/^Whole: all \d+ entries fit\.$/)
      .waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "As CSV" }).click();
    const csv = readFileSync(await (await download).path(), "utf8");
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    for (const action of ["propose", "approve", "reject", "withdraw"]) expect(csv).toContain(`proposals.${action}`);
    expect(complaints).toEqual([]);
    await close(page);
  });
});

describe("a visitor who asks", () => {
  test("is looked up, erased once the identifier is written again, and there is proof", async () => {
    const { page, complaints } = await visit(owner, "/settings/privacy");
    const person = card(page, "A person asks");
    await person.getByLabel("Identifier", { exact: true }).fill("erika-4711");
    await button(person, "Erase").click();
    await person
      .getByText(/^Identifiers of this person: 1; rows that would go or lose their identifier: 2\.$/)
      .waitFor();
    const erase = button(person, "Erase for good");
    await person.getByLabel("Write the identifier again to erase").fill("erika-4712");
    expect(await erase.isDisabled()).toBe(true);
    await person.getByLabel("Write the identifier again to erase").fill("erika-4711");
    await erase.click();
    await person.getByText("Erased: a look afterwards found 0 rows of this person.", { exact: false }).waitFor();
    expect(await person.getByLabel("Identifier", { exact: true }).inputValue()).toBe("");
    const proof = card(page, "Requests and their proof").getByRole("row").filter({ hasText: "Erasure" });
    expect(await proof.getByRole("cell").allTextContents()).toEqual(expect.arrayContaining(["2", "0", "Complete"]));
    await proof.getByText(OWNER).waitFor();
    expect(await page.locator("main").textContent()).not.toContain("erika-4711");
    await person.getByLabel("Identifier", { exact: true }).fill("erika-4711");
    await button(person, "Erase").click();
    await person.getByText("Nothing stands under this identifier.", { exact: false }).waitFor();
    expect(complaints).toEqual([]);
    await close(page);
  });
});

describe("a phone, in French", () => {
  const fits = async (page: Page) => {
    const [content, window] = (await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")) as number[];
    expect(content).toBeLessThanOrEqual(window!);
    expect(await page.locator("main").textContent()).not.toMatch(
      /\{\{|(proposals|audit|privacy)\.[a-z]+[A-Z]|undefined/,
    );
  };

  test("proposes, withdraws, checks the chain and erases within its width", async () => {
    const { page, complaints } = await visit(owner, "/planner", { locale: "fr-FR", width: 390 });
    const form = page.getByRole("form", { name: "Proposer ce plan" });
    await form.getByLabel("Nom", { exact: true }).fill("Semaine 51", { timeout: FIT_MS });
    await button(form, "Proposer").click();
    await page.getByRole("link", { name: "Le voir" }).click();
    await page.getByRole("heading", { name: "Semaine 51", level: 1 }).waitFor();
    expect(await descriptionOf(button(page, "Approuver"))).toMatch(/^Vous l’avez proposé/);
    await fits(page);
    await button(page, "Retirer").click();
    await button(page, "La retirer").click();
    await page.getByText(`Retiré par ${OWNER} le`, { exact: false }).waitFor();
    await page.goto(`${server.url}/settings/audit`);
    await button(page, "Vérifier la chaîne").click();
    await page
      .getByRole("status")
      .getByText(/^Intact/)
      .waitFor();
    await button(card(page, "Ce qui s’est passé"), "Proposition retirée").first().click();
    await page.getByText("proposals.withdraw").waitFor();
    await fits(page);
    await page.goto(`${server.url}/settings/privacy`);
    const person = card(page, "Une personne demande");
    await person.getByLabel("Identifiant", { exact: true }).fill("marc-4712");
    await button(person, "Effacer").click();
    await person.getByLabel("Écrivez encore l’identifiant pour effacer").fill("marc-4712");
    await fits(page);
    await button(person, "Effacer définitivement").click();
    await person.getByText("un contrôle ensuite a trouvé 0 lignes", { exact: false }).waitFor();
    await card(page, "Demandes et leurs preuves").getByRole("rowheader", { name: "Effacement" }).first().waitFor();
    await fits(page);
    expect(complaints).toEqual([]);
    await close(page);
  });
});
