import { ModelError } from "@touchline/solver";
import { QuestionTooLarge, WarehouseAway } from "@touchline/sql";
import type { TRPCError } from "@trpc/server";
import { z } from "zod";
import { currentRequestId } from "../request-scope.ts";
import { UserError } from "../user-error.ts";

type SentenceForPeople = UserError | ModelError | QuestionTooLarge | WarehouseAway;

/** True for sentences that were written for the person who reads them. */
function isForPeople(error: unknown): error is SentenceForPeople {
  return (
    error instanceof UserError ||
    error instanceof ModelError ||
    error instanceof QuestionTooLarge ||
    error instanceof WarehouseAway
  );
}

const DEEPEST_CAUSE = 5;

/** Such a sentence among what an error was caused by: libraries wrap what was thrown inside them. */
export function sentenceIn(error: unknown): SentenceForPeople | null {
  let each = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && each instanceof Error; depth++) {
    if (isForPeople(each)) return each;
    each = each.cause;
  }
  return null;
}

/** The one sentence of whatever nobody foresaw; the log knows the request by this name. */
export function somethingWentWrong(requestId: string | undefined): string {
  const request = requestId === undefined || requestId === "" ? "" : ` Request ${requestId}.`;
  return `Something went wrong on the server. Its log says what.${request}`;
}

/** What a browser may read of an error: sentences that were written for people, and nothing of the inside. */
export function publicMessage(error: TRPCError, requestId = currentRequestId()): string {
  const sentence = sentenceIn(error.cause);
  if (sentence !== null) return sentence.message;
  if (error.code === "INTERNAL_SERVER_ERROR") return somethingWentWrong(requestId);
  if (error.cause instanceof z.ZodError) {
    return error.cause.issues.map(({ path, message }) => `${path.join(".") || "the question"}: ${message}`).join("; ");
  }
  return error.message;
}
