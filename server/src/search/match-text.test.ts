import { describe, expect, it } from "vitest";
import { findNamed } from "./match-text.ts";

const named = (...names: string[]) => names.map((name) => ({ name }));
const find = (text: string, ...names: string[]) => findNamed(named(...names), text, 10).map(({ name }) => name);

describe("a search by name", () => {
  it("finds what begins so before what holds it at the beginning of a word, and that before the middle of one", () => {
    expect(find("brand", "Rebranding", "FR Brand exact", "Brand")).toEqual(["Brand", "FR Brand exact", "Rebranding"]);
  });

  it("does not mind case and accents, in what is typed and in names", () => {
    expect(find("ete", "Soldes d'Été")).toEqual(["Soldes d'Été"]);
    expect(find("ÉTÉ", "summer ete")).toEqual(["summer ete"]);
  });

  it("wants every word, in any order", () => {
    expect(find("exact fr", "FR Brand exact", "FR Brand broad")).toEqual(["FR Brand exact"]);
  });

  it("keeps the order of names that are equally good, and stops where it was told to", () => {
    expect(findNamed(named("a 2", "a 1", "a 3"), "a", 2).map(({ name }) => name)).toEqual(["a 2", "a 1"]);
  });
});
