import { describe, expect, it } from "vitest";
import { describeDifference } from "./describe-difference.ts";

describe("what an action changed", () => {
  it("is told place by place, and what stayed is not told", () => {
    const before = { role: "viewer", name: "Ann", limits: { day: 5, week: 9 } };
    const after = { role: "admin", name: "Ann", limits: { day: 6, week: 9 } };
    expect(describeDifference(before, after)).toEqual([
      { name: "role", before: "viewer", after: "admin" },
      { name: "limits.day", before: "5", after: "6" },
    ]);
  });

  it("is all of the side that there is, where something came or went", () => {
    const facts = { scopes: ["ingest", "rebalance"], isOpen: false, at: null };
    const came = [
      { name: "scopes", before: null, after: "ingest, rebalance" },
      { name: "isOpen", before: null, after: "false" },
    ];
    expect(describeDifference(null, facts)).toEqual(came);
    expect(describeDifference(facts, undefined)).toEqual(
      came.map(({ name, after }) => ({ name, before: after, after: null })),
    );
  });

  it("is a value without a name where nothing has names, and nothing where nothing was kept", () => {
    expect(describeDifference("off", "on")).toEqual([{ name: "", before: "off", after: "on" }]);
    expect(describeDifference(null, undefined)).toEqual([]);
    expect(describeDifference({}, {})).toEqual([]);
  });

  it("ends somewhere, however deep a value goes", () => {
    const deep = { a: { b: { c: { d: { e: { f: 1 } } } } } };
    expect(describeDifference(null, deep)).toEqual([{ name: "a.b.c.d", before: null, after: '{"e":{"f":1}}' }]);
  });
});
