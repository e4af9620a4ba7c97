import type { IdentityLink, LinkCaps } from "@touchline/sql";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveLinks } from "./resolve-links.ts";

const CAPS: LinkCaps = { personsPerVisitor: 2, visitorsPerPerson: 50 };
const NO_CAPS: LinkCaps = { personsPerVisitor: 1e6, visitorsPerPerson: 1e6 };
const RUNS = { numRuns: 300, seed: 20_260_301 };

const link = (visitor: number | string, person: number | string, linkedAtMs = 0): IdentityLink => ({
  visitor: String(visitor),
  person: String(person),
  linkedAtMs,
});

/** Few ids, so that they meet; 7 to 12 stand on both sides, and some have other lengths as texts than as numbers. */
const manyLinks = fc.array(
  fc
    .record({
      visitor: fc.integer({ min: 0, max: 12 }),
      person: fc.integer({ min: 7, max: 19 }),
      linkedAtMs: fc.integer({ min: 0, max: 5 }),
    })
    .map(({ visitor, person, linkedAtMs }) => link(visitor, person, linkedAtMs)),
  { maxLength: 40 },
);
const someCaps = fc.record({
  personsPerVisitor: fc.integer({ min: 1, max: 4 }),
  visitorsPerPerson: fc.integer({ min: 2, max: 8 }),
});

/** The same by sets that are poured together, one link after the other, each looked for from the beginning. */
function naivePersons(links: readonly IdentityLink[], caps: LinkCaps): Map<string, string> {
  const real = links.filter(({ visitor, person }) => visitor !== "0" && person !== "0" && visitor !== person);
  const personsOf = (visitor: string) =>
    new Set(real.filter((each) => each.visitor === visitor).map(({ person }) => person));
  const usable = real
    .filter(({ visitor }) => personsOf(visitor).size <= caps.personsPerVisitor)
    .sort(
      (a, b) =>
        a.linkedAtMs - b.linkedAtMs ||
        Number(BigInt(a.visitor) - BigInt(b.visitor)) ||
        Number(BigInt(a.person) - BigInt(b.person)),
    );
  const visitors = new Set(usable.map(({ visitor }) => visitor));
  const persons = new Set(usable.map(({ person }) => person));
  let groups = [...new Set([...visitors, ...persons])].map((id) => new Set([id]));
  const visitorsIn = (group: ReadonlySet<string>) => [...group].filter((id) => visitors.has(id)).length;
  for (const { visitor, person } of usable) {
    const one = groups.find((group) => group.has(visitor))!;
    const other = groups.find((group) => group.has(person))!;
    const together = new Set([...one, ...other]);
    if (one === other || visitorsIn(together) > caps.visitorsPerPerson) continue;
    groups = [...groups.filter((group) => group !== one && group !== other), together];
  }
  const personOf = new Map<string, string>();
  for (const group of groups.filter(({ size }) => size > 1)) {
    const [name] = [...group].filter((id) => persons.has(id)).sort((a, b) => Number(BigInt(a) - BigInt(b)));
    for (const id of group) if (id !== name) personOf.set(id, name!);
  }
  return personOf;
}

const sorted = (personOf: ReadonlyMap<string, string>) => [...personOf].sort();

