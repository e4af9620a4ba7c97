import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

type Outcome = "none" | "copied" | "refused";

/** Copies a text. The clipboard is closed on plain http pages elsewhere than on this machine: then it says to copy by hand. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<Outcome>("none");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
  };
  return (
    <span className="copy">
      <button type="button" className="button" onClick={copy}>
        <Icon name={outcome === "copied" ? "check" : "copy"} />
        {label}
      </button>
      <span role="status" className="hint">
        {outcome === "copied" && t("app.copied")}
        {outcome === "refused" && t("app.copyByHand")}
      </span>
    </span>
  );
}
