import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { planMarket, prepareMarket } from "./in-process.ts";

const kept = mkdtempSync(join(tmpdir(), "touchline-prove-kept-"));
afterAll(() => rmSync(kept, { recursive: true, force: true }));

test("a market is imported once, planned on again and again, and comes out the same", async () => {
  const prepared = await prepareMarket("clean", 3, 0.05, kept);
  const first = await planMarket(prepared);
  const folders = readdirSync(kept);
  const again = await planMarket(await prepareMarket("clean", 3, 0.05, kept));
  expect(readdirSync(kept)).toEqual(folders);
  expect(JSON.stringify(again.result)).toBe(JSON.stringify(first.result));
  expect(again.marginal).toEqual(first.marginal);
  expect(first.result.worth!.best).toBeGreaterThanOrEqual(first.result.worth!.today);
  expect(first.result.channels.length).toBe(first.marginal.length);
  for (const { truth } of first.marginal) expect(truth).toBeGreaterThanOrEqual(0);
});
