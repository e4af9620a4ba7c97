import { URI } from "otpauth";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createLink } from "../../server/src/accounts/links.ts";
import { log } from "../../server/src/log.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";
import { type Caller, PASSWORD } from "../support/sign-in.ts";

let people: PeopleWorld;
beforeAll(async () => {
  people = await openPeopleWorld();
}, 60_000);
afterAll(() => people?.close());

const NEXT = "nine wooden ladders";
const isIn = async (caller: Caller) => (await caller.call("account.sessions")).code === null;

async function signedInElsewhere({ email }: Person): Promise<Caller> {
  const caller = people.nobody({ workspace: "shop" });
  await caller.ask("account.signIn", { email, password: PASSWORD });
  return caller;
}

interface Factor {
  readonly spareCodes: string[];
  code(halfMinutesLater?: number): string;
}

async function beginFactor({ caller }: Person): Promise<Factor> {
  const { uri, spareCodes } = await caller.ask<{ uri: string; spareCodes: string[] }>("account.setUpSecondFactor", {
    password: PASSWORD,
  });
  const app = URI.parse(uri) as unknown as { generate(at: object): string };
  return { spareCodes, code: (later = 0) => app.generate({ timestamp: Date.now() + later * 30_000 }) };
}

async function withFactor(name: string): Promise<{ person: Person; factor: Factor }> {
  const person = await people.person(name, { shop: "viewer" });
  const factor = await beginFactor(person);
  await person.caller.ask("account.confirmSecondFactor", { code: factor.code() });
  return { person, factor };
}

describe("a second factor", () => {
  test("ends every other session when it comes and when it goes", async () => {
    const person = await people.person("Ines", { shop: "viewer" });
    const before = await signedInElsewhere(person);
    const { spareCodes, code } = await beginFactor(person);
    await person.caller.ask("account.confirmSecondFactor", { code: code() });
    expect([await isIn(before), await isIn(person.caller)]).toEqual([false, true]);
    const other = await signedInElsewhere(person);
    await other.ask("account.signInWithCode", { code: spareCodes[0] });
    await person.caller.ask("account.removeSecondFactor", { password: PASSWORD, code: spareCodes[1] });
    expect([await isIn(other), await isIn(person.caller)]).toEqual([false, true]);
  });

  test("is asked for after a link for a new password, and after an invitation to another workspace", async () => {
    const { person, factor } = await withFactor("Rolf");
    const links = [
      { kind: "reset", workspaceId: "", role: null, password: NEXT },
      { kind: "invitation", workspaceId: "other", role: "viewer", password: NEXT },
    ] as const;
    for (const [index, { password, ...link }] of links.entries()) {
      const { token } = await createLink(people.store.db, { ...link, email: person.email, createdBy: "", hours: 1 });
      const caller = people.nobody();
      const given = { token, email: null, name: null, password };
      expect(await caller.ask("account.acceptLink", given)).toEqual({ state: "second-factor" });
      expect(await isIn(caller)).toBe(false);
      await caller.ask("account.signInWithCode", { code: factor.spareCodes[index] });
      expect(await isIn(caller)).toBe(true);
    }
  });

  test("whose seed was changed in the store accepts nothing", async () => {
    const { person, factor } = await withFactor("Tim");
    await people.rows(`UPDATE second_factors
      SET secret = left(secret, -1) || CASE right(secret, 1) WHEN '0' THEN '1' ELSE '0' END WHERE user_id = '${person.id}'`);
    const caller = await signedInElsewhere(person);
    expect((await caller.call("account.signInWithCode", { code: factor.code(1) })).code).not.toBeNull();
    expect(await isIn(caller)).toBe(false);
  });
});

test("what must not be guessed is long: spare codes, sessions and links", async () => {
  const { person, factor } = await withFactor("Lea");
  const { token } = await createLink(people.store.db, {
    ...{ kind: "reset", workspaceId: "", role: null, email: person.email, createdBy: "", hours: 1 },
  });
  const session = decodeURIComponent(person.caller.session!).split(".")[0]!;
  expect(factor.spareCodes.map((code) => code.replace("-", ""))).toEqual(
    Array(8).fill(expect.stringMatching(/^[A-Za-z0-9]{22}$/)),
  );
  expect(new Set(factor.spareCodes).size).toBe(8);
  expect(session).toMatch(/^[A-Za-z0-9_-]{32}$/);
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test("a wrong password is written down, at sign-in and behind a session, and the password is not", async () => {
  const lines: string[] = [];
  const before = log.level;
  log.level = "info";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    const person = await people.person("Wanda", { shop: "viewer" });
    const wrong = "seven green bottles";
    await people.nobody().call("account.signIn", { email: person.email, password: wrong });
    await person.caller.call("account.changePassword", { current: wrong, next: NEXT });
  } finally {
    spy.mockRestore();
    log.level = before;
  }
  const text = lines.join("");
  expect(text).toContain("sign-in-refused");
  expect(text).toContain("proof-refused");
  expect(text).not.toContain("seven green bottles");
});
