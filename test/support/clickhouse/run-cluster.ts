/** `npm run cluster`: two ClickHouse shards on this machine until Ctrl-C, with data that goes with them. */
import { startClickHouseCluster } from "./cluster.ts";

const cluster = await startClickHouseCluster({ isRelayed: true });
const environment = await cluster.createDatabase("touchline");
for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${value}`);

const alive = setInterval(() => {}, 60_000); // The children's streams alone do not keep this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    clearInterval(alive);
    cluster.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
