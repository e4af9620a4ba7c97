import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPeopleWorld, type PeopleWorld } from "../support/people-world.ts";

/** An issuer of its own making says what each test tells it to: tokens that no honest provider would give out. */

const CLIENT = { clientId: "touchline", clientSecret: "a-secret-of-thirty-two-characters" };
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const strange = generateKeyPairSync("rsa", { modulusLength: 2048 });

type Claims = Record<string, unknown>;
interface Forgery {
  readonly header?: Claims;
  readonly claims?: Claims;
  readonly signature?: (text: string) => Buffer;
}

let people: PeopleWorld;
let issuer = "";
let idToken = "";
const provider = createServer((request, response) => {
  const answers: Record<string, unknown> = {
    "/.well-known/openid-configuration": {
      ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
      ...{ jwks_uri: `${issuer}/keys`, id_token_signing_alg_values_supported: ["RS256"] },
    },
    "/keys": { keys: [{ ...keys.publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] },
    "/token": { access_token: "of-the-issuer", token_type: "Bearer", expires_in: 60, id_token: idToken },
  };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answers[request.url!] ?? {}));
});

beforeAll(async () => {
  await new Promise<void>((done) => provider.listen(0, "127.0.0.1", done));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  people = await openPeopleWorld({ sso: async () => ({ issuer, ...CLIENT }) });
}, 60_000);
afterAll(async () => {
  await people?.close();
  await new Promise((done) => provider.close(done));
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const by = (key: KeyObject) => (text: string) => sign("sha256", Buffer.from(text), key);

/** Signs somebody in by whatever the issuer says of them. */
async function comeIn(email: string, { header, claims, signature = by(keys.privateKey) }: Forgery = {}) {
  const caller = people.nobody({ workspace: "shop" });
  const start = new URL((await caller.ask<{ url: string }>("account.startSso")).url);
  const now = Math.floor(Date.now() / 1000);
  const said = {
    ...{ iss: issuer, aud: CLIENT.clientId, sub: `sub of ${email}`, email, email_verified: true, name: "Olga" },
    ...{ iat: now, exp: now + 60, nonce: start.searchParams.get("nonce") },
    ...claims,
  };
  const text = `${encoded({ alg: "RS256", kid: "1", ...header })}.${encoded(said)}`;
  idToken = `${text}.${signature(text).toString("base64url")}`;
  const back = `/auth/callback/sso?code=x&state=${encodeURIComponent(start.searchParams.get("state")!)}`;
  const reply = await caller.send("GET", back, undefined);
  return { caller, reply, isIn: (await caller.call("account.sessions")).code === null };
}

test("what the issuer has signed, for this server and this attempt, is believed", async () => {
  const { email } = await people.person("Olga", { shop: "owner" });
  expect((await comeIn(email)).isIn).toBe(true);
});

const seconds = (later: number) => Math.floor(Date.now() / 1000) + later;
const FORGERIES: readonly [string, () => Forgery][] = [
  ["signed by another key", () => ({ signature: by(strange.privateKey) })],
  [
    "signed by a key that it brings along",
    () => ({
      header: { jwk: strange.publicKey.export({ format: "jwk" }), jku: `${issuer}/token` },
      signature: by(strange.privateKey),
    }),
  ],
  ["signed by nobody", () => ({ header: { alg: "none" }, signature: () => Buffer.alloc(0) })],
  [
    "signed by the client's own secret",
    () => ({
      header: { alg: "HS256" },
      signature: (text) => createHmac("sha256", CLIENT.clientSecret).update(text).digest(),
    }),
  ],
  ["of another issuer", () => ({ claims: { iss: "https://elsewhere.example" } })],
  ["for another client", () => ({ claims: { aud: "another" } })],
  ["that is over", () => ({ claims: { iat: seconds(-7_200), exp: seconds(-3_600) } })],
  ["that begins later", () => ({ claims: { nbf: seconds(3_600) } })],
  ["of another attempt", () => ({ claims: { nonce: "of-another-attempt" } })],
  ["of no attempt, such as a token for something else", () => ({ claims: { nonce: undefined } })],
];

test.each(FORGERIES)("an identity %s opens nothing", async (_what, forge) => {
  const { email } = await people.person(`Vera ${FORGERIES.findIndex(([, each]) => each === forge)}`, { shop: "owner" });
  const { isIn, reply } = await comeIn(email, forge());
  expect([isIn, reply.setCookies.filter((line) => /session_token=[^;]/.test(line))]).toEqual([false, []]);
});

test("no token of the issuer reaches the browser", async () => {
  const { email } = await people.person("Nina", { shop: "owner" });
  const { caller, reply } = await comeIn(email);
  const seen = JSON.stringify([
    [reply.headers, reply.message, [...caller.cookies]],
    [await caller.ask("account.me"), await caller.ask("account.sessions"), await caller.ask("team.members")],
  ]);
  expect(seen).not.toContain("of-the-issuer");
  expect(seen).not.toContain(idToken.split(".")[1]);
});
