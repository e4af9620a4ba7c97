import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OtherServer, serveAgain } from "../support/other-server.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";

/** Questions that a page asks together, in one request. */

const TIMES = 5;

let people: PeopleWorld;
let anna: Person;
let other: OtherServer;
/** Ends the wait of the one question that is slow. */
let answerSlowOne: () => void;

beforeAll(async () => {
  people = await openPeopleWorld();
  anna = await people.person("Anna", { default: "admin" });
  let hasBegun = false;
  const slow = new Promise<void>((done) => {
    answerSlowOne = done;
  });
  other = await serveAgain(
    people,
    {},
    {
      openWorkspace: async (name) => {
        const isFirst = !hasBegun;
        hasBegun = true;
        if (isFirst) await slow;
        return (await people.world.house.workspace(name)).paced();
      },
    },
  );
});
afterAll(async () => {
  await other?.close();
  await people.close();
});

/** Asks all at once, as the page does. @returns the lines of the answer, as they come */
async function* askTogether(paths: readonly string[], inputs: Readonly<Record<number, unknown>> = {}) {
  const cookie = [...other.as(anna).cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const input = encodeURIComponent(JSON.stringify(inputs));
  const answer = await fetch(`${other.url}/trpc/${paths.join(",")}?batch=1&input=${input}`, {
    headers: { cookie, "x-workspace": "default", "trpc-accept": "application/jsonl" },
  });
  expect(answer.headers.get("vary")).toContain("trpc-accept");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  let rest = "";
  for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    yield* lines.filter((line) => line !== "");
  }
}

describe("questions that are asked together", () => {
  it("are answered one by one: a slow one holds nothing back", async () => {
    const paths = Array.from({ length: TIMES }, () => "team.members");
    let answered = 0;
    for await (const line of askTogether(paths)) {
      if (!line.includes(anna.email)) continue;
      answered++;
      // All others are here, and the slow one has not been answered yet.
      if (answered === TIMES - 1) answerSlowOne();
    }
    expect(answered).toBe(TIMES);
  });

  it("fail one by one too", async () => {
    const lines: string[] = [];
    const inputs = { 1: { id: crypto.randomUUID() } };
    for await (const line of askTogether(["team.members", "proposals.show"], inputs)) lines.push(line);
    const said = lines.join("\n");
    expect(said).toContain(anna.email);
    expect(said).toContain('"httpStatus":404');
  });
});
