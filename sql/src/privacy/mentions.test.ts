import { afterAll, beforeAll, expect, test } from "vitest";
import { Engine } from "../engine.ts";
import { mentionParams, mentionsAsField, mentionsAsPart } from "./mentions.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open({ kind: "folder", path: ":memory:" });
});
afterAll(() => engine.close());

async function holds(expression: (text: string) => string, text: string, identifier: string): Promise<boolean> {
  const [row] = (await engine.rows(
    "test",
    `SELECT ${expression("line")} AS holds FROM (SELECT materialize({line:String}) AS line)`,
    { line: text, ...mentionParams(identifier) },
  )) as { holds: number }[];
  return row!.holds === 1;
}

const LONG = "visitor-0042/é";

test.each([
  [`{"visitor_id":"${LONG}"}`, true],
  ['{"visitor_id":"visitor-0042\\/é"}', true],
  [`https://shop.example/?id=${LONG}&x`, true],
  ['{"visitor_id":"visitor-0043"}', false],
])("a long identifier is found anywhere in %s: %s", async (line, isFound) => {
  expect(await holds(mentionsAsField, line, LONG)).toBe(isFound);
});

test.each([
  ["e1,2026-03-01,12,Search", true],
  ["e1;2026-03-01;12", true],
  ['{"visitor_id":"12","cost":1}', true],
  ['{"visitor_id":12}', true],
  ["12\r", true],
  ["e12,2026-12-01,312,12.50", false],
])("a short one only as a field of its own in %j: %s", async (line, isFound) => {
  expect(await holds(mentionsAsField, line, "12")).toBe(isFound);
});

test.each([
  ["order-ann-1", true],
  ["ann", true],
  ["order-joanna-1", false],
])("an id is made with a short identifier where it is a part of its own: %s, %s", async (id, isMade) => {
  expect(await holds(mentionsAsPart, id, "ann")).toBe(isMade);
});

test("characters that mean something in a pattern mean themselves", async () => {
  expect(await holds(mentionsAsField, "x,a.b+c,y", "a.b+c")).toBe(true);
  expect(await holds(mentionsAsField, "x,aXbbc,y", "a.b+c")).toBe(false);
});
