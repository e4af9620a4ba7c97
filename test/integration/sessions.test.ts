import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";
import { type Caller, PASSWORD, type Reply } from "../support/sign-in.ts";

let people: PeopleWorld;
let ada: Person;
let made = 0;

beforeAll(async () => {
  people = await openPeopleWorld();
  ada = await people.person("Ada", { shop: "admin" });
}, 60_000);
afterAll(() => people.close());

interface SessionRow {
  readonly id: string;
  readonly isThis: boolean;
}

const isIn = async (caller: Caller) => (await caller.call("policies.read")).code === null;
const sessionsOf = (caller: Caller) => caller.ask<SessionRow[]>("account.sessions");

describe("a stolen cookie", () => {
  let vera: Person;
  let thief: Caller;
  beforeEach(async () => {
    vera = await people.person(`Vera ${++made}`, { shop: "viewer" });
    thief = vera.caller.copy({ from: "203.0.113.66" });
    expect(await isIn(thief)).toBe(true);
  });

  test("dies when its owner ends the session from another browser", async () => {
    const other = people.nobody({ workspace: "shop" });
    await other.ask("account.signIn", { email: vera.email, password: PASSWORD });
    const [stolen] = (await sessionsOf(other)).filter(({ isThis }) => !isThis);
    await other.ask("account.revokeSession", { id: stolen!.id });
    expect([await isIn(thief), await isIn(vera.caller), await isIn(other)]).toEqual([false, false, true]);
  });

  test("dies when its owner ends all other sessions", async () => {
    const other = people.nobody({ workspace: "shop" });
    await other.ask("account.signIn", { email: vera.email, password: PASSWORD });
    expect(await other.ask("account.revokeOtherSessions")).toEqual({ revoked: 1 });
    expect([await isIn(thief), await isIn(other)]).toEqual([false, true]);
  });

  test("dies when its owner signs in again in the browser that it was stolen from", async () => {
    await vera.caller.ask("account.signIn", { email: vera.email, password: PASSWORD });
    expect([await isIn(thief), await isIn(vera.caller)]).toEqual([false, true]);
  });

  test("dies when its owner signs out", async () => {
    await vera.caller.ask("account.signOut");
    expect(await isIn(thief)).toBe(false);
  });

  test("dies when its owner chooses another password, while the browser that chose it goes on", async () => {
    await vera.caller.ask("account.changePassword", { current: PASSWORD, next: "nine wooden ladders" });
    expect([await isIn(thief), await isIn(vera.caller)]).toEqual([false, true]);
    expect(vera.caller.session).not.toBe(thief.session);
  });

  test("opens nothing of the workspace any more when its owner is taken out of it", async () => {
    await ada.caller.ask("team.remove", { userId: vera.id });
    expect((await thief.call("policies.read")).code).toBe("NOT_FOUND");
  });

  test("does not change the password without knowing it", async () => {
    const reply = await thief.call("account.changePassword", {
      current: "a guess of a thief",
      next: "nine wooden ladders",
    });
    expect(reply.code).not.toBeNull();
    const second = await thief.call("account.setUpSecondFactor", { password: "a guess of a thief" });
    expect(second.code).not.toBeNull();
    expect(await isIn(vera.caller)).toBe(true);
  });

  test("ends no session of somebody else", async () => {
    const [own] = await sessionsOf(ada.caller);
    expect((await thief.call("account.revokeSession", { id: own!.id })).code).toBe("NOT_FOUND");
    expect(await isIn(ada.caller)).toBe(true);
  });
});

