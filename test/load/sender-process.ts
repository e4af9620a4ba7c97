import { Agent, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import { bodyOf, CONVERSIONS_IN_A_THOUSAND, idStart, type LoadKind, REPEATED_EVERY } from "./events.ts";
import { SenderOrder, type SenderReport } from "./sender-order.ts";

const BATCHES_A_SECOND = 10;
/** Batches that wait for their answers at most: beyond, the sender is late, and its clock says so. */
const MOST_OPEN = 200;
/** After the last batch was due, senders go on trying for so long. */
const PATIENCE_MS = 120_000;

interface Posted {
  readonly status: number;
  readonly retryAfterMs: number;
}

class Sender {
  readonly #order: SenderOrder;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: MOST_OPEN });
  readonly #counts = { touchpoints: { lines: 0, acknowledged: 0 }, conversions: { lines: 0, acknowledged: 0 } };
  readonly #refusals: Record<string, number> = {};
  readonly #acknowledgeMs: number[] = [];
  readonly #open = new Set<Promise<void>>();
  #repeated = 0;
  #batches = 0;
  #until = Number.POSITIVE_INFINITY;

  constructor(order: SenderOrder) {
    this.#order = order;
  }

  async run(): Promise<SenderReport> {
    const { eventsPerSecond, seconds } = this.#order;
    const began = performance.now();
    this.#until = began + seconds * 1_000 + PATIENCE_MS;
    const conversionsPerSecond = Math.round((eventsPerSecond * CONVERSIONS_IN_A_THOUSAND) / 1_000);
    const perBatch = Math.round((eventsPerSecond - conversionsPerSecond) / BATCHES_A_SECOND);
    for (let tick = 0; tick < seconds * BATCHES_A_SECOND; tick++) {
      const due = began + (tick * 1_000) / BATCHES_A_SECOND;
      if (due > performance.now()) await setTimeout(due - performance.now());
      await this.#post("touchpoints", perBatch, due);
      if (tick % BATCHES_A_SECOND === 0) await this.#post("conversions", conversionsPerSecond, due);
    }
    await Promise.all(this.#open);
    const { user, system } = process.cpuUsage();
    return {
      ...this.#counts,
      repeated: this.#repeated,
      refusals: this.#refusals,
      acknowledgeMs: this.#acknowledgeMs.map((ms) => Math.round(ms)),
      seconds: (performance.now() - began) / 1_000,
      processorSeconds: (user + system) / 1e6,
    };
  }

  async #post(kind: LoadKind, size: number, due: number): Promise<void> {
    while (this.#open.size >= MOST_OPEN) await Promise.race(this.#open);
    const counts = this.#counts[kind];
    const from = counts.lines;
    counts.lines += size;
    const body = bodyOf(kind, idStart(this.#order.run, kind), from, counts.lines, new Date());
    const isRepeated = this.#batches++ % REPEATED_EVERY === REPEATED_EVERY - 1;
    const sending = this.#untilTaken(kind, body, due).then(async (isTaken) => {
      if (!isTaken) return;
      counts.acknowledged += size;
      if (isRepeated && (await this.#untilTaken(kind, body, performance.now()))) this.#repeated += size;
    });
    this.#open.add(sending);
    void sending.finally(() => this.#open.delete(sending));
  }

  /** @returns false where nobody acknowledged it before the sender's patience ended */
  async #untilTaken(kind: LoadKind, body: Buffer, due: number): Promise<boolean> {
    while (performance.now() < this.#until) {
      const { status, retryAfterMs } = await this.#send(kind, body);
      if (status === 202) {
        this.#acknowledgeMs.push(performance.now() - due);
        return true;
      }
      this.#refusals[status] = (this.#refusals[status] ?? 0) + 1;
      if (status !== 0 && status !== 429 && status !== 503) return false;
      await setTimeout(retryAfterMs);
    }
    return false;
  }

  #send(kind: LoadKind, body: Buffer): Promise<Posted> {
    const { url, key } = this.#order;
    return new Promise((done) => {
      const nothing = () => done({ status: 0, retryAfterMs: 1_000 });
      const sent = request(
        `${url}/v1/${kind}`,
        {
          method: "POST",
          agent: this.#agent,
          headers: { authorization: `Bearer ${key}`, "content-length": body.length },
        },
        (answer) => {
          answer.on("error", nothing);
          answer.on("end", () =>
            done({
              status: answer.statusCode ?? 0,
              retryAfterMs: Number(answer.headers["retry-after"] ?? 1) * 1_000,
            }),
          );
          answer.resume();
        },
      );
      sent.on("error", nothing);
      sent.end(body);
    });
  }
}

const report = await new Sender(SenderOrder.parse(JSON.parse(process.argv[2] ?? "{}"))).run();
process.stdout.write(JSON.stringify(report));
