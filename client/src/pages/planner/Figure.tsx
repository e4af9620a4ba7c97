import type { FigureTopic } from "../../charts/prepare/provenance.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { useProvenance } from "./provenance-context.ts";

/** A figure of the plan that tells where it comes from when it is asked. */
export function Figure({ topic, text, className }: { topic: FigureTopic; text: string; className?: string }) {
  const { t } = useWords();
  const ask = useProvenance();
  const name = className === undefined ? "figure-button" : `figure-button ${className}`;
  if (ask === null) return <span className={className}>{text}</span>;
  return (
    <button
      type="button"
      className={name}
      title={t("planner.askFigure", { figure: text })}
      aria-haspopup="dialog"
      onClick={() => ask(topic, text)}
    >
      {text}
    </button>
  );
}
