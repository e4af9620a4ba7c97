import { RIGHTS, type Right, type Role, roleMay, rolesWith } from "@touchline/server/contract";
import { URI } from "otpauth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FullWorkspace, fillWorkspace, stateOf } from "../support/full-workspace.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";
import { PROCEDURES, WORKSPACE_CALLS } from "../support/procedure-calls.ts";
import { PASSWORD } from "../support/sign-in.ts";

const ROLES: readonly Role[] = ["viewer", "media-buyer", "finance", "admin", "owner"];
const TITLES: Readonly<Record<Role, string>> = {
  viewer: "viewers",
  "media-buyer": "media buyers",
  finance: "finance",
  admin: "admins",
  owner: "owners",
};

/** Mutations that write nothing, and why. */
const LEAVES_NO_ENTRY: Readonly<Record<string, string>> = {
  "privacy.previewErasure": "it reads; a mutation only because addresses are written down on the way",
  "mapping.preview": "it reads; a mutation only because a mapping is longer than an address may be",
  "channels.try": "it reads; a mutation only because rules are longer than an address may be",
};

/** Changes that are several acts at once. */
const ENTRIES_OF: Readonly<Record<string, number>> = {
  "activation.wayBack": 2, // It is put forward, and approved.
  "reports.close": 3, // The two runs that the month stands on are pinned.
};

let people: PeopleWorld;
let full: FullWorkspace;
let members: Record<Role, Person>;

beforeAll(async () => {
  people = await openPeopleWorld();
  full = await fillWorkspace(people, await people.person("Northern Owner", { north: "owner" }), "north");
  const made: Partial<Record<Role, Person>> = {};
  for (const role of ROLES) made[role] = await people.person(`The ${role}`, { north: role });
  members = made as Record<Role, Person>;
}, 120_000);
afterAll(() => people.close());

const ofWorkspaces = PROCEDURES.filter(({ access }) => access in RIGHTS) as readonly {
  readonly path: string;
  readonly type: "query" | "mutation";
  readonly access: Right;
}[];

const entries = async () =>
  (await people.rows<{ seq: number }>("SELECT seq FROM audit_heads WHERE workspace_id = 'north'"))[0]?.seq ?? 0;
const inputOf = (path: string, person: Person) => WORKSPACE_CALLS[path]!.input?.(full, person);
const belongAgain = ({ id }: Person, role: Role) =>
  people.rows(
    `INSERT INTO memberships (workspace_id, user_id, role) VALUES ('north', '${id}', '${role}')
    ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = excluded.role`,
  );

describe.each(ROLES)("%s", (role) => {
  const [refused, permitted] = [false, true].map((may) =>
    ofWorkspaces.filter(({ access }) => roleMay(role, access) === may),
  );

  test("is refused what the role does not allow, is told who may, and changes nothing", async () => {
    const person = members[role];
    const inputs = new Map<string, unknown>();
    for (const { path } of refused!) inputs.set(path, await inputOf(path, person));
    const before = await stateOf(people, "north");
    for (const { path, access } of refused!) {
      const { code, message } = await person.caller.call(path, inputs.get(path));
      expect({ path, code }).toEqual({ path, code: "FORBIDDEN" });
      for (const may of rolesWith(access)) expect(message).toContain(TITLES[may]);
    }
    expect(await stateOf(people, "north")).toEqual(before);
    // What finance has closed, finance opens again: no admin does.
    if (role === "admin") expect(refused!.map(({ path }) => path)).toEqual(["reports.reopen"]);
    else if (role === "owner") expect(refused).toEqual([]);
    else expect(refused!.length).toBeGreaterThan(10);
  });

  test("may do what the role allows, and every change stands in the audit once", async () => {
    const person = members[role];
    // Whoever leaves comes last.
    const inOrder = permitted!.toSorted((a, b) => Number(a.path === "team.leave") - Number(b.path === "team.leave"));
    const failed: string[] = [];
    let changes = 0;
    for (const { path, type } of inOrder) {
      const input = await inputOf(path, person);
      const before = await entries();
      const { code, message } = await person.caller.call(path, input);
      const added = (await entries()) - before;
      expect({ path, code, message: code === null ? "" : message }).not.toMatchObject({ code: "FORBIDDEN" });
      expect({ path, code, message: code === null ? "" : message }).not.toMatchObject({
        code: "INTERNAL_SERVER_ERROR",
      });
      const isChange = type === "mutation" && code === null && LEAVES_NO_ENTRY[path] === undefined;
      expect({ path, added }).toEqual({ path, added: isChange ? (ENTRIES_OF[path] ?? 1) : 0 });
      if (isChange) changes++;
      if (code !== null) failed.push(path);
    }
    // The shop has no regions and no run that is still at work; a visitor is erased once, a refused row mended or given up once.
    expect(failed.filter((path) => !/^experiments\.(analyse|design|keep|regions)$|^runs\.cancel$/.test(path))).toEqual(
      [],
    );
    expect(changes).toBeGreaterThanOrEqual(role === "viewer" || role === "finance" ? 1 : 10);
    await belongAgain(person, role);
  });
});

