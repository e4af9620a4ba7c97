import { useId } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  value: string;
  hint?: string;
  isFocused?: boolean;
  onChange(value: string): void;
}

/** Six digits of an app. A text, because a spare code is written here too. */
export function CodeField({ value, hint, isFocused = false, onChange }: Props) {
  const { t } = useTranslation();
  const noteId = useId();
  return (
    <label className="field">
      <span className="field-label">{t("entry.code")}</span>
      <input
        type="text"
        name="one-time-code"
        className="code-input"
        inputMode={hint === undefined ? "numeric" : "text"}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={32}
        value={value}
        aria-describedby={hint === undefined ? undefined : noteId}
        // biome-ignore lint/a11y/noAutofocus: the field replaces the form that was just sent
        autoFocus={isFocused}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint !== undefined && (
        <span id={noteId} className="hint">
          {hint}
        </span>
      )}
    </label>
  );
}
