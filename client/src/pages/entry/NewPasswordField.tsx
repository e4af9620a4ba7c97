import { SHORTEST_PASSWORD } from "@touchline/server/contract";
import { useTranslation } from "react-i18next";
import { PasswordField } from "./PasswordField.tsx";
import { judgeLength, LENGTH_STEPS } from "./password-length.ts";

interface Props {
  label: string;
  value: string;
  isTried: boolean;
  isFocused?: boolean;
  onChange(value: string): void;
}

/** The rule stands there before the first letter, and the length is told while it is typed. */
export function NewPasswordField({ label, value, isTried, isFocused = false, onChange }: Props) {
  const { t } = useTranslation();
  const step = judgeLength(value);
  const isShort = step === "none" || step === "short";
  const rule = t("entry.passwordRule", { characters: String(SHORTEST_PASSWORD) });
  return (
    <PasswordField
      label={label}
      autoComplete="new-password"
      value={value}
      rule={rule}
      problem={isTried && isShort ? rule : null}
      isFocused={isFocused}
      onChange={onChange}
    >
      <span className={`strength strength-${step}`}>
        <span className="strength-steps" aria-hidden="true">
          {LENGTH_STEPS.slice(1).map((each, index) => (
            <span key={each} className={LENGTH_STEPS.indexOf(step) > index ? "strength-step is-on" : "strength-step"} />
          ))}
        </span>
        <span role="status">{step === "none" ? "" : t(`entry.length.${step}`)}</span>
      </span>
    </PasswordField>
  );
}
