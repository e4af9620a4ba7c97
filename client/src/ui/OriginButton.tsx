import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";
import { type FigureOrigin, useOrigin } from "./origin-context.ts";

/** "How is this computed?", for the figures of one card. */
export function OriginButton({ origin }: { origin: FigureOrigin }) {
  const { t } = useTranslation();
  const show = useOrigin();
  if (show === null) return null;
  return (
    <button type="button" className="button button-quiet" onClick={() => show(origin)}>
      <Icon name="info" />
      <span className="button-word">{t("app.howComputed")}</span>
    </button>
  );
}
