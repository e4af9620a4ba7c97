import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { usePopover } from "../../ui/use-popover.ts";

/** Fetched with the first click. */
const ViewsPanel = lazy(() => import("./ViewsPanel.tsx"));

/** The star in the bar: pages under a name. */
export function ViewsMenu() {
  const { t } = useTranslation();
  const { isOpen, panelId, box, button, toggle, close } = usePopover();
  return (
    <div className="popover-box" ref={box}>
      <button
        type="button"
        ref={button}
        className="button views-button"
        title={t("views.title")}
        aria-label={t("views.title")}
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={toggle}
      >
        <Icon name="star" />
      </button>
      {isOpen && (
        <div className="popover menu views-menu" id={panelId}>
          <Suspense fallback={<div className="skeleton skeleton-table" />}>
            <ViewsPanel close={close} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