describe("a role", () => {
  test("that is taken away works no more at the next request of an open session", async () => {
    const person = await people.person("Brief Admin", { north: "admin" });
    expect((await person.caller.call("keys.list")).code).toBeNull();
    await full.owner.caller.ask("team.changeRole", { userId: person.id, role: "viewer" });
    expect((await person.caller.call("keys.list")).code).toBe("FORBIDDEN");
    await full.owner.caller.ask("team.remove", { userId: person.id });
    expect((await person.caller.call("policies.read")).code).toBe("NOT_FOUND");
  });

  test("of one workspace is worth nothing in another one", async () => {
    const person = await people.person("Two Hats", { north: "viewer", west: "owner" });
    expect((await person.caller.call("keys.list", undefined, { workspace: "west" })).code).toBeNull();
    expect((await person.caller.call("keys.list", undefined, { workspace: "north" })).code).toBe("FORBIDDEN");
  });

  test("of an owner is needed to make a workspace", async () => {
    expect((await members.admin.caller.call("account.createWorkspace", { id: "made-by-admin" })).code).toBe(
      "FORBIDDEN",
    );
    expect((await members.owner.caller.call("account.createWorkspace", { id: "made-by-owner" })).code).toBeNull();
    const made = await members.owner.caller.call("keys.list", undefined, { workspace: "made-by-owner" });
    expect(made.code).toBeNull();
  });
});

describe("a second factor that a workspace asks for", () => {
  test("is asked of everybody at their next request, and lets them in once they have one", async () => {
    const boss = await people.person("Careful Owner", { east: "owner" });
    const guest = await people.person("Careless Viewer", { east: "viewer", south: "viewer" });
    const policy = { secondPersonAbove: null, requireSecondFactor: true };
    expect((await boss.caller.call("policies.change", policy)).code).toBe("PRECONDITION_FAILED");
    const { uri } = await boss.caller.ask<{ uri: string }>("account.setUpSecondFactor", { password: PASSWORD });
    const totp = URI.parse(uri) as unknown as { generate(): string };
    await boss.caller.ask("account.confirmSecondFactor", { code: totp.generate() });
    expect((await guest.caller.call("policies.read")).code).toBeNull();
    await boss.caller.ask("policies.change", policy);
    for (const { path } of ofWorkspaces.filter(({ access }) => roleMay("viewer", access))) {
      const { code, message } = await guest.caller.call(path, await inputOf(path, guest));
      expect({ path, code }).toEqual({ path, code: "FORBIDDEN" });
      expect(message).toMatch(/second factor/);
    }
    expect((await guest.caller.call("policies.read", undefined, { workspace: "south" })).code).toBeNull();
    expect((await guest.caller.call("account.sessions")).code).toBeNull();
    const own = await guest.caller.ask<{ uri: string }>("account.setUpSecondFactor", { password: PASSWORD });
    const code = (URI.parse(own.uri) as unknown as { generate(): string }).generate();
    await guest.caller.ask("account.confirmSecondFactor", { code });
    expect((await guest.caller.call("policies.read")).code).toBeNull();
  });
});

test("after all of it the audit is whole", async () => {
  const check = await full.owner.caller.ask<{ isWhole: boolean; entries: number }>("audit.verify");
  expect(check).toMatchObject({ isWhole: true, broken: null });
  expect(check.entries).toBeGreaterThan(80);
});
