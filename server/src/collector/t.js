// The script of the collector, as sent-script.ts makes it small and old enough for every browser: below 3 kB, ES2017.
// Its law: nothing is written to the visitor's device or read from it before consent, and under Do Not Track or Global Privacy Control
// nothing at all, save that what an earlier consent has left is deleted.
(() => {
  const w = window;
  const d = document;
  const n = navigator;
  const script = d.currentScript;
  const queue = w.touchline;
  if (!script || queue?.on) return;
  const option = (name) => script.getAttribute(`data-${name}`);
  const url = `${option("api") || new URL(script.src).origin}/v1/collect`;
  const clicks =
    "gclid wbraid gbraid dclid msclkid fbclid ttclid li_fat_id twclid epik ScCid rdt_cid yclid igshid awc irclickid cjevent";
  const refused = n.globalPrivacyControl || n.doNotTrack === "1" || w.doNotTrack === "1";
  const waiting = [];
  let consent = option("consent") === "granted" ? "granted" : "";
  let path;

  // Made once an event, so that an event that is sent again is known as the same. Pages without https have no randomUUID.
  const newId = () =>
    w.crypto && crypto.randomUUID ? crypto.randomUUID() : Date.now().toString(36) + Math.random().toString(36).slice(2);
  // Touching the cookies throws in a frame without storage.
  const cookie = (name, value, seconds) => {
    try {
      if (seconds + 1) {
        const domain = option("domain");
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser, and it cannot be waited for here.
        d.cookie = `${name}=${value};path=/;max-age=${seconds};samesite=lax${domain ? `;domain=${domain}` : ""}${location.protocol === "https:" ? ";secure" : ""}`;
      }
      return (d.cookie.match(`(?:^|; )${name}=([^;]+)`) || [])[1] || "";
    } catch {
      return "";
    }
  };
  const send = (event) => {
    const body = JSON.stringify(Object.assign(event, { workspace: option("workspace") || "default" }));
    // A beacon would bring the cookies that the browser has of the collector's host: only where nothing else outlives the page.
    if ("keepalive" in Request.prototype)
      fetch(url, { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => {});
    else n.sendBeacon?.(url, body);
  };
  // What happens before consent is decided waits until it is, or until the page is left: sent at once, the landing page's source would
  // be lost for a visitor who agrees a moment later.
  const flush = () => {
    for (const [event, at, click] of waiting.splice(0)) {
      const granted = consent === "granted";
      event.consent = granted ? consent : "denied";
      event.age = Date.now() - at;
      if (click) event.click_id = granted ? click.join("=") : click[0];
      if (granted) {
        const known = cookie("_tl");
        // 395 days: 13 months from the consent, never prolonged.
        event.visitor_id = known || cookie("_tl", newId(), 34128000);
        if (event.type === "page") {
          // Consent that comes in the middle of a visit begins no second one.
          event.first = !cookie("_tls") && !!(known || event.first);
          cookie("_tls", 1, 1800);
        }
      }
      send(event);
    }
  };
  const note = (type, event, click) => {
    waiting.push([Object.assign(event, { type, id: newId() }), Date.now(), click]);
    if (consent) flush();
  };
  const view = () => {
    if (path === location.pathname) return;
    const event = {};
    let click;
    const [entry] = performance.getEntriesByType("navigation");
    // A reload, a way back and a page that changes in place show the source of the first time once more: it is not a new arrival.
    if (!path && !(entry && /^(re|back)/.test(entry.type))) {
      const query = new URLSearchParams(location.search);
      for (const name of ["source", "medium", "campaign", "content"]) event[name] = query.get(`utm_${name}`) || "";
      for (const name of clicks.split(" ")) if (query.get(name)) click = click || [name, query.get(name)];
      const from = d.referrer.split("/");
      event.first = from[2] !== location.host;
      if (event.first) event.referrer = from.slice(0, 3).join("/");
    }
    event.path = path = location.pathname;
    note("page", event, click);
  };
  const call = (what, value) => {
    if (what === "conversion") note(what, Object.assign({}, value, { conversion_type: value?.type }));
    if (what === "identify") note(what, { person_id: `${value}` });
    if (what !== "consent") return;
    consent = value === "granted" && !refused ? value : "denied";
    const old = cookie("_tl");
    if (consent === "denied" && old) {
      cookie("_tl", "", 0);
      cookie("_tls", "", 0);
      send({ type: "withdrawal", id: newId(), visitor_id: old });
    }
    flush();
  };
  const start = () => {
    const calls = queue?.q || [];
    if (refused) call("consent");
    for (const [what, value] of calls) if (what === "consent") call(what, value);
    view();
    for (const [what, value] of calls) if (what !== "consent") call(what, value);
    if (!consent && w.__tcfapi)
      w.__tcfapi("addEventListener", 2, (tc, ok) => {
        if (ok && tc.eventStatus !== "cmpuishown")
          call("consent", tc.purpose.consents[1] && tc.purpose.consents[7] ? "granted" : "denied");
      });
    const push = history.pushState;
    history.pushState = function (...to) {
      push.apply(this, to);
      view();
    };
    w.addEventListener("popstate", view);
    w.addEventListener("pagehide", flush);
  };
  w.touchline = call;
  call.on = 1;
  // A page that the browser fetched in advance was not seen yet.
  if (d.prerendering) d.addEventListener("prerenderingchange", start, { once: true });
  else start();
})();
