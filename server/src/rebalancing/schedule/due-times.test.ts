import { describe, expect, it } from "vitest";
import { lastDue, nextDues, periodAt, requireSchedule } from "./due-times.ts";

const PARIS = "Europe/Paris";
const MONDAYS = "0 6 * * 1";
const at = (text: string) => new Date(text);
const isos = (dates: readonly (Date | null)[]) => dates.map((date) => date?.toISOString().replace(".000Z", "Z"));
const clock = (date: Date) => date.toLocaleTimeString("en-GB", { timeZone: PARIS, hour: "2-digit", minute: "2-digit" });

describe("a schedule in a time zone", () => {
  it("says six o'clock on both sides of a clock change", () => {
    const spring = nextDues(MONDAYS, PARIS, at("2026-03-22T12:00:00Z"), 3);
    const autumn = nextDues(MONDAYS, PARIS, at("2026-10-18T12:00:00Z"), 3);
    expect(isos(spring)).toEqual(["2026-03-23T05:00:00Z", "2026-03-30T04:00:00Z", "2026-04-06T04:00:00Z"]);
    expect(isos(autumn)).toEqual(["2026-10-19T04:00:00Z", "2026-10-26T05:00:00Z", "2026-11-02T05:00:00Z"]);
    expect([...spring, ...autumn].map(clock)).toEqual(Array(6).fill("06:00"));
  });

  it("falls due once where its time does not exist: after the gap", () => {
    expect(isos(nextDues("30 2 * * *", PARIS, at("2026-03-28T12:00:00Z"), 2))).toEqual([
      "2026-03-29T01:30:00Z",
      "2026-03-30T00:30:00Z",
    ]);
    // Asked from behind the gap, and before the time that it was moved to.
    expect(isos(nextDues("30 2 * * *", PARIS, at("2026-03-29T01:10:00Z"), 1))).toEqual(["2026-03-29T01:30:00Z"]);
    for (const minute of [30, 31, 59])
      expect(isos([lastDue("30 2 * * 0", PARIS, at(`2026-03-29T01:${minute}:00Z`))])).toEqual(["2026-03-29T01:30:00Z"]);
    expect(isos([lastDue("30 2 * * 0", PARIS, at("2026-03-29T01:29:59Z"))])).toEqual(["2026-03-22T01:30:00Z"]);
  });

  it("falls due once where its time exists twice: the first time", () => {
    expect(isos(nextDues("30 2 * * *", PARIS, at("2026-10-24T12:00:00Z"), 2))).toEqual([
      "2026-10-25T00:30:00Z",
      "2026-10-26T01:30:00Z",
    ]);
    for (const time of ["00:30:00", "01:29:00", "01:30:00", "12:00:00"])
      expect(isos([lastDue("30 2 * * 0", PARIS, at(`2026-10-25T${time}Z`))])).toEqual(["2026-10-25T00:30:00Z"]);
  });

  it("is due from the very moment on", () => {
    expect(isos([lastDue(MONDAYS, PARIS, at("2026-10-26T05:00:00Z"))])).toEqual(["2026-10-26T05:00:00Z"]);
    expect(isos([lastDue(MONDAYS, PARIS, at("2026-10-26T05:00:00.400Z"))])).toEqual(["2026-10-26T05:00:00Z"]);
    expect(isos([lastDue(MONDAYS, PARIS, at("2026-10-26T04:59:59.999Z"))])).toEqual(["2026-10-19T04:00:00Z"]);
  });

  it("has no two due times in one hour, in no zone, over two clock changes", () => {
    let looked = 0;
    for (const zone of [PARIS, "Australia/Lord_Howe"]) {
      const dues = nextDues("30 2 * * *", zone, at("2026-03-20T00:00:00Z"), 230);
      const days = dues.map((due) => periodAt("30 2 * * *", zone, due));
      expect(new Set(days).size).toBe(dues.length);
      looked += dues.length;
    }
    expect(looked).toBe(2 * 230);
  });
});

describe("the period of a run", () => {
  it("is the day on which the schedule fell due last, in its zone, whenever it is started", () => {
    for (const now of ["2026-10-26T05:00:00Z", "2026-10-28T23:30:00Z", "2026-11-02T04:59:59Z"])
      expect(periodAt(MONDAYS, PARIS, at(now))).toBe("2026-10-26");
    expect(periodAt(MONDAYS, PARIS, at("2026-11-02T05:00:00Z"))).toBe("2026-11-02");
    expect(periodAt("30 0 * * 1", "Asia/Tokyo", at("2026-10-25T16:00:00Z"))).toBe("2026-10-26");
  });
});

describe("a schedule that is none", () => {
  it.each(["0 6 * *", "61 6 * * 1", "a b c d e", "0 0 6 * * 1", "0 6 30 2 *"])("%s is refused", (schedule) => {
    expect(() => requireSchedule(schedule, PARIS, at("2026-10-26T05:00:00Z"))).toThrow(/schedule/);
  });
});
