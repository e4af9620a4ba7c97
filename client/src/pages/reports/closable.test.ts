import type { ClosedPeriod } from "@touchline/server/contract";
import { expect, test } from "vitest";
import { closableMonths, closedNow } from "./closable.ts";

const period = (month: string, version: number, isOpen = false): ClosedPeriod => ({
  ...{ month, version, closedBy: "Fay", closedAt: "2026-10-02T08:00:00Z", print: "0".repeat(64) },
  reopened: isOpen ? { by: "Fay", at: "2026-10-03T08:00:00Z", reason: "an invoice was missing" } : null,
});
const DAYS = { from: "2026-07-10", to: "2026-10-20" };
const none = { reopenable: null };

test("before the first, every month of the data that is over can be closed, the newest first", () => {
  expect(closableMonths({ ...none, closed: [], next: "2026-09" }, DAYS)).toEqual(["2026-09", "2026-08", "2026-07"]);
  expect(closableMonths({ ...none, closed: [], next: null }, DAYS)).toEqual([]);
});

test("then only the one behind those that are closed", () => {
  expect(closableMonths({ ...none, closed: [period("2026-08", 1)], next: "2026-09" }, DAYS)).toEqual(["2026-09"]);
});

test("a month that was opened again is not closed, until it is closed again", () => {
  const periods = [period("2026-08", 1), period("2026-09", 1, true)];
  expect(closedNow(periods).map(({ month }) => month)).toEqual(["2026-08"]);
  expect(closedNow([...periods, period("2026-09", 2)]).map(({ version }) => version)).toEqual([2, 1]);
});
