import { printable } from "../io.ts";

/** Limits that contradict each other, and what would help, a sentence each. */
export function conflictInWords(limits: readonly string[], changes: readonly string[]): string {
  return [
    "No plan meets all of these limits; together they contradict each other:\n",
    ...limits.map((text) => `  - ${text}\n`),
    changes.length === 0 ? "" : "Any one of these changes would make a plan possible:\n",
    ...changes.map((text) => `  - ${text}\n`),
  ].join("");
}

/** The same of a plan, whose limits and repairs say themselves what they are. */
export function planConflictInWords(plan: Record<"conflict" | "repair", readonly { readonly text: string }[]>): string {
  const texts = (each: readonly { readonly text: string }[]) => each.map(({ text }) => printable(text));
  return conflictInWords(texts(plan.conflict), texts(plan.repair));
}
