import { expect, test } from "vitest";
import { readSchedule, type ScheduleDraft } from "./read-schedule.ts";

const draft: ScheduleDraft = {
  ...{ name: " Monday ", every: "week", day: "1", hour: "6", level: "channel", formats: ["pdf"], locale: "fr" },
  recipients: "ada@shop.example; bob@shop.example, ada@shop.example",
};

test("a schedule is read from its fields, each address once", () => {
  expect(readSchedule(draft).schedule).toMatchObject({
    ...{ name: "Monday", day: 1, hour: 6, recipients: ["ada@shop.example", "bob@shop.example"] },
  });
});

test("every field that cannot be read is named", () => {
  const wrong = { ...draft, name: "", day: "9", hour: "noon", formats: [], recipients: "ada at shop" };
  const { schedule, problems } = readSchedule(wrong);
  expect(schedule).toBeNull();
  expect([...problems].sort()).toEqual(["day", "formats", "hour", "name", "recipients"]);
  expect(readSchedule({ ...draft, every: "month", day: "9" }).schedule).not.toBeNull();
});

test("a search keeps what the rows are, and drops what they cannot be", async () => {
  const { parseReportsSearch } = await import("./reports-search.ts");
  expect(parseReportsSearch({ level: "month" })).toEqual({ level: "month" });
  expect(parseReportsSearch({ level: "channel" })).toEqual({});
  expect(parseReportsSearch({ level: "shop", by: "incremental" })).toEqual({});
  expect(parseReportsSearch({ by: "markov" })).toEqual({ by: "markov" });
});
