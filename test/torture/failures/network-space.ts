import { execFileSync } from "node:child_process";

const OURS = "10.77.9.1";
export const THEIRS = "10.77.9.2";

const run = (...words: string[]) =>
  void execFileSync(words[0]!, words.slice(1), { stdio: ["ignore", "ignore", "pipe"] });

/**
 * A network namespace with a cable to this one (Linux, as root): what is behind it can be cut off without either side being told, as a
 * pulled plug or a broken switch does.
 */
export class NetworkSpace {
  readonly name = `torture${process.pid}`;
  readonly #here = `tor${process.pid}h`;
  readonly #there = `tor${process.pid}t`;

  constructor() {
    run("ip", "netns", "add", this.name);
    try {
      run("ip", "link", "add", this.#here, "type", "veth", "peer", "name", this.#there, "netns", this.name);
      run("ip", "addr", "add", `${OURS}/30`, "dev", this.#here);
      run("ip", "link", "set", this.#here, "up");
      run("ip", "-n", this.name, "addr", "add", `${THEIRS}/30`, "dev", this.#there);
      run("ip", "-n", this.name, "link", "set", this.#there, "up");
      run("ip", "-n", this.name, "link", "set", "lo", "up");
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  /** What is asked arrives, and no answer comes back. */
  loseAnswers(): void {
    run("ip", "-n", this.name, "route", "add", "blackhole", `${OURS}/32`);
  }

  findAnswers(): void {
    run("ip", "-n", this.name, "route", "del", "blackhole", `${OURS}/32`);
  }

  /** Nothing arrives on either side. */
  pull(): void {
    run("ip", "-n", this.name, "link", "set", this.#there, "down");
  }

  plug(): void {
    run("ip", "-n", this.name, "link", "set", this.#there, "up");
  }

  /** @param kbit what may pass in a second, each way */
  narrow(kbit: number): void {
    const limit = ["root", "tbf", "rate", `${kbit}kbit`, "burst", "16k", "latency", "300ms"];
    run("tc", "qdisc", "replace", "dev", this.#here, ...limit);
    run("ip", "netns", "exec", this.name, "tc", "qdisc", "replace", "dev", this.#there, ...limit);
  }

  widen(): void {
    run("tc", "qdisc", "del", "dev", this.#here, "root");
    run("ip", "netns", "exec", this.name, "tc", "qdisc", "del", "dev", this.#there, "root");
  }

  /** The cable goes with the namespace. */
  remove(): void {
    run("ip", "netns", "del", this.name);
  }
}
