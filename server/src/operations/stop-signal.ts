import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Resolves at the first SIGINT or SIGTERM. A second one ends the process at once, with 128 and the signal's number: what was
 * acknowledged is on the disk by then.
 */
export function untilToldToStop(): Promise<NodeJS.Signals> {
  return new Promise((done) => {
    let isTold = false;
    for (const name of SIGNALS)
      process.on(name, () => {
        if (isTold) process.exit(128 + constants.signals[name]);
        isTold = true;
        done(name);
      });
  });
}
