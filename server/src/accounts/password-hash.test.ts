import { scryptSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { NewPassword } from "../contract/index.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";

describe("the hash of a password", () => {
  test("costs 32 MB three times over, with a salt of its own, and says so", async () => {
    const [one, other] = await Promise.all([hashPassword("three of them"), hashPassword("three of them")]);
    expect(one).not.toBe(other);
    const [name, N, r, p, salt = "", key] = one.split("$");
    expect([name, N, r, p]).toEqual(["scrypt", "32768", "8", "3"]);
    expect(Buffer.from(salt, "base64url")).toHaveLength(16);
    const again = scryptSync("three of them", Buffer.from(salt, "base64url"), 32, {
      ...{ N: 32_768, r: 8, p: 3, maxmem: 128 * 1024 ** 2 },
    });
    expect(key).toBe(again.toString("base64url"));
  });

  test("is that of the password as it was typed: nothing is trimmed, folded or cut", async () => {
    const password = ` Über ${"long ".repeat(24)}`.slice(0, 128);
    expect(NewPassword.parse(password)).toBe(password);
    const hash = await hashPassword(password);
    const others = [password.trim(), password.toLowerCase(), password.slice(0, 72), `${password} `, ""];
    for (const other of others) expect(await verifyPassword({ hash, password: other })).toBe(false);
    expect(await verifyPassword({ hash, password })).toBe(true);
    // One letter that keyboards write in two ways.
    expect(await verifyPassword({ hash, password: password.normalize("NFD") })).toBe(true);
  });

  test("that cost less once is still known by what it says of itself, and what is no hash is nobody's", async () => {
    const key = scryptSync("three of them", Buffer.from("salt"), 32, { N: 1024, r: 8, p: 1 }).toString("base64url");
    const hash = `scrypt$1024$8$1$${Buffer.from("salt").toString("base64url")}$${key}`;
    expect(await verifyPassword({ hash, password: "three of them" })).toBe(true);
    expect(await verifyPassword({ hash, password: "four of them" })).toBe(false);
    for (const broken of ["", "three of them", hash.replace("scrypt", "plain"), hash.split("$").slice(0, 5).join("$")])
      expect(await verifyPassword({ hash: broken, password: "three of them" })).toBe(false);
  });
});
