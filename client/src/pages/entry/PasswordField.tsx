import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  label: string;
  /** What the browser's own keeper of passwords may put here. */
  autoComplete: "current-password" | "new-password";
  value: string;
  problem?: string | null;
  /** Said before anything is typed. */
  rule?: string;
  isFocused?: boolean;
  onChange(value: string): void;
  children?: ReactNode;
}

/** A password that can be looked at while it is typed. */
export function PasswordField(props: Props) {
  const { label, autoComplete, value, problem = null, rule, isFocused = false, onChange, children } = props;
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const fieldId = useId();
  const noteId = useId();
  const note = problem ?? rule;
  return (
    <div className={problem === null ? "field" : "field field-broken"}>
      <label className="field-label" htmlFor={fieldId}>
        {label}
      </label>
      <span className="field-box password-box">
        <input
          id={fieldId}
          name={autoComplete}
          type={isShown ? "text" : "password"}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          aria-invalid={problem !== null}
          aria-describedby={note === undefined ? undefined : noteId}
          // biome-ignore lint/a11y/noAutofocus: the field is the page's only question, or replaces the button that was just pressed
          autoFocus={isFocused}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          className="password-eye"
          aria-pressed={isShown}
          aria-controls={fieldId}
          aria-label={t("entry.showPassword")}
          title={t(isShown ? "entry.hidePassword" : "entry.showPassword")}
          onClick={() => setShown(!isShown)}
        >
          <Icon name={isShown ? "eyeOff" : "eye"} />
        </button>
      </span>
      {note !== undefined && (
        <span id={noteId} className={problem === null ? "hint" : "field-problem"}>
          {note}
        </span>
      )}
      {children}
    </div>
  );
}
