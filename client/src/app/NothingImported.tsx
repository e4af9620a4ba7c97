import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon.tsx";
import { Command } from "./Command.tsx";

export function NothingImported() {
  const { t } = useTranslation();
  return (
    <section className="notice notice-page">
      <span className="notice-icon">
        <Icon name="chart" />
      </span>
      <h1>{t("state.emptyTitle")}</h1>
      <p>{t("state.emptyText")}</p>
      <div className="notice-ways">
        <div>
          <h2>{t("state.emptyDemo")}</h2>
          <Command text="npx touchline demo" />
        </div>
        <div>
          <h2>{t("state.emptyImport")}</h2>
          <Command text="npx touchline import touchpoints FILE" />
          <Command text="npx touchline import spend FILE" />
          <Command text="npx touchline import conversions FILE" />
        </div>
      </div>
      <p className="hint">{t("state.emptyAfter")}</p>
    </section>
  );
}
