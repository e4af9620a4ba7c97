import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openAccounts, type RequestFacts } from "@touchline/server/accounts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSso } from "../../server/src/accounts/sign-in.ts";
import { type IdentityProvider, startIdentityProvider } from "../support/identity-provider.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";
import type { Caller, Reply } from "../support/sign-in.ts";

let people: PeopleWorld;
let provider: IdentityProvider;
let olga: Person;

beforeAll(async () => {
  people = await openPeopleWorld({
    async sso(url) {
      provider = await startIdentityProvider(`${url}/auth/callback/sso`);
      const { issuer, clientId, clientSecret } = provider;
      return { issuer, clientId, clientSecret };
    },
  });
  olga = await people.person("Olga", { shop: "owner" });
}, 60_000);
afterAll(async () => {
  await people.close();
  await provider.close();
});

const identity = (name: string, change: Partial<{ email: string; email_verified: boolean; sub: string }> = {}) => ({
  ...{ sub: `sub of ${name}`, email: `${name}@shop.example`, email_verified: true, name },
  ...change,
});

const isIn = async (caller: Caller) => (await caller.call("account.sessions")).code === null;
const invite = (email: string, role = "finance") => olga.caller.ask("team.invite", { email, role });
const usersOf = (email: string) => people.rows(`SELECT id FROM users WHERE email = '${email}'`);

async function begin(caller: Caller): Promise<string> {
  return (await caller.ask<{ url: string }>("account.startSso")).url;
}

/** Signs in at the provider and follows the way back. */
async function comeIn(who: ReturnType<typeof identity>, caller = people.nobody({ workspace: "shop" })) {
  provider.as(who);
  const back = new URL(await provider.signIn(await begin(caller)));
  const reply = await caller.send("GET", `${back.pathname}${back.search}`, undefined);
  return { caller, reply, back };
}

const ledTo = ({ headers }: Reply) => new URL(String(headers.location), people.url);

test("somebody who was invited comes in and is a member as what the invitation says", async () => {
  await invite("ines@shop.example");
  const { caller, reply } = await comeIn(identity("ines"));
  expect(reply.status).toBe(302);
  expect(ledTo(reply).searchParams.get("error")).toBeNull();
  const tokens = await people.rows(
    "SELECT access_token, refresh_token, id_token FROM credentials WHERE account_id = 'sub of ines'",
  );
  expect(tokens).toEqual([{ access_token: null, refresh_token: null, id_token: null }]);
  const me = await caller.ask<{ workspaces: unknown; user: unknown }>("account.me");
  expect(me).toMatchObject({
    user: { email: "ines@shop.example", hasPassword: false },
    workspaces: [{ id: "shop", role: "finance" }],
  });
  const { entries } = await olga.caller.ask<{ entries: { action: string; after: { by?: string } }[] }>(
    "audit.entries",
    {
      ...{ before: null, action: "", actor: "ines" },
    },
  );
  expect(entries.map(({ action }) => action).sort()).toEqual(["members.join", "session.sign-in"]);
  const again = await comeIn(identity("ines"));
  expect(await isIn(again.caller)).toBe(true);
  expect(await usersOf("ines@shop.example")).toHaveLength(1);
});

test("somebody whom nobody invited does not, and no account is made", async () => {
  const { caller, reply } = await comeIn(identity("mallory"));
  expect(await isIn(caller)).toBe(false);
  expect(ledTo(reply).searchParams.get("error")).not.toBeNull();
  expect(await usersOf("mallory@shop.example")).toEqual([]);
});

test("an invitation that has ended lets nobody in", async () => {
  await invite("late@shop.example");
  await people.rows(
    "UPDATE one_time_links SET expires_at = now() - interval '1 second' WHERE email = 'late@shop.example'",
  );
  const { caller } = await comeIn(identity("late"));
  expect([await isIn(caller), await usersOf("late@shop.example")]).toEqual([false, []]);
});

test("an address that the provider has not proved opens neither an account nor an invitation", async () => {
  const forged = await comeIn(identity("forger", { email: olga.email, email_verified: false }));
  expect(await isIn(forged.caller)).toBe(false);
  await invite("unproved@shop.example");
  const unproved = await comeIn(identity("unproved", { email_verified: false }));
  expect([await isIn(unproved.caller), await usersOf("unproved@shop.example")]).toEqual([false, []]);
  const joined = await people.rows(`SELECT provider_id FROM credentials WHERE user_id = '${olga.id}'`);
  expect(joined).toEqual([{ provider_id: "credential" }]);
});

test("an address that is proved belongs to the account that has it", async () => {
  const { caller } = await comeIn(identity("olga at work", { email: olga.email }));
  expect(await caller.ask("account.me")).toMatchObject({ user: { id: olga.id } });
});

test("the way back is good for the browser that began, once, and with its own state", async () => {
  await invite("sven@shop.example");
  const caller = people.nobody();
  provider.as(identity("sven"));
  const back = new URL(await provider.signIn(await begin(caller)));
  const path = `${back.pathname}${back.search}`;
  const other = people.nobody();
  await other.send("GET", path, undefined);
  expect(await isIn(other)).toBe(false);
  const bent = new URL(back);
  bent.searchParams.set("state", "another");
  await caller.send("GET", `${bent.pathname}${bent.search}`, undefined);
  expect(await isIn(caller)).toBe(false);
  const bare = people.nobody();
  await bare.send("GET", `/auth/callback/sso?code=${back.searchParams.get("code")}`, undefined);
  expect(await isIn(bare)).toBe(false);
});

test("what the provider is asked carries a state, a challenge for the code, and the scopes of an identity", async () => {
  const { searchParams } = new URL(await begin(people.nobody()));
  expect(searchParams.get("state")?.length).toBeGreaterThan(15);
  expect(searchParams.get("nonce")?.length).toBeGreaterThan(15);
  expect(searchParams.get("code_challenge_method")).toBe("S256");
  expect(searchParams.get("code_challenge")?.length).toBeGreaterThan(40);
  expect(searchParams.get("scope")?.split(" ").sort()).toEqual(["email", "openid", "profile"]);
  expect(searchParams.get("redirect_uri")).toBe(`${people.url}/auth/callback/sso`);
});

test("the page can lead to no other site", async () => {
  const { reply } = await comeIn(identity("ines"));
  expect(ledTo(reply).origin).toBe(people.url);
});

test("an issuer that its own document calls otherwise signs nobody in", async () => {
  const other = createServer(async (_request, response) => {
    const document = await fetch(`${provider.issuer}/.well-known/openid-configuration`);
    response.setHeader("content-type", "application/json").end(await document.text());
  });
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const { port } = other.address() as AddressInfo;
  const { clientId, clientSecret } = provider;
  const fooled = await openAccounts({
    ...{ store: people.store, secret: people.world.house.secret, url: people.url },
    sso: { issuer: `http://127.0.0.1:${port}`, clientId, clientSecret },
    ...{ sendMail: async () => undefined, onFailure: () => undefined, workspacesWithData: async () => [] },
  });
  const request: RequestFacts = {
    ...{ id: "", ip: null, userAgent: null, headers: new Headers(), isFromHere: false },
    ...{ cookie: () => null, setCookies: () => undefined },
  };
  await expect(startSso(fooled, request)).rejects.toThrow("the single sign-on is not set up rightly");
  other.close();
});
