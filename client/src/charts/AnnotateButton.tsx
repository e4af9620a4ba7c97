import { useWords } from "../i18n/words-context.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useAnnotationDesk } from "./annotation-desk.ts";

/** In the actions of a chart over days: its annotations, and a new one on the day that was pointed at last. */
export function AnnotateButton({ days }: { days: readonly string[] }) {
  const { t } = useWords();
  const desk = useAnnotationDesk();
  const [from, to] = [days[0], days.at(-1)];
  if (desk === null || from === undefined || to === undefined) return null;
  return (
    <button
      type="button"
      className="button button-quiet"
      title={t("annotations.openLabel")}
      onClick={() => desk.open({ from, to })}
    >
      <Icon name="flag" />
      <span className="button-word">{t("annotations.open")}</span>
    </button>
  );
}
