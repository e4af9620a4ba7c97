import { format } from "node:util";
import { type DestinationStream, type Logger, pino } from "pino";
import { logLevel } from "./configuration/index.ts";
import { redact } from "./redact.ts";
import { redactText } from "./redact-text.ts";
import { currentRequestId } from "./request-scope.ts";

/** Looked up with every line, so that whoever watches standard error sees it. */
const STANDARD_ERROR: DestinationStream = { write: (line) => void process.stderr.write(line) };

let currentTrace: () => string | undefined = () => undefined;

/** Names the trace that a line belongs to, where traces are sent. */
export function nameTraces(current: () => string | undefined): void {
  currentTrace = current;
}

/** Errors and texts that pino would write by ways of its own, made plain first. */
function plainArguments(given: readonly unknown[]): [Record<string, unknown>, string] {
  const [first, ...rest] = given;
  if (typeof first === "string") return [{}, redactText(format(first, ...rest.map(redact)))];
  const text = rest.length === 0 ? "" : redactText(format(...rest.map(redact)));
  if (first instanceof Error) return [{ err: redact(first) }, text === "" ? redactText(first.message) : text];
  const fields = redact(first);
  return [isFields(fields) ? fields : { value: fields }, text];
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A line that is written: once more without secrets, because loggers made of this one bring fields of their own. */
function cleanLine(line: string): string {
  try {
    return `${JSON.stringify(redact(JSON.parse(line)))}\n`;
  } catch {
    return `${JSON.stringify({ level: "error", msg: "a line of the log could not be written" })}\n`;
  }
}

export function createLog(destination: DestinationStream): Logger {
  return pino(
    {
      level: logLevel(),
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: redact }, // Pino would read errors in a way of its own.
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const [request, trace] = [currentRequestId(), currentTrace()];
        return { ...(request === undefined ? {} : { request }), ...(trace === undefined ? {} : { trace }) };
      },
      hooks: {
        logMethod(given, write) {
          const [fields, text] = plainArguments(given);
          write.call(this, fields as never, text);
        },
        streamWrite: cleanLine,
      },
    },
    destination,
  );
}

/**
 * What happened on this server, one JSON object a line on standard error. Secrets are taken out on the way; it is for operators, and
 * what people did is in the audit.
 */
export const log = createLog(STANDARD_ERROR);
