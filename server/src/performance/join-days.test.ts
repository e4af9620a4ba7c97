import { expect, test } from "vitest";
import { joinChannelDays, joinDays } from "./join-days.ts";

test("a day with revenue and no spend row, or the reverse, has a gap and no zero", () => {
  const spend = [
    { date: "2026-03-01", spend: "5" },
    { date: "2026-03-02", spend: "0" },
  ];
  const bookings = [
    { date: "2026-03-02", conversions: "1", revenue: "10" },
    { date: "2026-03-03", conversions: "2", revenue: "0" },
  ];
  expect(joinDays(spend, bookings)).toEqual([
    { date: "2026-03-01", spend: "5", revenue: null, conversions: null },
    { date: "2026-03-02", spend: "0", revenue: "10", conversions: "1" },
    { date: "2026-03-03", spend: null, revenue: "0", conversions: "2" },
  ]);
});

test("the same of a channel, whose days come in order", () => {
  const spend = [{ date: "2026-03-02", channel: "Search", spend: "5" }];
  const credit = [
    { date: "2026-03-02", channel: "Email", revenue: "3" },
    { date: "2026-03-01", channel: "Search", revenue: "7" },
  ];
  expect(joinChannelDays(spend, credit)).toEqual([
    { date: "2026-03-01", channel: "Search", spend: null, revenue: "7" },
    { date: "2026-03-02", channel: "Email", spend: null, revenue: "3" },
    { date: "2026-03-02", channel: "Search", spend: "5", revenue: null },
  ]);
});
