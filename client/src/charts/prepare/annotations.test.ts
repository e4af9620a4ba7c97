import type { Annotation } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { listDays } from "../../app/date-range.ts";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { annotationsFor, annotationsOn, placeFlags, tellAnnotation, tellFlag } from "./annotations.ts";

const days = listDays({ from: "2026-03-01", to: "2026-03-31" });
const ROOM = 26;

function note(from: string, to = from, text = "newsletter"): Annotation {
  const writer = { id: "ann", name: "Ann" };
  return { kind: "note", id: `${from} ${to} ${text}`, from, to, text, writer, writtenAt: "", mayChange: true };
}

const launch = (from: string, channel: string): Annotation => ({
  ...{ kind: "launch", id: `${from} ${channel}`, from, to: from, channel, names: ["Spring"], count: 1 },
});

describe("flags above a plot", () => {
  it("hold every annotation of the days once, and keep their room from each other", () => {
    const many = days.flatMap((day, index) => (index % 2 === 0 ? [note(day), launch(day, "Search")] : []));
    for (const width of [60, 300, 1_200]) {
      const flags = placeFlags(many, days, (index) => (index / 30) * width);
      expect(flags.flatMap(({ annotations }) => annotations)).toHaveLength(many.length);
      expect(new Set(flags.flatMap(({ annotations }) => annotations.map(({ id }) => id))).size).toBe(many.length);
      for (let i = 1; i < flags.length; i++) expect(flags[i]!.x - flags[i - 1]!.x).toBeGreaterThanOrEqual(ROOM);
      expect(flags.length).toBeGreaterThan(1);
    }
  });

  it("stand on the first day for what began before it, and leave out what touches none of the days", () => {
    const flags = placeFlags([note("2026-02-20", "2026-03-02"), note("2026-02-01")], days, (index) => index * 50);
    expect(flags.map(({ x, from, annotations }) => [x, from, annotations.length])).toEqual([[0, "2026-03-01", 1]]);
    expect(placeFlags([note("2026-03-01")], [], () => 0)).toEqual([]);
  });

  it("name the days of a cluster and count what they do not tell", () => {
    const five = ["01", "02", "03", "04", "05"].map((day) => note(`2026-03-${day}`, undefined, `event ${day}`));
    const [flag] = placeFlags(five, days, (index) => index);
    expect(plainSpaces(tellFlag(flag!, wordsIn("en")))).toBe(
      "5 annotations, 1 – 5 Mar 2026: event 01 (Ann); event 02 (Ann); event 03 (Ann); and 2 more",
    );
  });
});

describe("beside a day", () => {
  it("stands what spans it", () => {
    const span = note("2026-03-05", "2026-03-07");
    expect(["04", "05", "07", "08"].map((day) => annotationsOn([span], `2026-03-${day}`).length)).toEqual([0, 1, 1, 0]);
  });

  it("stands nothing of another channel in a channel's own panel", () => {
    const all = [note("2026-03-01"), launch("2026-03-01", "Search"), launch("2026-03-01", "Video")];
    expect(annotationsFor(all, "Search")).toEqual(all.slice(0, 2));
    expect(annotationsFor(all, undefined)).toEqual(all);
  });
});

describe("an annotation", () => {
  it("is told in the reader's language", () => {
    expect(tellAnnotation(launch("2026-03-01", "Search"), wordsIn("en"))).toBe("Search: “Spring” starts");
    expect(plainSpaces(tellAnnotation(launch("2026-03-01", "Search"), wordsIn("fr")))).toBe(
      "Search : début de « Spring »",
    );
    const price: Annotation = {
      ...{ kind: "change", id: "c", from: "2026-03-01", to: "2026-03-01", name: "price", before: 1, after: 1.25 },
    };
    expect(tellAnnotation(price, wordsIn("en"))).toBe("price: from 1 to 1.25");
    expect(tellAnnotation(price, wordsIn("fr"))).toContain("1,25");
  });
});
