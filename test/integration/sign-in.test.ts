import { SHORTEST_PASSWORD } from "@touchline/server/contract";
import { URI } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createLink } from "../../server/src/accounts/links.ts";
import { requireGoodPassword } from "../../server/src/accounts/password-rules.ts";
import { openPeopleWorld, type PeopleWorld, type Person, quoted } from "../support/people-world.ts";
import { type Caller, PASSWORD, type Reply } from "../support/sign-in.ts";

const WRONG = "not the password of anybody";
/** Limits by address stand in front of those by account: here they let everything through, so that the latter are seen. */
const fast = { eventsPerSecond: 1e6, burstSeconds: 1 };
const RATES = { place: fast, nobody: fast, guess: fast, person: fast };

let people: PeopleWorld;
let olga: Person;

beforeAll(async () => {
  people = await openPeopleWorld({ rates: RATES });
  olga = await people.person("Olga", { shop: "owner" });
}, 60_000);
afterAll(() => people.close());
beforeEach(() => forgetGuesses());

const forgetGuesses = () => people.rows("DELETE FROM sign_in_failures");
const outcomeOf = ({ code, message, data }: Reply) =>
  code ?? (data as { state?: string } | undefined)?.state ?? message;
const tally = (outcomes: readonly string[]) =>
  Object.fromEntries(
    [...new Set(outcomes)].sort().map((each) => [each, outcomes.filter((other) => other === each).length]),
  );

function tryPassword(caller: Caller, email: string, password: string, from = caller.from): Promise<Reply> {
  caller.from = from;
  return caller.call("account.signIn", { email, password });
}

/** Guesses at an account: wrong ones, and the right one among the last. @returns how often each answer came */
async function guess(email: string, addressOf: (n: number) => string, times = 500): Promise<Record<string, number>> {
  const caller = people.nobody();
  const outcomes: string[] = [];
  for (let n = 0; n < times; n++) {
    caller.cookies.clear();
    outcomes.push(outcomeOf(await tryPassword(caller, email, n === times - 50 ? PASSWORD : WRONG, addressOf(n))));
  }
  return tally(outcomes);
}

