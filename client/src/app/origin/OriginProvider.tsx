import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Drawer } from "../../ui/Drawer.tsx";
import { ExportContext } from "../../ui/export/export-context.ts";
import { type FigureOrigin, OriginContext } from "../../ui/origin-context.ts";
import { chunk } from "../chunk.ts";
import { useExportPlace } from "./use-export-place.ts";

/** Asked for by few and only after a click: not part of the first load. */
const OriginDetails = lazy(chunk(() => import("./OriginDetails.tsx"), "origin"));

/** Gives the cards below it the drawer that says how their figures are computed, and their files the same to say. */
export function OriginProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [origin, show] = useState<FigureOrigin | null>(null);
  const place = useExportPlace();
  return (
    <OriginContext value={show}>
      <ExportContext value={place}>{children}</ExportContext>
      <Drawer
        title={
          <>
            <span className="drawer-kicker">{t("app.howComputed")}</span> {origin?.title}
          </>
        }
        isOpen={origin !== null}
        close={() => show(null)}
      >
        {origin !== null && (
          <Suspense fallback={<div className="skeleton skeleton-table" />}>
            <OriginDetails origin={origin} />
          </Suspense>
        )}
      </Drawer>
    </OriginContext>
  );
}
