import { describe, expect, test } from "vitest";
import { Pace } from "./pace.ts";

const MINUTE = 60_000;
const at = (minutes: number, seconds = 0) => minutes * MINUTE + seconds * 1_000;

describe("how far pages are with events that keep arriving", () => {
  test("while nobody works ahead, until the last full minute, once what came in it has been recorded", () => {
    let now = at(7, 30);
    const pace = new Pace(() => now);
    expect([pace.shownUntilMs, pace.workedUntilMs]).toEqual([at(7), at(7)]);
    now = at(8, 1);
    expect(pace.shownUntilMs).toBe(at(7));
    now = at(8, 3);
    expect(pace.shownUntilMs).toBe(at(8));
  });

  test("pages stay where they are until the next answers are there, and new questions stand on the next data", () => {
    let now = at(7, 30);
    const pace = new Pace(() => now);
    pace.hold();
    now = at(12, 30);
    expect(pace.shownUntilMs).toBe(at(7));
    pace.workAhead(pace.lastFullMinuteMs);
    expect([pace.shownUntilMs, pace.workedUntilMs]).toEqual([at(7), at(12)]);
    now = at(15, 30);
    pace.arrive(at(12));
    expect([pace.shownUntilMs, pace.workedUntilMs]).toEqual([at(12), at(12)]);
    pace.release();
    expect(pace.shownUntilMs).toBe(at(15));
  });
});