describe("500 guesses at an account", () => {
  test("from one address get ten answers, and not the account", async () => {
    expect(await guess(olga.email, () => "203.0.113.1")).toEqual({ UNAUTHORIZED: 10, TOO_MANY_REQUESTS: 490 });
  });

  test("from 100 addresses get fifty answers, and not the account", async () => {
    expect(await guess(olga.email, (n) => `203.0.113.${n % 100}`)).toEqual({
      UNAUTHORIZED: 50,
      TOO_MANY_REQUESTS: 450,
    });
  });

  test("that nobody has are answered like the others", async () => {
    const engine = await people.accounts.engine.$context;
    const hash = vi.spyOn(engine.password, "hash").mockResolvedValue("scrypt$none"); // Fifty of them would cost half a minute.
    expect(await guess("nobody@shop.example", (n) => `203.0.113.${n % 100}`)).toEqual({
      UNAUTHORIZED: 50,
      TOO_MANY_REQUESTS: 450,
    });
    expect(hash).toHaveBeenCalledTimes(50);
    hash.mockRestore();
  });

  test("do not keep its owner out of a browser that they have used before", async () => {
    const known = olga.caller.signedOutCopy({ from: "192.0.2.50" });
    for (let n = 0; n < 60; n++) await tryPassword(people.nobody(), olga.email, WRONG, `203.0.113.${n}`);
    expect(outcomeOf(await tryPassword(people.nobody(), olga.email, PASSWORD))).toBe("TOO_MANY_REQUESTS");
    expect(outcomeOf(await tryPassword(known, olga.email, PASSWORD))).toBe("signed-in");
  });

  test("from a browser that was signed in before are counted as well, and its mark is good for no other account", async () => {
    const known = olga.caller.signedOutCopy();
    const outcomes: string[] = [];
    for (let n = 0; n < 20; n++)
      outcomes.push(outcomeOf(await tryPassword(known, olga.email, n === 15 ? PASSWORD : WRONG, `203.0.113.${n}`)));
    expect(tally(outcomes)).toEqual({ UNAUTHORIZED: 10, TOO_MANY_REQUESTS: 10 });
    const peter = await people.person("Peter", { shop: "viewer" });
    for (let n = 0; n < 55; n++) await tryPassword(people.nobody(), peter.email, WRONG, `203.0.113.${n}`);
    const stranger = olga.caller.signedOutCopy({ from: "203.0.113.200" });
    expect(outcomeOf(await tryPassword(stranger, peter.email, PASSWORD))).toBe("TOO_MANY_REQUESTS");
  });

  test("at the same moment do not slip through together", async () => {
    const callers = Array.from({ length: 40 }, () => people.nobody({ from: "203.0.113.9" }));
    const replies = await Promise.all(callers.map((caller) => tryPassword(caller, olga.email, WRONG)));
    expect(tally(replies.map(outcomeOf))).toEqual({ UNAUTHORIZED: 10, TOO_MANY_REQUESTS: 30 });
  });

  test("are over after a quarter of an hour: then the right password works again", async () => {
    await guess(olga.email, () => "203.0.113.1", 12);
    const caller = people.nobody({ from: "203.0.113.1" });
    const refused = await tryPassword(caller, olga.email, PASSWORD);
    expect(refused.message).toMatch(/too many attempts: try again in 1[45] minutes/);
    await people.rows("UPDATE sign_in_failures SET expires_at = expires_at - interval '15 minutes'");
    expect(outcomeOf(await tryPassword(caller, olga.email, PASSWORD))).toBe("signed-in");
  });

  test("end at the limit by address already, where limits are as they are", async () => {
    const { HTTP_RATES, Admission } = await import("../../server/src/http/admission.ts");
    const admission = new Admission(HTTP_RATES, false);
    const asking = { socket: { remoteAddress: "203.0.113.1" }, headers: {} };
    const answering = { set: () => undefined };
    let passed = 0;
    for (let n = 0; n < 500; n++)
      try {
        admission.admit(asking as never, answering as never, null, ["account.signIn"]);
        passed++;
      } catch {}
    expect(passed).toBeLessThanOrEqual(31);
  });
});

describe("unknown and known addresses", () => {
  test("get the same answer for the same work", async () => {
    const engine = await people.accounts.engine.$context;
    const [hash, verify] = [vi.spyOn(engine.password, "hash"), vi.spyOn(engine.password, "verify")];
    const known = await tryPassword(people.nobody(), olga.email, WRONG);
    expect([hash.mock.calls.length, verify.mock.calls.length]).toEqual([0, 1]);
    const unknown = await tryPassword(people.nobody(), "nobody@shop.example", WRONG);
    expect([hash.mock.calls.length, verify.mock.calls.length]).toEqual([1, 1]);
    const seen = ({ status, code, message, setCookies, headers }: Reply) => ({
      ...{ status, code, setCookies, says: message, names: Object.keys(headers).sort() },
    });
    expect(seen(unknown)).toEqual(seen(known));
    const { password } = (await people.rows<{ password: string }>("SELECT password FROM credentials LIMIT 1"))[0]!;
    const ownHash = await hash.mock.results[0]!.value;
    // Beside the cheap hashes of this world: a real one costs what the hash of an unknown one costs.
    expect(String(ownHash).split("$").slice(0, 4)).toEqual(["scrypt", "32768", "8", "3"]);
    expect(password).toMatch(/^scrypt\$/);
    for (const spy of [hash, verify]) spy.mockRestore();
  });

  test("get the same answer to a question for a new password, and only the known one a mail", async () => {
    const before = people.mails.length;
    const replies = [];
    for (const email of [olga.email, "nobody@shop.example"])
      replies.push(await people.nobody().call("account.requestReset", { email }));
    expect(replies.map(({ status, data }) => ({ status, data }))).toEqual([
      { status: 200, data: {} },
      { status: 200, data: {} },
    ]);
    await expect.poll(() => people.mails.slice(before).map(({ to }) => to)).toEqual([olga.email]);
  });
});

