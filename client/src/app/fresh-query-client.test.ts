import { QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { FreshQueryClient } from "./fresh-query-client.ts";

/** A list that answers when it is told to, with what it held when it was asked. */
function slowList() {
  const held = ["before"];
  const waiting: (() => void)[] = [];
  const ask = () => {
    const answer = [...held];
    return new Promise<string[]>((resolve) => waiting.push(() => resolve(answer)));
  };
  return { held, waiting, ask };
}

test("an answer that was asked for before a change does not stand after it", async () => {
  const list = slowList();
  const client = new FreshQueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: false } } });
  const observer = new QueryObserver(client, { queryKey: ["list"], queryFn: list.ask });
  const leave = observer.subscribe(() => undefined);
  await expect.poll(() => list.waiting.length).toBe(1);
  list.held.push("after");
  const again = client.invalidateQueries({ queryKey: ["list"] });
  await expect.poll(() => list.waiting.length).toBe(2);
  for (const answer of list.waiting) answer();
  await again;
  expect(observer.getCurrentResult()).toMatchObject({ data: ["before", "after"], isError: false });
  leave();
  client.clear();
});

test("what has an answer is asked again once", async () => {
  const list = slowList();
  const client = new FreshQueryClient();
  const observer = new QueryObserver(client, { queryKey: ["list"], queryFn: list.ask });
  const leave = observer.subscribe(() => undefined);
  await expect.poll(() => list.waiting.length).toBe(1);
  list.waiting[0]!();
  await expect.poll(() => observer.getCurrentResult().data).toEqual(["before"]);
  list.held.push("after");
  const again = client.invalidateQueries();
  await expect.poll(() => list.waiting.length).toBe(2);
  list.waiting[1]!();
  await again;
  expect(observer.getCurrentResult().data).toEqual(["before", "after"]);
  leave();
  client.clear();
});
