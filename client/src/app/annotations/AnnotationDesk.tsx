import type { DateRange } from "@touchline/server/contract";
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { AnnotationDeskContext } from "../../charts/annotation-desk.ts";
import { Drawer } from "../../ui/Drawer.tsx";

/** Opened by few and only after a click: not part of the first load. */
const AnnotationDrawer = lazy(() => import("./AnnotationDrawer.tsx"));

interface Opened {
  readonly range: DateRange;
  readonly day: string;
  readonly isWriting: boolean;
}

/** Gives the charts below it the drawer in which annotations are read and written. */
export function AnnotationDesk({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<Opened | null>(null);
  const pointed = useRef<string | null>(null);
  const desk = useMemo(
    () => ({
      open(range: DateRange, day?: string) {
        const last = pointed.current;
        const isInside = last !== null && range.from <= last && last <= range.to;
        setOpened({ range, day: day ?? (isInside ? last : range.to), isWriting: true });
      },
      show(range: DateRange) {
        setOpened({ range, day: range.from, isWriting: false });
      },
      point(day: string) {
        pointed.current = day;
      },
    }),
    [],
  );
  return (
    <AnnotationDeskContext value={desk}>
      {children}
      <Drawer title={t("annotations.title")} isOpen={opened !== null} close={() => setOpened(null)}>
        {opened !== null && (
          <Suspense fallback={<div className="skeleton skeleton-table" />}>
            <AnnotationDrawer
              range={opened.range}
              day={opened.day}
              isWriting={opened.isWriting}
              show={(range) => setOpened({ ...opened, range })}
              close={() => setOpened(null)}
            />
          </Suspense>
        )}
      </Drawer>
    </AnnotationDeskContext>
  );
}
