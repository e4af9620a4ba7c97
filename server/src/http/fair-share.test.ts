import { TRPCError } from "@trpc/server";
import { expect, test } from "vitest";
import { FairShare } from "./fair-share.ts";

/** Works that end when they are told to; `begun` is the order in which they began. */
function desk(shares: ConstructorParameters<typeof FairShare>[0]) {
  const fair = new FairShare(shares);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    fair,
    begun,
    ask: (person: string, name: string) =>
      fair.run(person, () => {
        begun.push(name);
        return new Promise<string>((done) => ends.set(name, () => done(name)));
      }),
    async end(name: string) {
      ends.get(name)!();
      await settle();
    },
  };
}

const settle = () => new Promise((done) => setImmediate(done));
const SHARES = { slots: 3, perPerson: 2, waiting: 5 };

test("one person has no more than a share, however many slots are free", async () => {
  const { begun, ask, end } = desk(SHARES);
  for (const name of ["a1", "a2", "a3"]) void ask("a", name);
  await settle();
  expect(begun).toEqual(["a1", "a2"]);
  void ask("b", "b1");
  await settle();
  expect(begun).toEqual(["a1", "a2", "b1"]);
  await end("a1");
  expect(begun).toEqual(["a1", "a2", "b1", "a3"]);
});

test("whoever has the fewest running is served first, then whoever came first", async () => {
  const { begun, ask, end } = desk(SHARES);
  for (const name of ["a1", "a2", "a3", "a4"]) void ask("a", name);
  for (const name of ["b1", "b2"]) void ask("b", name);
  void ask("c", "c1");
  await settle();
  expect(begun).toEqual(["a1", "a2", "b1"]);
  await end("a1"); // a and b have one running each, c none.
  expect(begun.at(-1)).toBe("c1");
  await end("c1"); // a3 came before b2.
  expect(begun.at(-1)).toBe("a3");
  await end("a2");
  expect(begun.at(-1)).toBe("a4");
  await end("b1");
  expect(begun.at(-1)).toBe("b2");
});

test("law: everything is done once, in no more slots than there are, whatever fails", async () => {
  const fair = new FairShare({ ...SHARES, waiting: 100 });
  let running = 0;
  let most = 0;
  const works = Array.from({ length: 60 }, (_, i) =>
    fair
      .run(`p${i % 5}`, async () => {
        most = Math.max(most, ++running);
        await settle();
        running--;
        if (i % 7 === 0) throw new Error(`${i}`);
        return i;
      })
      .catch((error: Error) => Number(error.message)),
  );
  expect(await Promise.all(works)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  expect(most).toBe(3);
});

test("a queue of one person's own that grows too long refuses theirs, and nobody else's", async () => {
  const { begun, ask, end } = desk(SHARES);
  for (let i = 0; i < 7; i++) void ask("a", `a${i}`);
  await expect(ask("a", "one more")).rejects.toThrow(TRPCError);
  void ask("b", "b1");
  await settle();
  expect(begun).toContain("b1");
  await end("a0");
  void ask("a", "again");
  for (let i = 1; i < 7; i++) await end(`a${i}`);
  expect(begun.at(-1)).toBe("again");
});
