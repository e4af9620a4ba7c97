import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { appRouter } from "@touchline/server/router";

/** What a procedure or an address answered. */
export interface Reply {
  readonly status: number;
  /** `FORBIDDEN` and the like; null where the procedure did what it is for. */
  readonly code: string | null;
  /** What went wrong, in words; otherwise the text of the answer. */
  readonly message: string;
  readonly data: unknown;
  readonly headers: IncomingHttpHeaders;
  /** `Set-Cookie`, line by line. */
  readonly setCookies: readonly string[];
}

export interface Asked {
  /** The workspace that the request names; null for none. */
  readonly workspace?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CallerOptions {
  readonly workspace?: string | null;
  /** Who the proxy in front says that is: it is believed where the server trusts one. */
  readonly from?: string;
}

const PROCEDURES = appRouter._def.procedures as unknown as Readonly<Record<string, { _def: { type: string } }>>;

/** A browser without a page: it keeps its cookies, names its origin and a workspace. */
export class Caller {
  readonly url: string;
  readonly cookies = new Map<string, string>();
  workspace: string | null;
  from: string | null;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(url: string, { workspace = null, from }: CallerOptions = {}) {
    this.url = url;
    this.workspace = workspace;
    this.from = from ?? null;
  }

  /** Another browser with the same cookies, as a thief of them would have it. */
  copy(options: CallerOptions = {}): Caller {
    const other = new Caller(this.url, { workspace: this.workspace, ...options });
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  /** The same browser after its session was forgotten: what marks it as known is still there. */
  signedOutCopy(options: CallerOptions = {}): Caller {
    const other = this.copy(options);
    for (const name of other.cookies.keys()) if (name.endsWith("session_token")) other.cookies.delete(name);
    return other;
  }

  /** The cookie of the session. */
  get session(): string | undefined {
    return [...this.cookies].find(([name]) => name.endsWith("session_token"))?.[1];
  }

  /** Calls a procedure by its path. */
  call(path: string, input?: unknown, asked: Asked = {}): Promise<Reply> {
    const type = PROCEDURES[path]?._def.type;
    if (type === undefined) throw new Error(`there is no procedure ${path}`);
    if (type === "mutation") return this.send("POST", `/trpc/${path}`, input ?? {}, asked);
    const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.send("GET", `/trpc/${path}${query}`, undefined, asked);
  }

  /** Calls a procedure that must do what it is for. @returns its answer */
  async ask<T = unknown>(path: string, input?: unknown, asked: Asked = {}): Promise<T> {
    const { code, message, data } = await this.call(path, input, asked);
    if (code !== null) throw new Error(`${path}: ${code}: ${message}`);
    return data as T;
  }

  send(
    method: string,
    path: string,
    body: unknown,
    { workspace = this.workspace, headers = {} }: Asked = {},
  ): Promise<Reply> {
    const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return new Promise((done, failed) => {
      const asking = request(`${this.url}${path}`, {
        method,
        agent: this.#agent,
        headers: {
          origin: this.url,
          ...(body === undefined
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
          ...(cookie === "" ? {} : { cookie }),
          ...(workspace === null ? {} : { "x-workspace": workspace }),
          ...(this.from === null ? {} : { "x-forwarded-for": this.from }),
          ...headers,
        },
      });
      asking.on("error", (error: NodeJS.ErrnoException) => {
        // A connection that had rested too long: a browser opens another one and asks again, as long as nothing was answered.
        if (asking.reusedSocket && error.code === "ECONNRESET")
          this.send(method, path, body, { workspace, headers }).then(done, failed);
        else failed(error);
      });
      asking.on("response", (answer) => {
        const chunks: Buffer[] = [];
        answer.on("error", failed);
        answer.on("data", (chunk: Buffer) => void chunks.push(chunk));
        answer.on("end", () => {
          const setCookies = answer.headers["set-cookie"] ?? [];
          for (const line of setCookies) this.#keep(line);
          const said = Buffer.concat(chunks).toString("utf8");
          done({ status: answer.statusCode!, headers: answer.headers, setCookies, ...readReply(said) });
        });
      });
      asking.end(text);
    });
  }

  #keep(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "" || /;\s*max-age=0(;|$)/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  close(): void {
    this.#agent.destroy();
  }
}

interface Envelope {
  readonly result?: { readonly data?: unknown };
  readonly error?: { readonly message: string; readonly data?: { readonly code: string } };
}

function readReply(text: string): Pick<Reply, "code" | "message" | "data"> {
  let said: Envelope | null = null;
  try {
    said = JSON.parse(text) as Envelope;
  } catch {
    // A page, or a sentence.
  }
  const error = said?.error;
  if (typeof error === "object") return { code: error.data?.code ?? "?", message: error.message, data: undefined };
  return { code: null, message: text, data: said?.result?.data };
}

/** A password that nobody would guess, for people of tests. */
export const PASSWORD = "seven quiet harbours";

/** The owner of a server: opens the link that it has printed, or signs in where the owner has done so before. */
export async function ownerOf(
  server: { readonly url: string; printed(pattern: RegExp): Promise<string> },
  { email = "olga@shop.example", name = "Olga Owner", password = PASSWORD, workspace = "default" } = {},
): Promise<Caller> {
  const caller = new Caller(server.url, { workspace });
  const { isNew } = await caller.ask<{ isNew?: boolean }>("account.me");
  if (isNew === true) {
    const { hash } = new URL(await server.printed(/owner's account: (\S+)/));
    await caller.ask("account.acceptLink", { token: hash.replace("#token=", ""), email, name, password });
  } else await caller.ask("account.signIn", { email, password });
  return caller;
}

/** Signs somebody in who has an account. */
export async function signedIn(
  url: string,
  {
    email = "olga@shop.example",
    password = PASSWORD,
    ...options
  }: CallerOptions & { email?: string; password?: string } = {},
): Promise<Caller> {
  const caller = new Caller(url, options);
  await caller.ask("account.signIn", { email, password });
  return caller;
}
