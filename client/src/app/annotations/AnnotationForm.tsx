import type { AnnotationNote } from "@touchline/server/contract";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { FailureLine } from "../FailureLine.tsx";
import { GuardedButton } from "../GuardedButton.tsx";
import { useKeepAnnotation } from "./use-change-annotations.ts";

interface Props {
  /** The one that is changed; null: a new one, beside `day`. */
  note: AnnotationNote | null;
  day: string;
  /** Whoever came to write finds the cursor where the words go. */
  isFocused: boolean;
  done(note: AnnotationNote): void;
  cancel: (() => void) | null;
}

type Problem = "incomplete" | "order" | "empty";

interface Draft {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

function problemOf({ from, to, text }: Draft): Problem | null {
  if (from === "" || to === "") return "incomplete";
  if (from > to) return "order";
  return text.trim() === "" ? "empty" : null;
}

const LONGEST = 500;

export function AnnotationForm({ note, day, isFocused, done, cancel }: Props) {
  const { t } = useWords();
  const [draft, setDraft] = useState<Draft>(note ?? { from: day, to: day, text: "" });
  const [problem, setProblem] = useState<Problem | null>(null);
  const problemId = useId();
  const words = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isFocused) words.current?.focus();
  }, [isFocused]);
  const { keep, isPending, error } = useKeepAnnotation(note, (kept) => {
    setDraft({ from: kept.from, to: kept.to, text: "" });
    done(kept);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemOf(draft);
    setProblem(found);
    if (found === null) keep({ from: draft.from, to: draft.to, text: draft.text });
  };
  const changeFrom = (from: string) =>
    // A note of one day stays one of one day.
    setDraft({ ...draft, from, to: draft.to === draft.from || draft.to < from ? from : draft.to });
  return (
    <form className="note-form" onSubmit={submit} noValidate>
      <div className="note-form-days">
        <label className="field">
          <span className="field-label">{t("annotations.from")}</span>
          <input
            type="date"
            value={draft.from}
            aria-invalid={problem === "incomplete" || problem === "order"}
            aria-describedby={problemId}
            onChange={(event) => changeFrom(event.target.value)}
          />
        </label>
        <label className="field">
          <span className="field-label">{t("annotations.to")}</span>
          <input
            type="date"
            value={draft.to}
            aria-invalid={problem === "incomplete" || problem === "order"}
            aria-describedby={problemId}
            onChange={(event) => setDraft({ ...draft, to: event.target.value })}
          />
        </label>
      </div>
      <label className="field">
        <span className="field-label">{t("annotations.text")}</span>
        <textarea
          ref={words}
          value={draft.text}
          maxLength={LONGEST}
          placeholder={t("annotations.textHint")}
          aria-invalid={problem === "empty"}
          aria-describedby={problemId}
          onChange={(event) => setDraft({ ...draft, text: event.target.value })}
        />
      </label>
      <p id={problemId} className="field-problem" role="alert" hidden={problem === null}>
        {problem !== null && t(`annotations.${problem}`)}
      </p>
      <FailureLine error={error} />
      <div className="note-form-acts">
        <GuardedButton type="submit" right="annotations:change" className="button button-primary" disabled={isPending}>
          {note === null ? t("annotations.save") : t("annotations.keep")}
        </GuardedButton>
        {cancel !== null && (
          <button type="button" className="button" onClick={cancel}>
            {t("app.cancel")}
          </button>
        )}
      </div>
    </form>
  );
}