describe("laws of persons", () => {
  test("they are what sets poured together give, whatever the caps", () => {
    let linked = 0;
    fc.assert(
      fc.property(manyLinks, someCaps, (links, caps) => {
        const { personOf } = resolveLinks(links, caps);
        linked += personOf.size;
        expect(sorted(personOf)).toEqual(sorted(naivePersons(links, caps)));
      }),
      RUNS,
    );
    expect(linked).toBeGreaterThan(1000);
  });

  test("the order of the links changes nothing", () => {
    fc.assert(
      fc.property(
        manyLinks.chain((links) =>
          fc.tuple(fc.constant(links), fc.shuffledSubarray(links, { minLength: links.length })),
        ),
        someCaps,
        ([links, shuffled], caps) => {
          expect(resolveLinks(shuffled, caps)).toEqual(resolveLinks(links, caps));
        },
      ),
      RUNS,
    );
  });

  test("where no cap binds, both ends of every link are one person, and nothing is refused", () => {
    fc.assert(
      fc.property(manyLinks, (links) => {
        const { personOf, refusedLinks, sharedVisitors } = resolveLinks(links, NO_CAPS);
        const name = (id: string) => personOf.get(id) ?? id;
        for (const { visitor, person } of links) {
          if (visitor !== "0" && person !== "0") expect(name(visitor)).toBe(name(person));
        }
        for (const person of personOf.values()) expect(personOf.has(person)).toBe(false);
        expect([refusedLinks, sharedVisitors]).toEqual([0, 0]);
      }),
      RUNS,
    );
  });

  test("a person never has more visitors than the cap", () => {
    let largest = 0;
    fc.assert(
      fc.property(manyLinks, someCaps, (links, caps) => {
        const { personOf, visitors, persons } = resolveLinks(links, caps);
        const called = new Set(links.map(({ visitor }) => visitor));
        const sizes = new Map<string, number>();
        for (const id of new Set([...personOf.keys(), ...personOf.values()])) {
          const name = personOf.get(id) ?? id;
          sizes.set(name, (sizes.get(name) ?? 0) + (called.has(id) ? 1 : 0));
        }
        for (const size of sizes.values()) expect(size).toBeLessThanOrEqual(caps.visitorsPerPerson);
        expect(sizes.size).toBe(persons);
        expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeGreaterThanOrEqual(visitors);
        largest = Math.max(largest, ...sizes.values());
      }),
      RUNS,
    );
    expect(largest).toBeGreaterThan(4);
  });
});

describe("devices that several people use", () => {
  test("a household's tablet joins two people at most, and not the crowd", () => {
    const people = [link(1, 101), link(2, 102), link(3, 103)];
    const tablet = 9;
    const two = resolveLinks([...people, link(tablet, 101), link(tablet, 102)], CAPS);
    expect(two).toMatchObject({ persons: 2, visitors: 4, sharedVisitors: 0 });
    expect(two.personOf.get("2")).toBe("101");
    const three = resolveLinks([...people, link(tablet, 101), link(tablet, 102), link(tablet, 103)], CAPS);
    expect(three).toMatchObject({ persons: 3, visitors: 3, sharedVisitors: 1, refusedLinks: 0 });
    expect(three.personOf.has(String(tablet))).toBe(false);
  });

  test("a kiosk joins nobody", () => {
    const crowd = Array.from({ length: 500 }, (_, i) => [link(1000 + i, 5000 + i), link(77, 5000 + i, i)]).flat();
    const { personOf, persons, sharedVisitors } = resolveLinks(crowd, CAPS);
    expect({ persons, sharedVisitors, kiosk: personOf.has("77") }).toEqual({
      persons: 500,
      sharedVisitors: 1,
      kiosk: false,
    });
    expect(new Set(personOf.values()).size).toBe(500);
  });

  test("the latest links of a person with too many visitors are refused", () => {
    const links = Array.from({ length: 5 }, (_, i) => link(10 + i, 99, 100 - i));
    const { personOf, refusedLinks } = resolveLinks(links, { personsPerVisitor: 2, visitorsPerPerson: 3 });
    expect([...personOf.keys()].sort()).toEqual(["12", "13", "14"]);
    expect(refusedLinks).toBe(2);
  });
});

test("a customer number that is also seen as a visitor is the same person", () => {
  const { personOf } = resolveLinks([link(1, 500), link(500, 400)], CAPS);
  expect(Object.fromEntries(personOf)).toEqual({ 1: "400", 500: "400" });
});

test("ids of 64 bits keep all their digits", () => {
  const { personOf } = resolveLinks(
    [link("18446744073709551615", "9007199254740993"), link("18446744073709551615", "9007199254740992")],
    CAPS,
  );
  expect(Object.fromEntries(personOf)).toEqual({
    "18446744073709551615": "9007199254740992",
    "9007199254740993": "9007199254740992",
  });
});
