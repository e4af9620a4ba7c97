import { useRouterState } from "@tanstack/react-router";
import type { WorkspaceStatus } from "@touchline/server/contract";
import { useWords } from "../i18n/words-context.tsx";
import { Explained } from "../ui/Explained.tsx";
import { Icon } from "../ui/Icon.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { FilterPicker } from "./choices/FilterPicker.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { ModelPicker } from "./ModelPicker.tsx";
import { useMe } from "./me-context.ts";
import { choicesOf } from "./pages.ts";
import { PaletteButton } from "./palette/PaletteButton.tsx";
import { RangePicker } from "./RangePicker.tsx";
import { ThemeSwitch } from "./ThemeSwitch.tsx";
import { ViewsMenu } from "./views/ViewsMenu.tsx";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher.tsx";
import type { WorkspaceView } from "./workspace-context.ts";

function Freshness({ status }: { status: WorkspaceStatus }) {
  const { t, format } = useWords();
  if (status.days === null) return null;
  const imported =
    status.lastImportAt === null
      ? undefined
      : t("app.imported", { ago: format.ago(new Date(status.lastImportAt), new Date()) });
  return (
    <span className="freshness" title={imported}>
      {t("app.dataUntil", { day: format.date(status.days.to) })}
    </span>
  );
}

export function TopBar({ status, view }: { status: WorkspaceStatus | undefined; view: WorkspaceView | null }) {
  const { t } = useWords();
  const { isDemo } = useMe();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const choices = choicesOf(path);
  return (
    <header className="top-bar">
      <span className="brand-narrow">
        <Icon name="brand" />
        <strong>{t("app.name")}</strong>
      </span>
      <div className="top-bar-workspace">
        <WorkspaceSwitcher />
        {status?.simulated === true && (
          <span className="badge" title={t("app.simulatedWhy")}>
            {t("app.simulated")}
          </span>
        )}
        {isDemo && (
          <Explained className="badge badge-quiet" why={t("app.demoWhy")}>
            {t("app.demo")}
          </Explained>
        )}
        {status !== undefined && <Freshness status={status} />}
      </div>
      <div className="top-bar-choices">
        {view !== null && choices.includes("range") && (
          <RangePicker view={view} isCompared={choices.includes("compare")} />
        )}
        {view !== null && choices.includes("model") && (
          <ModelPicker model={view.model} label={path === "/attribution" ? t("app.modelCompare") : t("app.model")} />
        )}
        {view !== null && (choices.includes("conversions") || choices.includes("channels")) && (
          <FilterPicker view={view} choices={choices} />
        )}
      </div>
      <div className="top-bar-settings">
        <PaletteButton />
        <ViewsMenu />
        <ThemeSwitch />
        <LanguageSwitch />
        <AccountMenu />
      </div>
    </header>
  );
}
