import { Secret, TOTP } from "otpauth";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../support/process.ts";
import { card, openPageWorld, type PageWorld } from "./page-world.ts";

/** People in front of real pages: by links, passwords and codes, in browsers that know nothing of each other. */
let world: PageWorld;
let server: RunningServer;

const OWNER = { name: "Ada Lovelace", email: "ada@example.com", password: "a teapot of bronze clouds" };
const GUEST = { name: "Grace Hopper", email: "grace@example.com", password: "seven lanterns by the harbour" };
const INSIDE = /\/w\/[^/]+\/$/;

/** The owner's spare codes, once there is a second factor: a code of the app would be good for one of two tests that follow at once. */
let spareCodes: string[] = [];

beforeAll(async () => {
  world = await openPageWorld();
  const data = world.data("data");
  await world.loadSmallShop(data);
  server = await startServer(["serve", "--data", data]);
});
afterAll(async () => {
  await server?.stop();
  await world?.close();
});

const visit = (path: string, options: { locale?: string; width?: number } = {}) =>
  world.visit(`${server.url}${path}`, options);

/** The newest link that the server has printed. */
async function printedLink(after: number): Promise<string> {
  await expect.poll(() => server.output().slice(after)).toMatch(/\/link#token=\S+/);
  const links = server
    .output()
    .slice(after)
    .match(/http\S+\/link#token=\S+/g)!;
  return links.at(-1)!;
}

const close = (page: Page) => page.context().close();

async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function writeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** The owner in a browser of their own. */
async function visitAsOwner(path: string): Promise<Page> {
  const { page } = await visit(path);
  await signIn(page, OWNER);
  const code = spareCodes.shift();
  if (code !== undefined) await writeCode(page, code);
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  return page;
}

/** What is read aloud beside a button. */
async function descriptionOf(button: Locator): Promise<string> {
  const id = await button.getAttribute("aria-describedby");
  return (await button.page().locator(`[id="${id}"]`).textContent()) ?? "";
}

describe("a new server", () => {
  test("says where the owner's link is, and the link makes the owner", async () => {
    const { page, complaints } = await visit("/planner");
    await page.getByRole("heading", { name: "This Touchline is new" }).waitFor();
    await page.goto(await printedLink(0));
    await page.getByRole("heading", { name: "Create the owner’s account" }).waitFor();
    await page.getByText("At least 12 characters.", { exact: false }).waitFor();
    await page.getByLabel("Name").fill(OWNER.name);
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Create the account" }).click();
    await page.getByText("Too short").waitFor();
    await page.getByLabel("New password").fill(OWNER.password);
    await page.getByRole("button", { name: "Create the account" }).click();
    await page.waitForURL(INSIDE);
    await page.getByRole("button", { name: /Your account/ }).waitFor();
    expect(complaints).toEqual([]);
    await close(page);
  });

  test("has used the link up", async () => {
    const { page } = await visit("/");
    await page.goto(await printedLink(0));
    await page.getByRole("heading", { name: "This link does not work any more" }).waitFor();
    await close(page);
  });
});

describe("signing in", () => {
  test("works by keyboard alone, and leads to where somebody wanted to go", async () => {
    const { page, complaints } = await visit("/data");
    await page.waitForURL(/\/sign-in\?to=/);
    await page.locator('input[name="username"]:focus').waitFor();
    await page.keyboard.type(OWNER.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(OWNER.password);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/w\/[^/]+\/data$/);
    await page.getByRole("heading", { name: "Data", exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await close(page);
  });

  test("hides a password until somebody wants to see it, and lets their keeper of passwords put it there", async () => {
    const { page } = await visit("/sign-in");
    const field = page.locator('input[autocomplete="current-password"]');
    expect(await field.getAttribute("type")).toBe("password");
    const isPasteTaken = `document.querySelector('input[autocomplete="current-password"]')
      .dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true }))`;
    expect(await page.evaluate(isPasteTaken)).toBe(true);
    await field.focus();
    await page.keyboard.insertText(OWNER.password); // As a paste arrives: whole, without keys.
    expect(await field.inputValue()).toBe(OWNER.password);
    await page.getByRole("button", { name: "Show the password" }).click();
    expect(await field.getAttribute("type")).toBe("text");
    expect(await page.locator('input[name="username"]').getAttribute("autocomplete")).toBe("username");
    await close(page);
  });

  test("says the same of a wrong password and of an unknown address, and never leads elsewhere", async () => {
    const { page } = await visit("/sign-in?to=//evil.example/");
    await signIn(page, { ...OWNER, password: "not the password" });
    await page.getByText("The e-mail address or the password is wrong.").waitFor();
    await signIn(page, { email: "nobody@example.com", password: OWNER.password });
    await page.getByText("The e-mail address or the password is wrong.").waitFor();
    await signIn(page, OWNER);
    await page.waitForURL(INSIDE);
    await expect.poll(() => new URL(page.url()).origin).toBe(server.url);
    await close(page);
  });

  test("asks for a code once there is a second factor, and takes a spare one", async () => {
    const page = await visitAsOwner("/account");
    const factor = card(page, "Second factor");
    await factor.getByRole("button", { name: "Set it up" }).click();
    await factor.getByLabel("Present password").fill(OWNER.password);
    await page.keyboard.press("Enter");
    await factor.getByRole("img", { name: "The code to scan with your app" }).waitFor();
    const secret = ((await factor.locator(".secret").textContent()) ?? "").replaceAll(" ", "");
    spareCodes = await factor.locator(".spare-codes code").allTextContents();
    expect(spareCodes.length).toBeGreaterThan(4);
    await factor
      .getByRole("textbox", { name: "Code" })
      .fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
    await factor.getByRole("button", { name: "Switch it on" }).click();
    await page.getByText("is guarded by a password and a second factor").waitFor();
    await close(page);

    const again = await visit("/");
    await signIn(again.page, OWNER);
    await again.page.getByRole("heading", { name: "One more step" }).waitFor();
    await writeCode(again.page, "000000");
    await again.page.getByText("This code is not right").waitFor();
    await writeCode(again.page, spareCodes.shift()!);
    await again.page.waitForURL(INSIDE);
    await close(again.page);
  });
});

describe("a team", () => {
  test("grows by an invitation that is accepted in another browser", async () => {
    const owner = await visitAsOwner("/settings/team");
    const before = server.output().length;
    const invite = card(owner, "Invite somebody");
    await invite.getByLabel("E-mail address").fill(GUEST.email);
    await invite.getByLabel("Role").selectOption("viewer");
    await invite.getByRole("button", { name: "Invite" }).click();
    await invite.getByRole("row").filter({ hasText: GUEST.email }).waitFor();

    const { page, complaints } = await visit("/");
    await page.goto(await printedLink(before));
    await page.getByRole("heading", { name: /^Join/ }).waitFor();
    expect(await page.getByLabel("E-mail address").inputValue()).toBe(GUEST.email);
    await page.getByLabel("Name").fill(GUEST.name);
    await page.getByLabel("New password").fill(GUEST.password);
    await page.getByRole("button", { name: "Join" }).click();
    await page.waitForURL(INSIDE);
    expect(complaints).toEqual([]);
    await close(page);

    await owner.reload();
    const members = card(owner, "Members");
    expect(await members.getByLabel(`Role of ${GUEST.name}`).inputValue()).toBe("viewer");
    const remove = members.getByRole("button", { name: `Remove ${OWNER.name}` });
    expect(await remove.getAttribute("aria-disabled")).toBe("true");
    expect(await descriptionOf(remove)).toContain("The last owner stays");
    await close(owner);
  });

  test("has viewers who see what they may not do, and who may", async () => {
    const { page, complaints } = await visit("/planner?view=scenarios");
    await signIn(page, GUEST);
    const save = page.getByRole("button", { name: "Save this plan" });
    await save.waitFor();
    expect(await save.getAttribute("aria-disabled")).toBe("true");
    await save.focus();
    const why = "This takes the role media buyer, admin or owner; yours is viewer.";
    expect(await descriptionOf(save)).toBe(why);
    await page.getByRole("tooltip").filter({ hasText: why }).first().waitFor();
    await page.getByRole("link", { name: "Data", exact: true }).click();
    await card(page, "Refused rows").getByText(why).waitFor();
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByRole("heading", { name: "Rules" }).waitFor();
    expect(await page.getByRole("link", { name: "Team", exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await close(page);
  });

  test("hears of a workspace that is somebody else's nothing but that it is not theirs", async () => {
    const { page } = await visit("/w/elsewhere/planner");
    await signIn(page, GUEST);
    await page.getByRole("heading", { name: "This workspace is not one of yours" }).waitFor();
    await page.getByRole("link", { name: /Viewer/ }).click();
    await page.waitForURL(INSIDE);
    await close(page);
  });
});

describe("a session", () => {
  test("that is revoked elsewhere is over, and signing in leads back", async () => {
    const left = await visit("/journeys");
    await signIn(left.page, GUEST);
    await left.page.waitForURL(/\/journeys$/);
    const { page } = await visit("/account");
    await signIn(page, GUEST);
    const sessions = card(page, "Where you are signed in");
    await sessions.getByRole("button", { name: "Sign out everywhere else" }).click();
    await sessions.getByRole("button", { name: "Sign out everywhere else" }).click();
    await sessions.getByText("In this browser only.").waitFor();
    // The open page asks its workspace every few seconds; it is not touched here.
    await left.page.waitForURL(/\/sign-in\?to=.*journeys/, { timeout: 15_000 });
    await close(left.page);
    await close(page);
  });

  test("ends with signing out, and the way back shows nothing", async () => {
    const { page } = await visit("/account");
    await signIn(page, GUEST);
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByRole("heading", { name: "Rules" }).waitFor();
    await page.getByRole("button", { name: /Your account/ }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goBack();
    await page.waitForURL(/\/sign-in/);
    await close(page);
  });
});

describe("a phone, in French", () => {
  const fits = async (page: Page) => {
    const [content, window] = (await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")) as number[];
    expect(content).toBeLessThanOrEqual(window!);
  };

  test("shows signing in, the account and the rules within its width", async () => {
    const { page, complaints } = await visit("/account", { locale: "fr-FR", width: 390 });
    await page.getByRole("heading", { name: "Connexion" }).waitFor();
    await fits(page);
    await page.getByLabel("Adresse e-mail").fill(GUEST.email);
    await page.getByLabel("Mot de passe", { exact: true }).fill(GUEST.password);
    await page.getByRole("button", { name: "Se connecter" }).click();
    await page.getByText("n’est protégé que par un mot de passe").waitFor();
    await fits(page);
    await page.getByRole("link", { name: "Réglages" }).click();
    await page.getByText("Une seule personne suffit").waitFor();
    await fits(page);
    expect(complaints).toEqual([]);
    await close(page);
  });
});
