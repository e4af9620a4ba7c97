import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon.tsx";
import { usePopover } from "../ui/use-popover.ts";
import { useMe, useMembership } from "./me-context.ts";
import { useSignOut } from "./use-sign-out.ts";

/** Who is signed in, as what, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { user, isDemo } = useMe();
  const { role } = useMembership();
  const signOut = useSignOut();
  const { isOpen, panelId, box, button, toggle, close } = usePopover();
  return (
    <div className="popover-box" ref={box}>
      <button
        type="button"
        ref={button}
        className="button account-button"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={toggle}
      >
        <Icon name="person" />
        <span className="visually-hidden">{t("account.menu")}</span>
        <span className="account-name">{user.name}</span>
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <div className="popover menu" id={panelId}>
          <div className="menu-head">
            <strong>{user.name}</strong>
            <span className="hint">{user.email}</span>
            <span className="hint">{t("account.roleHere", { role: t(`rights.role.${role}`) })}</span>
          </div>
          <ul className="menu-list">
            <li>
              <Link to="/account" search={true} className="menu-item" onClick={close}>
                <span className="menu-name">{t("account.title")}</span>
              </Link>
            </li>
            {/* The demo would sign in again by itself. */}
            {!isDemo && (
              <li>
                <button
                  type="button"
                  className="menu-item"
                  disabled={signOut.isPending}
                  onClick={() => signOut.mutate()}
                >
                  <span className="menu-name">{t("account.signOut")}</span>
                </button>
              </li>
            )}
          </ul>
        </div>
      )}
    </div>
  );
}
