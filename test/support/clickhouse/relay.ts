import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A port of this machine that passes on to another one. */
export interface Relay {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Passes connections on and ends them in order at the other port, also those that were reset. A ClickHouse server only logs a reset,
 * which is how a node breaks off a question that it needs no more; the engine library ends its process.
 */
export async function startRelay(to: number): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (asking) => {
    const answering = connect({ port: to, host: "127.0.0.1", allowHalfOpen: true });
    for (const [own, other] of [
      [asking, answering],
      [answering, asking],
    ] as const) {
      open.add(own);
      own.setNoDelay(true);
      own.on("data", (chunk) => {
        if (!other.destroyed && !other.writableEnded && !other.write(chunk)) own.pause();
      });
      own.on("drain", () => other.resume());
      own.on("end", () => other.end());
      own.on("error", () => own.destroy());
      own.on("close", () => {
        open.delete(own);
        // What is still on its way to somebody who has gone is read and thrown away.
        other.resume();
        other.end();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
