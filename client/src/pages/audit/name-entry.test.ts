import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { en } from "../../i18n/en.ts";
import { wordsIn } from "../../i18n/words.fixture.ts";
import { nameAction, nameSubject } from "./name-entry.ts";

const words = wordsIn("en");
const SERVER = new URL("../../../../server/src/", import.meta.url);

/** Every code of an action that the server writes somewhere. */
function writtenActions(): string[] {
  const groups = Object.keys(en.audit.actions).join("|");
  const code = new RegExp(`"((?:${groups})\\.[a-z]+(?:-[a-z]+)*)"`, "g");
  const found = readdirSync(SERVER, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.includes(".test."))
    .flatMap((path) => [...readFileSync(new URL(path, SERVER), "utf8").matchAll(code)].map(([, action]) => action!));
  return [...new Set([...found, "privacy.access", "privacy.erasure", "privacy.withdrawal"])].sort();
}

describe("an entry of the audit", () => {
  it("has words for every action that the server writes, and for no other", () => {
    const worded = Object.entries(en.audit.actions).flatMap(([group, acts]) =>
      Object.keys(acts).map((act) => `${group}.${act}`),
    );
    expect(worded.sort()).toEqual(writtenActions());
  });

  it("is named in both languages, or by its code where it was added later", () => {
    expect(nameAction("members.change-role", words)).toBe("Role changed");
    expect(nameAction("members.change-role", wordsIn("fr"))).toBe("Rôle changé");
    expect(nameAction("members.teleport", words)).toBe("members.teleport");
    expect(nameAction("nonsense", words)).toBe("nonsense");
  });

  it("says what it is about: somebody themselves, a workspace by its name, other things by how their id begins", () => {
    const actor = { kind: "person", id: "u1", name: "Ada" } as const;
    const about = (kind: string, id: string) => nameSubject({ actor, subject: { kind, id } }, words);
    expect(about("person", "u1")).toEqual({ kind: "own account", id: null });
    expect(about("person", "0123456789")).toEqual({ kind: "person", id: "01234567" });
    expect(about("workspace", "the-whole-shop")).toEqual({ kind: "workspace", id: "the-whole-shop" });
    expect(about("rejected-rows", "")).toEqual({ kind: "refused rows", id: null });
    expect(about("time-machine", "x")).toEqual({ kind: "time machine", id: "x" });
  });
});
