import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

/** Longest path that every system takes for a socket. */
const LONGEST_SOCKET_PATH = 100;

/** A command that is handed to the server which holds the folder. */
const CommandRequest = z.object({
  argv: z.array(z.string()),
  cwd: z.string(),
  isWatched: z.boolean(),
  columns: z.number(),
  fileNames: z.record(z.string(), z.string()),
});
export type CommandRequest = z.infer<typeof CommandRequest>;

/** What comes back, a JSON object a line. */
const CommandReply = z.union([
  z.object({ out: z.string() }),
  z.object({ err: z.string() }),
  z.object({ exit: z.number() }),
]);
export type CommandReply = z.infer<typeof CommandReply>;

function socketPath(dataFolder: string): string {
  const inFolder = join(resolve(dataFolder), "touchline.sock");
  if (Buffer.byteLength(inFolder) <= LONGEST_SOCKET_PATH) return inFolder;
  const name = createHash("sha256").update(resolve(dataFolder)).digest("hex").slice(0, 16);
  return join(tmpdir(), `touchline-${process.getuid?.() ?? 0}`, `${name}.sock`);
}

/** Connects to the server that holds this folder; null when there is none. */
export function connectToServer(dataFolder: string): Promise<Socket | null> {
  return new Promise((done) => {
    const socket = createConnection(socketPath(dataFolder));
    socket.once("connect", () => done(socket));
    socket.once("error", () => done(null));
  });
}

/**
 * Hands a command over and prints what comes back.
 * @returns the command's exit code
 */
export async function handOver(
  socket: Socket,
  request: CommandRequest,
  io: { stdout: (text: string) => void; stderr: (text: string) => void },
): Promise<number> {
  socket.write(`${JSON.stringify(request)}\n`);
  try {
    for await (const line of createInterface({ input: socket })) {
      const reply = CommandReply.parse(JSON.parse(line));
      if ("out" in reply) io.stdout(reply.out);
      else if ("err" in reply) io.stderr(reply.err);
      else return reply.exit;
    }
  } finally {
    socket.destroy();
  }
  io.stderr("touchline: the server stopped in the middle of the command; start it again and repeat the command\n");
  return 1;
}

/** Listens for commands of this user. The socket can be opened by the owner of the folder only. */
export async function listenForCommands(
  dataFolder: string,
  run: (request: CommandRequest, send: (reply: CommandReply) => void, isGone: () => boolean) => Promise<number>,
): Promise<Server> {
  const path = socketPath(dataFolder);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true }); // Left over from a server that was killed: this process holds the folder now.
  const server = createServer(async (socket) => {
    socket.on("error", () => undefined); // The other side went away: its command still ends.
    const send = (reply: CommandReply) => {
      if (!socket.destroyed) socket.write(`${JSON.stringify(reply)}\n`);
    };
    for await (const line of createInterface({ input: socket })) {
      const answer = async () => run(CommandRequest.parse(JSON.parse(line)), send, () => socket.destroyed);
      const exit = await answer().catch((error: Error) => {
        send({ err: `touchline: ${error.message}\n` });
        return 1;
      });
      send({ exit });
      socket.end();
      break;
    }
  });
  const before = process.umask(0o077);
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(path, done);
  }).finally(() => process.umask(before));
  chmodSync(path, 0o600);
  return server;
}
