import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  changeRole,
  listInvitations,
  listMembers,
  makeInvitation,
  policiesOf,
  removeMember,
} from "@touchline/server/accounts";
import { RIGHTS, Role, rolesGrantedBy, rolesWith } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changePolicies } from "../../server/src/accounts/policies/policies.ts";
import { invite, withdrawInvitation } from "../../server/src/accounts/team/index.ts";
import { oneTimeLinks } from "../../server/src/store/index.ts";
import { hire, type Staff } from "../support/staff.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await firstOwnerIsWelcome();
});
afterAll(() => world.close());

/** Before anybody is there: the link of the first owner. */
async function firstOwnerIsWelcome(): Promise<void> {
  const { stdout } = await world.run("users", "list");
  expect(stdout).toContain("touchline users link EMAIL");
  const made = await world.json("users", "link", "First@Shop.example", "--workspace", "first");
  expect(made).toMatchObject({ kind: "welcome", email: "first@shop.example" });
}

let workspaces = 0;
const newWorkspace = () => `team-${++workspaces}`;
const hireIn = (workspace: string, role: Role, name?: string) => hire(world.house, workspace, role, name);

async function rolesOf(staff: Staff): Promise<Record<string, Role>> {
  const members = await listMembers(staff.desk.store);
  return Object.fromEntries(members.map(({ userId, role }) => [userId, role]));
}

async function actionsOf({ desk: { store } }: Staff): Promise<string[]> {
  const listed = await world.json("audit", "list", "--workspace", store.workspaceId);
  return (listed as { entries: { action: string }[] }).entries.map(({ action }) => action).reverse();
}

