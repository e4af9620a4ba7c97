import { z } from "zod";

/** One thing that an operator may set, in the file or in the environment. */
export interface Setting {
  /** Its name in touchline.json; null for what makes no sense in a file. */
  readonly key: string | null;
  /** Its name in the environment; a secret's also ends with _FILE there. */
  readonly variable: string;
  /** What may stand in the file. A secret stands in a file of its own, whose path is said. */
  readonly shape: z.ZodType<string | number | boolean>;
  readonly isSecret?: true;
  /** What holds where nobody says anything, in words. */
  readonly usually: string;
  readonly means: string;
}

const Path = z.string().min(1);
const Text = z.string().min(1);
export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
/** In deploy/touchline.service and compose.yaml stands a time that is longer. */
export const USUAL_STOP_SECONDS = 25;

const secret = (key: string, variable: string, usually: string, means: string): Setting => ({
  ...{ key: `${key}File`, variable, shape: Path, isSecret: true, usually, means },
});

/** Everything that an operator may set. What people of a workspace tune is in its settings, not here. */
export const SETTINGS: readonly Setting[] = [
  {
    ...{ key: null, variable: "TOUCHLINE_CONFIG", shape: Path, usually: "touchline.json in the data folder" },
    means: "the configuration file; `--config` says the same",
  },
  secret(
    "clickhouseUrl",
    "CLICKHOUSE_URL",
    "the engine in the data folder",
    "a ClickHouse server for the data; of a cluster one address of each shard, between commas",
  ),
  {
    ...{ key: "clickhouseCluster", variable: "CLICKHOUSE_CLUSTER", shape: Text, usually: "one server" },
    means: "the cluster's name in `remote_servers` of its nodes",
  },
  secret(
    "databaseUrl",
    "DATABASE_URL",
    "the one in the data folder",
    "a PostgreSQL database for accounts, plans and the audit",
  ),
  secret(
    "secret",
    "TOUCHLINE_SECRET",
    "the file `secret` in the data folder",
    "what hashes of visitors, the audit and second factors are keyed with; the same for all servers of one warehouse",
  ),
  {
    ...{ key: "url", variable: "TOUCHLINE_URL", shape: z.url({ protocol: /^https?$/ }), usually: "this machine" },
    means: "the address that people reach the server by; needed where other machines do",
  },
  {
    ...{ key: "trustProxy", variable: "TOUCHLINE_TRUST_PROXY", shape: z.boolean(), usually: "off" },
    means: "`1` where a proxy of your own writes `X-Forwarded-For`",
  },
  {
    ...{ key: "logLevel", variable: "TOUCHLINE_LOG_LEVEL", shape: z.enum(LOG_LEVELS), usually: "info" },
    means: "`debug`, `info`, `warn`, `error` or `silent`: what is written to standard error",
  },
  {
    ...{ key: "stopSeconds", variable: "TOUCHLINE_STOP_SECONDS", shape: z.int().min(1).max(3_600) },
    ...{ usually: String(USUAL_STOP_SECONDS), means: "how long a server that was told to stop lets work end" },
  },
  {
    ...{ key: "privateWebhooks", variable: "TOUCHLINE_PRIVATE_WEBHOOKS", shape: z.boolean(), usually: "off" },
    means: "`1` lets webhooks go to this machine and private networks",
  },
  secret(
    ...(["metricsToken", "TOUCHLINE_METRICS_TOKEN"] as const),
    ...(["only this machine may read /metrics", "who sends it as a bearer may read `/metrics`"] as const),
  ),
  secret("smtpUrl", "SMTP_URL", "mails are printed", "the server that mails go through"),
  {
    key: "mailFrom",
    variable: "MAIL_FROM",
    shape: Text,
    usually: "nothing",
    means: "the address that mails come from",
  },
  {
    key: "oidcIssuer",
    variable: "OIDC_ISSUER",
    shape: z.url(),
    usually: "no single sign-on",
    means: "the issuer of single sign-on",
  },
  {
    key: "oidcClientId",
    variable: "OIDC_CLIENT_ID",
    shape: Text,
    usually: "nothing",
    means: "this server's name at the issuer",
  },
  secret("oidcClientSecret", "OIDC_CLIENT_SECRET", "nothing", "this server's secret at the issuer"),
];
