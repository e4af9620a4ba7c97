import { describe, expect, it } from "vitest";
import { rankEntries } from "./rank-entries.ts";

const entry = (label: string, also = "") => ({ id: label, label, also });
const find = (text: string, entries: ReturnType<typeof entry>[], recent: string[] = []) =>
  rankEntries(entries, text, recent).map(({ label }) => label);

describe("what is found by a few letters", () => {
  it("begins so, before one of its words does, before another name of it does", () => {
    const entries = [entry("Curves", "planning"), entry("Action plan"), entry("Planner"), entry("Explanation")];
    expect(find("plan", entries)).toEqual(["Planner", "Action plan", "Curves", "Explanation"]);
  });

  it("does not mind accents and case, typed or written", () => {
    expect(find("equipe", [entry("Équipe")])).toEqual(["Équipe"]);
    expect(find("ÉQUIPE", [entry("equipe")])).toEqual(["equipe"]);
  });

  it("goes by its names in the other language", () => {
    expect(find("rythme", [entry("Pacing", "rythme budget mois")])).toEqual(["Pacing"]);
  });

  it("may leave letters out, inside one word", () => {
    expect(find("attr", [entry("Attribution")])).toEqual(["Attribution"]);
    expect(find("atbn", [entry("Attribution"), entry("A table by name")])).toEqual(["Attribution"]);
  });

  it("meets every word that was typed", () => {
    const entries = [entry("Last 7 days"), entry("Last 28 days"), entry("Last touch")];
    expect(find("last d", entries)).toEqual(["Last 7 days", "Last 28 days"]);
    expect(find("last days 28", entries)).toEqual(["Last 28 days"]);
    expect(find("nothing", entries)).toEqual([]);
  });

  it("stands where it was chosen before, where two are equally good", () => {
    expect(find("last", [entry("Last 7 days"), entry("Last 28 days")], ["Last 28 days"])).toEqual([
      "Last 28 days",
      "Last 7 days",
    ]);
  });

  it("is everything, in its order, as long as nothing is typed", () => {
    expect(find(" ", [entry("b"), entry("a")])).toEqual(["b", "a"]);
  });
});
