import { randomUUID } from "node:crypto";
import { connectToServer, handOver } from "@touchline/server/house";
import { Caller, PASSWORD } from "../../support/sign-in.ts";
import { ByName } from "./figures.ts";
import type { RecordedRequest, WalkedPage } from "./walk-pages.ts";

/** Somebody who knows what they look for: a page is read for 2 to 6 seconds, evenly. */
const READ_MS = { least: 2_000, most: 6_000 };
const WORKSPACE = "default";

export interface Latencies {
  readonly byProcedure: ByName;
  readonly byPage: ByName;
  readonly failures: string[];
}

/** Runs a command in the server that holds the folder, as the command line does. @returns what it has printed */
export async function command(data: string, ...argv: string[]): Promise<string> {
  const socket = await connectToServer(data);
  if (socket === null) throw new Error(`no server holds ${data}`);
  let said = "";
  const hear = (text: string) => {
    said += text;
  };
  const request = { argv: [...argv, "--data", data], cwd: process.cwd(), isWatched: false, columns: 80, fileNames: {} };
  const exitCode = await handOver(socket, request, { stdout: hear, stderr: hear });
  if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${said}`);
  return said;
}

/** Invites somebody, and signs them in in a browser of their own. */
export async function openReader(url: string, data: string, place: number): Promise<Caller> {
  const email = `reader-${place}-${randomUUID().slice(0, 8)}@shop.example`;
  const said = await command(data, "users", "invite", email, "--role", "admin", "--json");
  const token = /#token=([\w.~-]+)/.exec(said)?.[1];
  if (token === undefined) throw new Error(`no invitation: ${said}`);
  const reader = new Caller(url, { workspace: WORKSPACE });
  await reader.ask("account.acceptLink", { token, email, name: `Reader ${place}`, password: PASSWORD });
  return reader;
}

const proceduresOf = ({ path }: RecordedRequest) =>
  path
    .replace(/^\/trpc\//, "")
    .replace(/\?.*$/, "")
    .split(",");

async function send(reader: Caller, request: RecordedRequest, to: Latencies): Promise<void> {
  const headers = {
    "accept-encoding": "gzip",
    ...(request.accept === undefined ? {} : { "trpc-accept": request.accept }),
  };
  const began = performance.now();
  const ask = () => reader.send("GET", request.path, undefined, { headers });
  // The server closes connections that rest, sometimes just when one is used again: browsers then ask once more.
  const { status, message } = await ask().catch(ask);
  const ms = performance.now() - began;
  for (const procedure of proceduresOf(request)) to.byProcedure.add(procedure, ms);
  if (status !== 200) to.failures.push(`${request.path.slice(0, 80)}: ${status} ${message.slice(0, 120)}`);
}

export const noLatencies = (): Latencies => ({ byProcedure: new ByName(), byPage: new ByName(), failures: [] });

/** Asks what a page asks, in its waves. */
export async function askPage(reader: Caller, page: WalkedPage, to: Latencies): Promise<void> {
  const began = performance.now();
  for (const wave of page.waves) await Promise.all(wave.map((request) => send(reader, request, to)));
  to.byPage.add(page.name, performance.now() - began);
}

/** Milliseconds that somebody looks at a page before they go on. */
export const readingPause = (): number => READ_MS.least + Math.random() * (READ_MS.most - READ_MS.least);

/** Everybody walks through all pages at once, each one beginning at another one. */
export async function readTogether(
  readers: readonly Caller[],
  pages: readonly WalkedPage[],
  rounds: number,
): Promise<Latencies> {
  const latencies = noLatencies();
  const pause = () => new Promise((done) => setTimeout(done, readingPause()));
  await Promise.all(
    readers.map(async (reader, place) => {
      for (let step = 0; step < rounds * pages.length; step++) {
        await pause();
        await askPage(reader, pages[(place + step) % pages.length]!, latencies);
      }
    }),
  );
  return latencies;
}