describe("links", () => {
  const linkOf = async (kind: "welcome" | "invitation" | "reset", email: string, hours = 1) =>
    createLink(people.store.db, {
      ...{ kind, email, hours, createdBy: "a test" },
      ...(kind === "reset" ? { workspaceId: "", role: null } : { workspaceId: "shop", role: "viewer" as const }),
    });
  const accept = (token: string, name: string | null = "New", password = PASSWORD) =>
    people.nobody().call("account.acceptLink", { token, email: null, name, password });

  test("work once", async () => {
    const { token } = await linkOf("invitation", "nina@shop.example");
    expect((await people.nobody().call("account.openLink", { token })).data).toMatchObject({
      kind: "invitation",
      workspace: "shop",
    });
    expect(outcomeOf(await accept(token))).toBe("signed-in");
    expect((await accept(token)).code).toBe("NOT_FOUND");
    expect((await people.nobody().call("account.openLink", { token })).code).toBe("NOT_FOUND");
  });

  test("work once for two who use them at the same moment", async () => {
    for (let round = 0; round < 3; round++) {
      const { token } = await linkOf("invitation", `both${round}@shop.example`);
      const replies = await Promise.all([accept(token), accept(token)]);
      expect(replies.filter(({ code }) => code === null).length).toBe(1);
      const made = await people.rows(`SELECT id FROM users WHERE email = 'both${round}@shop.example'`);
      expect(made.length).toBe(1);
    }
  });

  test("expire", async () => {
    const { id, token } = await linkOf("invitation", "late@shop.example");
    await people.rows(`UPDATE one_time_links SET expires_at = now() - interval '1 second' WHERE id = '${id}'`);
    expect((await accept(token)).code).toBe("NOT_FOUND");
  });

  test("end when a newer one takes their place", async () => {
    await people.person("Rita", { shop: "viewer" });
    const email = "rita@shop.example";
    const tokens: string[] = [];
    for (const round of [1, 2]) {
      const before = people.mails.length;
      await people.nobody().ask("account.requestReset", { email });
      await expect.poll(() => people.mails.length).toBe(before + 1);
      tokens.push(/#token=(\S+)/.exec(people.mails.at(-1)!.text)![1]!);
      expect(tokens.length).toBe(round);
    }
    expect((await accept(tokens[0]!, null)).code).toBe("NOT_FOUND");
    expect(outcomeOf(await accept(tokens[1]!, null, "nine wooden ladders"))).toBe("signed-in");
  });

  test("for a new password end every session and the old password", async () => {
    const tom = await people.person("Tom", { shop: "viewer" });
    const { token } = await linkOf("reset", tom.email);
    expect(outcomeOf(await accept(token, null, "nine wooden ladders"))).toBe("signed-in");
    expect((await tom.caller.call("workspace.status")).code).toBe("UNAUTHORIZED");
    expect(outcomeOf(await tryPassword(people.nobody(), tom.email, PASSWORD))).toBe("UNAUTHORIZED");
    expect(outcomeOf(await tryPassword(people.nobody(), tom.email, "nine wooden ladders"))).toBe("signed-in");
  });

  test("that a database would tell are of no use: only their hash is kept", async () => {
    const { token } = await linkOf("invitation", "kept@shop.example");
    const all = JSON.stringify(await people.rows("SELECT * FROM one_time_links"));
    expect(all).not.toContain(token);
    const [{ token_hash }] = (await people.rows<{ token_hash: string }>(
      "SELECT token_hash FROM one_time_links WHERE email = 'kept@shop.example'",
    )) as [{ token_hash: string }];
    expect((await accept(token_hash)).code).toBe("NOT_FOUND");
  });

  test("leave a weak password undone, and can be used again with a better one", async () => {
    const { token } = await linkOf("invitation", "weak@shop.example");
    expect((await accept(token, "Weak", "password1234")).code).toBe("BAD_REQUEST");
    expect(outcomeOf(await accept(token))).toBe("signed-in");
  });
});

describe("a new password", () => {
  const isRefused = (password: string, email = "olga.shop@example.com") =>
    requireGoodPassword(password, email).then(
      () => false,
      () => true,
    );

  test("is none that leaks contain, however it is written, and no figure away from one", async () => {
    const { dictionary } = await import("@zxcvbn-ts/language-common");
    const all = dictionary["passwords-common"].map(String);
    const long = all.filter((word) => word.length >= SHORTEST_PASSWORD);
    expect(long.length).toBeGreaterThan(300);
    for (const word of long)
      for (const each of [word, word.toUpperCase()])
        expect({ each, refused: await isRefused(each) }).toEqual({ each, refused: true });
    // Those that are too short, made long enough in the way that everybody does.
    const letters = all.filter((word) => /^[a-z]+$/.test(word)).slice(0, 3_000);
    expect(letters.length).toBe(3_000);
    for (const word of letters) {
      const derived = `${word[0]!.toUpperCase()}${word.slice(1)}2026!`.padEnd(SHORTEST_PASSWORD, "!");
      expect({ derived, refused: await isRefused(derived) }).toEqual({ derived, refused: true });
    }
  });

  test("is no short word, no repetition and not the address", async () => {
    for (const password of [
      "short",
      "elevenchars",
      "aaaaaaaaaaaaaaaa",
      "abcabcabcabcabc",
      "olga.shop@example.com",
      "touchline-olga-shop",
      "x".repeat(129),
    ])
      expect({ password, refused: await isRefused(password) }).toEqual({ password, refused: true });
    for (const password of [PASSWORD, "ünïcödé wörds béside", "correct pony battery lamp", "x7!kkQ-99-zorbing"])
      expect({ password, refused: await isRefused(password) }).toEqual({ password, refused: false });
  });

  test("that is weak is refused wherever one can be chosen", async () => {
    const reply = await olga.caller.call("account.changePassword", { current: PASSWORD, next: "password1234" });
    expect(reply.code).toBe("BAD_REQUEST");
  });
});

describe("a second factor", () => {
  let sam: Person;
  let codes: { now(offset?: number): string; spare: string[] };
  beforeAll(async () => {
    sam = await people.person("Sam", { shop: "admin" });
    const setup = await sam.caller.ask<{ uri: string; spareCodes: string[] }>("account.setUpSecondFactor", {
      password: PASSWORD,
    });
    const totp = URI.parse(setup.uri);
    codes = {
      now: (offset = 0) =>
        (totp as unknown as { generate(at: object): string }).generate({ timestamp: Date.now() + offset * 30_000 }),
      spare: [...setup.spareCodes],
    };
    await sam.caller.ask("account.confirmSecondFactor", { code: codes.now() });
  });
  const challenged = async () => {
    const caller = people.nobody({ workspace: "shop" });
    expect(outcomeOf(await tryPassword(caller, sam.email, PASSWORD))).toBe("second-factor");
    return caller;
  };

  test("is asked for: the password alone opens nothing", async () => {
    const caller = await challenged();
    expect((await caller.call("workspace.status")).code).toBe("UNAUTHORIZED");
    expect((await caller.call("account.sessions")).code).toBe("UNAUTHORIZED");
  });

  test("needs the password before it: a code alone opens nothing", async () => {
    const caller = people.nobody({ workspace: "shop" });
    expect((await caller.call("account.signInWithCode", { code: codes.now(1) })).code).toBe("UNAUTHORIZED");
    expect((await caller.call("workspace.status")).code).toBe("UNAUTHORIZED");
  });

  test("opens with a code of the app, once", async () => {
    const caller = await challenged();
    const code = codes.now(1); // The next one: the present one has confirmed the app.
    expect((await caller.call("account.signInWithCode", { code })).code).toBeNull();
    expect((await caller.call("workspace.status")).code).toBeNull();
    const second = await challenged();
    expect((await second.call("account.signInWithCode", { code })).code).toBe("UNAUTHORIZED");
    expect((await second.call("workspace.status")).code).toBe("UNAUTHORIZED");
  });

  test("opens with a spare code, once, and for one of two at the same moment", async () => {
    const code = codes.spare.shift()!;
    expect((await (await challenged()).call("account.signInWithCode", { code })).code).toBeNull();
    expect((await (await challenged()).call("account.signInWithCode", { code })).code).toBe("UNAUTHORIZED");
    const pair = await Promise.all([challenged(), challenged()]);
    const next = codes.spare.shift()!;
    const replies = await Promise.all(pair.map((caller) => caller.call("account.signInWithCode", { code: next })));
    expect(replies.filter(({ code: error }) => error === null).length).toBe(1);
  });

  test("of the store is not readable in it", async () => {
    const all = JSON.stringify(await people.rows("SELECT * FROM second_factors"));
    for (const code of codes.spare) expect(all).not.toContain(code);
  });

  test("cannot be guessed: wrong codes end the attempt", async () => {
    const outcomes: string[] = [];
    for (let n = 0; n < 30; n++) {
      const caller = await challenged();
      caller.from = `203.0.113.${n}`;
      outcomes.push(outcomeOf(await caller.call("account.signInWithCode", { code: String(n).padStart(6, "0") })));
    }
    const answered = outcomes.filter((each) => each === "UNAUTHORIZED").length;
    expect(answered).toBeLessThanOrEqual(12);
    expect(outcomes.at(-1)).toBe("TOO_MANY_REQUESTS");
    const right = await (await challenged()).call("account.signInWithCode", { code: codes.spare.shift()! });
    expect(right.code).toBe("TOO_MANY_REQUESTS");
    await people.rows(
      `UPDATE second_factors SET locked_until = now() - interval '1 second' WHERE user_id = '${sam.id}'`,
    );
    await forgetGuesses();
    expect((await (await challenged()).call("account.signInWithCode", { code: codes.spare.shift()! })).code).toBeNull();
  });

  test("goes with password and code, not with the password alone", async () => {
    const caller = await challenged();
    await caller.ask("account.signInWithCode", { code: codes.spare.shift()! });
    expect(
      (await caller.call("account.removeSecondFactor", { password: PASSWORD, code: "000000" })).code,
    ).not.toBeNull();
    expect(
      (await caller.call("account.removeSecondFactor", { password: WRONG, code: codes.spare[0]! })).code,
    ).not.toBeNull();
    expect(
      (await caller.call("account.removeSecondFactor", { password: PASSWORD, code: codes.spare.shift()! })).code,
    ).toBeNull();
    expect(outcomeOf(await tryPassword(people.nobody(), sam.email, PASSWORD))).toBe("signed-in");
  });
});

describe("cookies", () => {
  const attributesOf = ({ setCookies }: Reply) =>
    setCookies.map((line) => {
      const [pair = "", ...attributes] = line.split(/;\s*/);
      return { name: pair.split("=")[0]!, attributes: attributes.map((each) => each.toLowerCase()) };
    });

  test("over http of this machine are HttpOnly and SameSite=Lax", async () => {
    const reply = await tryPassword(people.nobody(), olga.email, PASSWORD);
    const cookies = attributesOf(reply);
    expect(cookies.map(({ name }) => name).sort()).toEqual(["touchline.device", "touchline.session_token"]);
    for (const { attributes } of cookies) {
      expect(attributes).toEqual(expect.arrayContaining(["httponly", "samesite=lax", "path=/"]));
      expect(attributes).not.toContain("secure");
    }
  });

  test("change at every sign-in: what was planted before it is worth nothing", async () => {
    const planted = people.nobody();
    await tryPassword(planted, olga.email, PASSWORD);
    const old = planted.session;
    await tryPassword(planted, olga.email, PASSWORD);
    expect(planted.session).not.toBe(old);
    const attacker = people.nobody({ workspace: "shop" });
    attacker.cookies.set("touchline.session_token", "planted.token");
    expect((await attacker.call("account.sessions")).code).toBe("UNAUTHORIZED");
    const victim = people.nobody();
    victim.cookies.set("touchline.session_token", "planted.token");
    await tryPassword(victim, olga.email, PASSWORD);
    expect(victim.session).not.toBe("planted.token");
    expect((await attacker.call("account.sessions")).code).toBe("UNAUTHORIZED");
  });
});

test("what is written down of a sign-in names neither password nor token", async () => {
  await tryPassword(people.nobody(), olga.email, PASSWORD);
  const entries = JSON.stringify(
    await people.rows(`SELECT body FROM audit_entries WHERE workspace_id = ${quoted("shop")}`),
  );
  expect(entries).toContain("session.sign-in");
  for (const secret of [PASSWORD, WRONG, olga.caller.session!.slice(0, 20)]) expect(entries).not.toContain(secret);
});
