import { useEffect, useId, useRef, useState } from "react";
import { parseAmount, parsePercent, type TypedNumber } from "../format/parse-amount.ts";
import { useWords } from "../i18n/words-context.tsx";
import { OwnEcho } from "./own-echo.ts";

interface Props {
  label: string;
  isLabelHidden?: boolean;
  /** A ratio has no unit; everything else names its own. */
  kind: "amount" | "percent" | "ratio";
  value: number | null;
  placeholder?: string;
  hint?: string;
  isDisabled?: boolean;
  /** Where the sentence about a wrong entry is shown elsewhere: its place, and who is told. Otherwise it stands below the field. */
  problemPlace?: { readonly id: string; tell(problem: string | null): void };
  onChange(value: number | null): void;
}

function readableValue(typed: TypedNumber): number | null | undefined {
  if (typed.kind === "empty") return null;
  return typed.kind === "ok" ? typed.value : undefined;
}

/**
 * A number as people type it. What cannot be read is marked with a sentence and goes nowhere; the last readable value stays
 * in force until the field makes sense again. An empty field is a value of its own: no limit.
 */
export function NumberField(props: Props) {
  const {
    label,
    isLabelHidden = false,
    kind,
    value,
    placeholder,
    hint,
    isDisabled = false,
    problemPlace,
    onChange,
  } = props;
  const { t, format } = useWords();
  const ownNoteId = useId();
  const noteId = problemPlace?.id ?? ownNoteId;
  const parse = kind === "percent" ? parsePercent : parseAmount;
  const print = (shown: number | null) =>
    shown === null ? "" : format.typed(kind === "percent" ? Number((shown * 100).toFixed(4)) : shown);
  const [text, setText] = useState(() => print(value));
  const shownValue = useRef(value);
  const echo = useRef(new OwnEcho<number | null>());
  const shownLanguage = useRef(format.language);
  const typed = parse(text, format.language);
  const problem = typed.kind === "rejected" ? typed.reason : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another value or another language rewrites what somebody typed
  useEffect(() => {
    const isOwn = echo.current.isOwn(value);
    if ((isOwn || value === shownValue.current) && format.language === shownLanguage.current) return;
    shownValue.current = value;
    shownLanguage.current = format.language;
    setText(print(value));
  }, [value, format.language]);

  const follow = (next: string) => {
    setText(next);
    const parsed = readableValue(parse(next, format.language));
    if (parsed === undefined || parsed === shownValue.current) return;
    shownValue.current = parsed;
    echo.current.send(parsed);
    onChange(parsed);
  };
  const tidy = () => {
    if (typed.kind !== "rejected") setText(print(readableValue(typed) ?? null));
  };

  const sentence = problem === null ? null : t(`input.${problem}`, { example: format.amount(1234.5, 2) });
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the sentence changes, not when the teller does
  useEffect(() => problemPlace?.tell(sentence), [sentence]);
  const note = problemPlace === undefined ? (sentence ?? hint) : undefined;
  return (
    <label className={problem === null ? "field" : "field field-broken"}>
      <span className={isLabelHidden ? "visually-hidden" : "field-label"}>{label}</span>
      <span className="field-box">
        <input
          type="text"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          placeholder={placeholder}
          disabled={isDisabled}
          aria-invalid={problem !== null}
          aria-describedby={note === undefined && sentence === null ? undefined : noteId}
          onChange={(event) => follow(event.target.value)}
          onBlur={tidy}
        />
        {!isLabelHidden && kind !== "ratio" && (
          <span className="field-unit">{kind === "percent" ? "%" : format.currencySymbol}</span>
        )}
      </span>
      {note !== undefined && (
        <span
          id={noteId}
          className={problem === null ? "hint" : "field-problem"}
          role={problem === null ? undefined : "alert"}
        >
          {note}
        </span>
      )}
    </label>
  );
}