describe("members", () => {
  test("each role gives and takes the roles that it may, and no other one", async () => {
    let tried = 0;
    for (const acting of Role.options) {
      const workspace = newWorkspace();
      await hireIn(workspace, "owner", "another");
      const actor = await hireIn(workspace, acting, "acting");
      for (const before of Role.options) {
        const member = await hireIn(workspace, before);
        for (const after of Role.options.filter((role) => role !== before)) {
          const change = changeRole(actor.desk, { userId: member.id, role: after });
          const roles = rolesGrantedBy(acting);
          if (roles.includes(before) && roles.includes(after)) {
            await change;
            await changeRole(actor.desk, { userId: member.id, role: before });
          } else await expect(change).rejects.toMatchObject({ code: "FORBIDDEN" });
          tried++;
        }
        const removal = removeMember(actor.desk, member.id);
        if (rolesGrantedBy(acting).includes(before)) await removal;
        else await expect(removal).rejects.toMatchObject({ code: "FORBIDDEN" });
      }
    }
    expect(tried).toBe(100);
  });

  test("a workspace keeps its last owner: neither a step down nor a departure nor a command takes them", async () => {
    const owner = await hireIn(newWorkspace(), "owner");
    const keeps = "a workspace keeps at least one owner";
    await expect(changeRole(owner.desk, { userId: owner.id, role: "viewer" })).rejects.toThrow(keeps);
    await expect(removeMember(owner.desk, owner.id)).rejects.toThrow(keeps);
    const { workspaceId } = owner.desk.store;
    for (const argv of [
      ["remove", owner.email],
      ["role", owner.email, "admin"],
    ]) {
      const refused = await world.run("users", ...argv, "--workspace", workspaceId);
      expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(keeps) });
    }
    expect(await rolesOf(owner)).toEqual({ [owner.id]: "owner" });
  });

  test("of two owners who remove each other at once one stays", async () => {
    for (let round = 0; round < 5; round++) {
      const workspace = newWorkspace();
      const [a, b] = [await hireIn(workspace, "owner", "a"), await hireIn(workspace, "owner", "b")];
      const outcomes = await Promise.allSettled([removeMember(a.desk, b.id), removeMember(b.desk, a.id)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(Object.values(await rolesOf(a))).toEqual(["owner"]);
    }
  });

  test("of two owners who step down at once one stays", async () => {
    const workspace = newWorkspace();
    const [a, b] = [await hireIn(workspace, "owner", "a"), await hireIn(workspace, "owner", "b")];
    await Promise.allSettled([a, b].map(({ desk, id }) => changeRole(desk, { userId: id, role: "viewer" })));
    expect(Object.values(await rolesOf(a)).sort()).toEqual(["owner", "viewer"]);
  });

  test("somebody who was removed changes nothing any more, whatever they were", async () => {
    const workspace = newWorkspace();
    const [owner, gone] = [await hireIn(workspace, "owner"), await hireIn(workspace, "admin", "gone")];
    const viewer = await hireIn(workspace, "viewer");
    await removeMember(owner.desk, gone.id);
    const attempts = [
      changeRole(gone.desk, { userId: viewer.id, role: "admin" }),
      removeMember(gone.desk, viewer.id),
      makeInvitation(gone.desk, { email: "friend@shop.example", role: "admin" }),
    ];
    await Promise.all(attempts.map((attempt) => expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" })));
    await expect(removeMember(gone.desk, gone.id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("nobody reaches a member of another workspace", async () => {
    const [here, there] = [await hireIn(newWorkspace(), "owner"), await hireIn(newWorkspace(), "owner")];
    const viewer = await hireIn(there.desk.store.workspaceId, "viewer");
    await expect(changeRole(here.desk, { userId: viewer.id, role: "admin" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(removeMember(here.desk, viewer.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await rolesOf(there)).toMatchObject({ [viewer.id]: "viewer" });
  });

  test("anybody may leave, and every change stands in the audit", async () => {
    const workspace = newWorkspace();
    const [owner, viewer] = [await hireIn(workspace, "owner"), await hireIn(workspace, "viewer")];
    await changeRole(owner.desk, { userId: viewer.id, role: "finance" });
    await changeRole(owner.desk, { userId: viewer.id, role: "finance" });
    await removeMember(viewer.desk, viewer.id);
    expect(await actionsOf(owner)).toEqual(["members.change-role", "members.leave"]);
  });
});

describe("invitations", () => {
  test("a newer invitation ends the former one, and one that is withdrawn is gone", async () => {
    const owner = await hireIn(newWorkspace(), "owner");
    const email = "new@shop.example";
    await makeInvitation(owner.desk, { email, role: "viewer" });
    const { id } = await makeInvitation(owner.desk, { email, role: "finance" });
    const open = await listInvitations(owner.desk.store);
    expect(open.map(({ id: each, role }) => [each, role])).toEqual([[id, "finance"]]);
    await withdrawInvitation(owner.desk, id);
    expect(await listInvitations(owner.desk.store)).toEqual([]);
    await expect(withdrawInvitation(owner.desk, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await actionsOf(owner)).toEqual(["members.invite", "members.invite", "members.withdraw-invitation"]);
  });

  test("an admin neither invites an owner nor ends an invitation of one", async () => {
    const workspace = newWorkspace();
    const [owner, admin] = [await hireIn(workspace, "owner"), await hireIn(workspace, "admin")];
    const email = "boss@shop.example";
    const { id } = await makeInvitation(owner.desk, { email, role: "owner" });
    await expect(makeInvitation(admin.desk, { email: "x@shop.example", role: "owner" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(makeInvitation(admin.desk, { email, role: "viewer" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(withdrawInvitation(admin.desk, id)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await listInvitations(owner.desk.store)).map((each) => each.id)).toEqual([id]);
  });

  test("a member is not invited again, and one who was removed has no invitation left", async () => {
    const workspace = newWorkspace();
    const [owner, viewer] = [await hireIn(workspace, "owner"), await hireIn(workspace, "viewer")];
    await expect(makeInvitation(owner.desk, { email: viewer.email, role: "admin" })).rejects.toThrow(
      "belongs to this workspace already",
    );
    const { db } = await world.house.store();
    await db.execute(
      `INSERT INTO one_time_links (id, kind, token_hash, workspace_id, email, role, created_by, expires_at)
       VALUES ('left-${workspace}', 'invitation', 'hash-${workspace}', '${workspace}', '${viewer.email}', 'admin', 'somebody', now() + interval '1 day')`,
    );
    await removeMember(owner.desk, viewer.id);
    expect(await listInvitations(owner.desk.store)).toEqual([]);
  });

  test("the mail carries the link, and an invitation that cannot be sent is withdrawn", async () => {
    const owner = await hireIn(newWorkspace(), "owner");
    const sent: { to: string; text: string }[] = [];
    const url = "https://touchline.example";
    const desk = { ...owner.desk, url, sendMail: async (mail: { to: string; text: string }) => void sent.push(mail) };
    await invite(desk, { email: "ada@shop.example", role: "media-buyer" });
    expect(sent).toHaveLength(1);
    expect(sent[0]!.to).toBe("ada@shop.example");
    expect(sent[0]!.text).toMatch(/https:\/\/touchline\.example\/link#token=[\w-]{43}\n/);
    const sendMail = () => Promise.reject(new Error("no route"));
    await expect(invite({ ...desk, sendMail }, { email: "bob@shop.example", role: "viewer" })).rejects.toThrow(
      "could not be sent to bob@shop.example",
    );
    expect((await listInvitations(owner.desk.store)).map(({ email }) => email)).toEqual(["ada@shop.example"]);
  });
});

describe("rules of a workspace", () => {
  test("nothing is asked for until somebody says so, and every change stands in the audit", async () => {
    const owner = await hireIn(newWorkspace(), "owner");
    expect(await policiesOf(owner.desk.store)).toEqual({ secondPersonAbove: null, requireSecondFactor: false });
    const asked = { secondPersonAbove: 5_000, requireSecondFactor: true };
    await changePolicies({ ...owner.desk, isStrong: true }, asked);
    await changePolicies({ ...owner.desk, isStrong: true }, { ...asked, secondPersonAbove: null });
    expect(await policiesOf(owner.desk.store)).toEqual({ secondPersonAbove: null, requireSecondFactor: true });
    expect(await actionsOf(owner)).toEqual(["policies.change", "policies.change"]);
    const other = await hireIn(newWorkspace(), "owner");
    expect(await policiesOf(other.desk.store)).toMatchObject({ requireSecondFactor: false });
  });

  test("whoever signed in with a password alone does not shut themselves out", async () => {
    const { desk } = await hireIn(newWorkspace(), "owner");
    const rules = { secondPersonAbove: null, requireSecondFactor: true };
    await expect(changePolicies({ ...desk, isStrong: false }, rules)).rejects.toThrow("would shut you out");
    expect(await policiesOf(desk.store)).toMatchObject({ requireSecondFactor: false });
  });
});

describe("commands about people", () => {
  test("a link for a new password is made for whoever is there, and ends the one before it", async () => {
    const owner = await hireIn(newWorkspace(), "owner");
    const made = (await world.json("users", "link", owner.email)) as { kind: string; link: string };
    expect(made).toMatchObject({ kind: "reset", link: expect.stringMatching(/\/link#token=/) });
    await world.json("users", "link", owner.email);
    const { db } = await world.house.store();
    const open = await db.select().from(oneTimeLinks);
    const own = open.filter(({ email, endedAt }) => email === owner.email && endedAt === null);
    expect(own.map(({ kind }) => kind)).toEqual(["reset"]);
    expect(await actionsOf(owner)).toEqual(["account.make-link", "account.make-link"]);
  });

  test("invite, list, role and remove", async () => {
    const workspace = newWorkspace();
    const on = ["--workspace", workspace];
    await hireIn(workspace, "owner");
    const clerk = await hireIn(workspace, "viewer", "clerk");
    const invited = await world.run(
      "users",
      "invite",
      "New@Shop.example",
      "--role",
      "finance",
      "--url",
      "https://t.example",
      ...on,
    );
    expect(invited.stdout).toMatch(/^https:\/\/t\.example\/link#token=[\w-]{43}\n$/);
    expect((await world.run("users", "list", ...on)).stdout).toMatch(/\(invited\) +new@shop\.example +finance/);
    await world.json("users", "role", clerk.email, "media-buyer", ...on);
    expect((await world.run("users", "list", ...on)).stdout).toMatch(
      /clerk +clerk-\S+ +media-buyer +no +not signed in/,
    );
    await world.json("users", "remove", clerk.email, ...on);
    const again = await world.run("users", "remove", clerk.email, ...on);
    expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("touchline users list") });
    expect(await actionsOf(clerk)).toEqual(["members.invite", "members.change-role", "members.remove"]);
  });

  test("words that are no role and no address are refused", async () => {
    expect(await world.run("users", "invite", "a@b.example", "--role", "king")).toMatchObject({ exitCode: 2 });
    expect(await world.run("users", "invite", "nobody", "--role", "viewer")).toMatchObject({ exitCode: 2 });
    expect(await world.run("users", "link", "stranger@b.example")).toMatchObject({ exitCode: 1 });
  });

  test("a workspace is made once", async () => {
    await world.json("workspaces", "create", "second-shop");
    const again = await world.run("workspaces", "create", "second-shop");
    expect(again).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("there is a workspace second-shop already"),
    });
    expect((await world.run("workspaces", "list")).stdout).toMatch(/second-shop +0 +0/);
  });
});

test("docs/accounts.md prints the rights as they are", () => {
  const page = readFileSync(fileURLToPath(new URL("../../docs/accounts.md", import.meta.url)), "utf8");
  const head = `| right | ${Role.options.join(" | ")} |`;
  const rows = (Object.keys(RIGHTS) as (keyof typeof RIGHTS)[]).map(
    (right) =>
      `| \`${right}\` | ${Role.options.map((role) => (rolesWith(right).includes(role) ? "yes" : "")).join(" | ")} |`,
  );
  expect(page).toContain([head, `|---|${Role.options.map(() => "---|").join("")}`, ...rows].join("\n"));
});