describe("a session", () => {
  const age = (person: Person, change: string) =>
    people.rows(`UPDATE sessions SET ${change} WHERE user_id = '${person.id}'`);
  const newcomer = () => people.person(`Nick ${++made}`, { shop: "viewer" });

  test("is over eight days after it was last seen", async () => {
    const [idle, seen] = [await newcomer(), await newcomer()];
    const [row] = await people.rows<{ days: number }>(
      `SELECT extract(epoch FROM expires_at - now())::float / 86400 AS days FROM sessions WHERE user_id = '${idle.id}'`,
    );
    expect(Math.round(row!.days)).toBe(8);
    await age(
      idle,
      "expires_at = expires_at - interval '8 days 1 second', updated_at = updated_at - interval '8 days 1 second'",
    );
    await age(seen, "expires_at = expires_at - interval '6 days', updated_at = updated_at - interval '6 days'");
    expect([await isIn(idle.caller), await isIn(seen.caller)]).toEqual([false, true]);
    const [again] = await people.rows<{ days: number }>(
      `SELECT extract(epoch FROM expires_at - now())::float / 86400 AS days FROM sessions WHERE user_id = '${seen.id}'`,
    );
    expect(Math.round(again!.days)).toBe(8);
  });

  test("is over after thirty days, however often it was seen", async () => {
    const [old, younger] = [await newcomer(), await newcomer()];
    await age(old, "created_at = created_at - interval '30 days 1 minute'");
    await age(younger, "created_at = created_at - interval '29 days'");
    expect([await isIn(old.caller), await isIn(younger.caller)]).toEqual([false, true]);
    expect(await people.rows(`SELECT id FROM sessions WHERE user_id = '${old.id}'`)).toEqual([]);
  });

  test("is kept as a hash: what the store holds is no cookie", async () => {
    const [row] = await people.rows<{ id: string; token: string }>(
      `SELECT id, token FROM sessions WHERE user_id = '${ada.id}'`,
    );
    const cookie = decodeURIComponent(ada.caller.session!);
    const [token = "", signature = ""] = cookie.split(".");
    expect(row!.token).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(await people.rows("SELECT * FROM sessions"))).not.toContain(token);
    for (const forged of [
      row!.token,
      `${row!.token}.${signature}`,
      row!.id,
      `${row!.id}.${signature}`,
      `${token}.`,
      token,
      `${token}.${signature.slice(0, -4)}AAA=`,
    ]) {
      const caller = people.nobody({ workspace: "shop" });
      caller.cookies.set("touchline.session_token", encodeURIComponent(forged));
      expect({ forged, isIn: await isIn(caller) }).toEqual({ forged, isIn: false });
    }
    expect(await isIn(ada.caller)).toBe(true);
  });

  test("is told by its own person only, with where it comes from", async () => {
    const list = await ada.caller.ask<(SessionRow & { ip: string })[]>("account.sessions");
    expect(list.filter(({ isThis }) => isThis).length).toBe(1);
    expect(list[0]).toMatchObject({ ip: ada.caller.from });
    expect(JSON.stringify(list)).not.toContain(decodeURIComponent(ada.caller.session!).split(".")[0]);
  });
});

describe("behind https", () => {
  let secure: PeopleWorld;
  beforeAll(async () => {
    await people.close();
    secure = await openPeopleWorld({ publicUrl: "https://touchline.example" });
    people = secure;
  }, 60_000);

  test("cookies are the host's own: __Host-, Secure, HttpOnly, SameSite=Lax, for the whole site", async () => {
    const olga = await secure.person("Olga", { shop: "owner" });
    const reply: Reply = await olga.caller.call("account.signIn", { email: olga.email, password: PASSWORD });
    expect(reply.setCookies.length).toBeGreaterThanOrEqual(2);
    for (const line of reply.setCookies) {
      const [pair = "", ...attributes] = line.split(/;\s*/);
      expect(pair).toMatch(/^__Host-touchline/);
      const said = attributes.map((each) => each.toLowerCase());
      expect(said).toEqual(expect.arrayContaining(["secure", "httponly", "samesite=lax", "path=/"]));
      expect(said.some((each) => each.startsWith("domain"))).toBe(false);
    }
    expect(await isIn(olga.caller)).toBe(true);
    const plain = secure.nobody({ workspace: "shop" });
    plain.cookies.set("touchline.session_token", olga.caller.session!);
    expect(await isIn(plain)).toBe(false);
  });

  test("links in mails lead there", async () => {
    const owner = await secure.person("Otto", { shop: "owner" });
    await owner.caller.ask("team.invite", { email: "new@shop.example", role: "viewer" });
    expect(secure.mails.at(-1)!.text).toMatch(/https:\/\/touchline\.example\/link#token=\S+/);
  });
});
