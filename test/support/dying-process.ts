/**
 * A process that kills itself at a moment that no test can hit from outside.
 *   dying-process.ts FOLDER MOMENT serve             serves events over HTTP, and prints its address and a key
 *   dying-process.ts FOLDER MOMENT run ARGV…         runs a command
 * MOMENT is `before NAME`, `after NAME` (the named command of the engine, or `record-import STATE`), or `answer`: when a batch is
 * stored and nobody has been told.
 */
import { runCommandLine } from "@touchline/server/cli";
import { openHouse } from "@touchline/server/house";
import { openGate } from "./gate.ts";

const [folder = "", moment = "", mode = "", ...argv] = process.argv.slice(2);
const [when, ...words] = moment.split(" ");
const awaited = words.join(" ");

function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

const house = await openHouse({ dataFolder: folder });
const { engine } = house.warehouse.in("any");
// Of every engine: a run computes on one of its own.
const type = Object.getPrototypeOf(engine) as typeof engine;
const { run } = type;
type.run = async function (name, sql, params = {}) {
  // Moves carry the number of their import in their name.
  const plain = name.replace(/-\d+$/, "");
  const isAwaited = awaited === (plain === "record-import" ? `${plain} ${params.state}` : plain);
  if (isAwaited && when === "before") await die();
  await run.call(this, name, sql, params);
  if (isAwaited && when === "after") await die();
};

if (mode === "serve") {
  const gate = await openGate(house, { limits: { lingerMs: 50 } });
  const accept = gate.intake.accept.bind(gate.intake);
  gate.intake.accept = async (...request) => {
    const receipt = await accept(...request);
    return moment === "answer" ? die() : receipt;
  };
  process.stdout.write(`${JSON.stringify({ url: gate.url, key: await gate.key("default") })}\n`);
} else {
  const say = (text: string) => void process.stdout.write(text);
  const refuse = () => Promise.reject(new Error("not here"));
  const io = { cwd: process.cwd(), stdout: say, stderr: say, isWatched: false, columns: 100, fileNames: {} };
  process.exitCode = await runCommandLine(argv, {
    io,
    withHouse: (_folder, work) => work(house),
    serve: refuse,
    demo: refuse,
  });
  await house.close();
}
