import { useId } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  value: string;
  problem?: string | null;
  isFocused?: boolean;
  /** Null where it is known already: it stands there for the browser's keeper of passwords. */
  onChange: ((value: string) => void) | null;
}

export function EmailField({ value, problem = null, isFocused = false, onChange }: Props) {
  const { t } = useTranslation();
  const noteId = useId();
  return (
    <label className={problem === null ? "field" : "field field-broken"}>
      <span className="field-label">{t("entry.email")}</span>
      <input
        name="username"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        value={value}
        readOnly={onChange === null}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : noteId}
        // biome-ignore lint/a11y/noAutofocus: the first question of a page that asks nothing else
        autoFocus={isFocused}
        onChange={(event) => onChange?.(event.target.value)}
      />
      {problem !== null && (
        <span id={noteId} className="field-problem">
          {problem}
        </span>
      )}
    </label>
  );
}
