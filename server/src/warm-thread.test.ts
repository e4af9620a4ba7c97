import { expect, test } from "vitest";
import { WarmThread } from "./warm-thread.ts";

type Task = "name" | "break" | "never" | "break-later" | "leave";

/** Answers with its own number, which says whether it is the same thread. */
const THREAD = `
  import { parentPort, threadId } from "node:worker_threads";
  parentPort.on("message", (task) => {
    if (task === "break") throw new Error("broken");
    if (task === "leave") process.exit(0);
    if (task === "never") return;
    parentPort.postMessage(threadId);
    if (task === "break-later") setTimeout(() => { throw new Error("broken alone"); }, 10);
  });`;
const newThread = (idleMs?: number) =>
  new WarmThread<Task, number>({
    ...{ file: new URL(`data:text/javascript,${encodeURIComponent(THREAD)}`), name: "the thread of the test" },
    ...(idleMs === undefined ? {} : { idleMs }),
  });
const LONG_MS = 20_000;
const nameOf = async (thread: WarmThread<Task, number>, task: Task = "name") => {
  const ended = await thread.do(task, LONG_MS);
  return ended.kind === "answered" ? ended.answer : null;
};

test("tasks go to one thread, one after the other", async () => {
  const thread = newThread();
  const names = await Promise.all([nameOf(thread), nameOf(thread), nameOf(thread)]);
  expect(new Set(names).size).toBe(1);
  expect(names[0]).toBeTypeOf("number");
});

test("one that takes too long ends the thread, and the next task has another", async () => {
  const thread = newThread();
  const first = await nameOf(thread);
  const [late, next] = await Promise.all([thread.do("never", 50), nameOf(thread)]);
  expect(late).toEqual({ kind: "late" });
  expect(next).not.toBe(first);
});

test("one that breaks it or leaves is told to who asked for it and to nobody else", async () => {
  const thread = newThread();
  const [broken, next, left, last] = await Promise.allSettled([
    thread.do("break", LONG_MS),
    nameOf(thread),
    thread.do("leave", LONG_MS),
    nameOf(thread),
  ]);
  expect(broken).toMatchObject({ status: "rejected", reason: { message: "broken" } });
  expect(next).toMatchObject({ status: "fulfilled", value: expect.any(Number) });
  expect(left).toMatchObject({ reason: { message: "the thread of the test ended without an answer" } });
  expect(last).toMatchObject({ status: "fulfilled", value: expect.any(Number) });
});

test("one that breaks while nobody waits takes nothing with it", async () => {
  const thread = newThread();
  const first = await nameOf(thread, "break-later");
  await expect.poll(() => nameOf(thread), { timeout: LONG_MS }).not.toBe(first);
});

test("it is let go when nobody has needed it for long enough", async () => {
  const thread = newThread(20);
  const first = await nameOf(thread);
  await expect.poll(() => nameOf(thread), { timeout: LONG_MS, interval: 200 }).not.toBe(first);
});
