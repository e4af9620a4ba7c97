import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPeopleWorld, type PeopleWorld, quoted } from "../support/people-world.ts";

let people: PeopleWorld;
beforeAll(async () => {
  people = await openPeopleWorld();
});
afterAll(() => people.close());

const count = async (sql: string) => (await people.rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`))[0]!.n;

describe("whoever keeps the server", () => {
  it("takes a lost second factor away: the sessions end, and the audit says it", async () => {
    const ann = await people.person("ann", { lost: "owner" });
    await people.rows(`UPDATE users SET two_factor_enabled = true WHERE id = ${quoted(ann.id)}`);
    await people.rows(
      `INSERT INTO second_factors (id, secret, backup_codes, user_id) VALUES ('f1', 's', 'b', ${quoted(ann.id)})`,
    );
    const done = await people.world.run("users", "forget-second-factor", ann.email);
    expect(done).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await count(`second_factors WHERE user_id = ${quoted(ann.id)}`)).toBe(0);
    expect(await count(`sessions WHERE user_id = ${quoted(ann.id)}`)).toBe(0);
    expect(await count("audit_entries WHERE workspace_id = 'lost' AND action = 'account.forget-second-factor'")).toBe(
      1,
    );
    const again = await people.world.run("users", "forget-second-factor", ann.email);
    expect(again).toMatchObject({ exitCode: 1, stderr: `touchline: ${ann.email} has no second factor\n` });
  });

  it("deletes an account with everything that lets it in, and not without being asked twice", async () => {
    await people.person("boss", { left: "owner" });
    const bob = await people.person("bob", { left: "admin" });
    const asked = await people.world.run("users", "delete", bob.email);
    expect([asked.exitCode, await count(`users WHERE id = ${quoted(bob.id)}`)]).toEqual([2, 1]);
    const done = await people.world.run("users", "delete", bob.email, "--yes");
    expect(done.exitCode).toBe(0);
    for (const table of [
      "users WHERE id",
      "sessions WHERE user_id",
      "credentials WHERE user_id",
      "memberships WHERE user_id",
    ])
      expect(await count(`${table} = ${quoted(bob.id)}`)).toBe(0);
    expect(await count(`audit_entries WHERE workspace_id = 'left' AND action = 'account.delete'`)).toBe(1);
  });

  it("leaves no workspace without an owner", async () => {
    const only = await people.person("only", { kept: "owner" });
    const done = await people.world.run("users", "delete", only.email, "--yes");
    expect(done).toMatchObject({ exitCode: 1 });
    expect(done.stderr).toMatch(/keeps at least one owner/);
    expect(await count(`users WHERE id = ${quoted(only.id)}`)).toBe(1);
    expect(await count("audit_entries WHERE workspace_id = 'kept' AND action = 'account.delete'")).toBe(0);
  });

  it("is told who is not there", async () => {
    for (const words of [["forget-second-factor"], ["delete", "--yes"]] as const) {
      const [verb, ...rest] = words;
      const done = await people.world.run("users", verb, "nobody@example.org", ...rest);
      expect(done).toMatchObject({ exitCode: 1 });
      expect(done.stderr).toMatch(/nobody has an account with the address nobody@example.org/);
    }
  });
});
