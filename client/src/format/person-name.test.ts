import { describe, expect, it } from "vitest";
import { splitPerson } from "./person-name.ts";

describe("somebody as the server wrote them down", () => {
  it.each([
    ["Ada Lovelace <ada@example.com>", { name: "Ada Lovelace", email: "ada@example.com" }],
    ["A <b> <c@d.e>", { name: "A <b>", email: "c@d.e" }],
    ["root", { name: "root", email: null }],
    ["<ada@example.com>", { name: "<ada@example.com>", email: null }],
  ])("%s is a name, and an address where there is one", (written, person) => {
    expect(splitPerson(written)).toEqual(person);
  });
});
