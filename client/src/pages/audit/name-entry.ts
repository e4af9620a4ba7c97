import { findText, type Words } from "../../i18n/words.ts";
import type { ShownEntry } from "./audit-queries.ts";

interface SubjectName {
  readonly kind: string;
  /** What tells it from others of its kind, shortened where the whole says no more to a reader; null where nothing does. */
  readonly id: string | null;
}

/** Kinds whose id is a name that people know. */
const READABLE: ReadonlySet<string> = new Set(["workspace", "address"]);
const SHORT = 8;

/** An action as a person says it; one that was added later goes by its code. */
export function nameAction(action: string, { t }: Words): string {
  return findText(t, `audit.actions.${action}`) ?? action;
}

/** What an entry is about. Nobody knows their own number: who acted on themselves reads so. */
export function nameSubject({ actor, subject }: Pick<ShownEntry, "actor" | "subject">, { t }: Words): SubjectName {
  const { kind, id } = subject;
  if (kind === "person" && id === actor.id) return { kind: t("audit.ownAccount"), id: null };
  const name = findText(t, `audit.subjects.${kind}`) ?? kind.replaceAll("-", " ");
  if (id === "") return { kind: name, id: null };
  return { kind: name, id: READABLE.has(kind) ? id : id.slice(0, SHORT) };
}
