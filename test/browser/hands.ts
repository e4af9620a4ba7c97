import type { FileChooser, Locator, Page } from "playwright-core";

/** How somebody works a page. Every main task is done with each of the two. */
export interface Hands {
  /** Presses a button or follows a link. */
  press(target: Locator): Promise<void>;
  /** Writes into a field, in place of what it holds. */
  write(field: Locator, text: string): Promise<void>;
  /** Chooses an entry of a list by its name. */
  choose(list: Locator, name: string): Promise<void>;
  /** Takes one of a group of choices, or ticks a box. */
  tick(choice: Locator): Promise<void>;
  /** Writes a day, "2026-10-31", into a field for days. */
  writeDay(field: Locator, day: string): Promise<void>;
  /** Gives a file to a field or a button that asks for one. */
  give(target: Locator, path: string): Promise<void>;
}

export function withMouse(page: Page): Hands {
  return {
    press: (target) => target.click(),
    write: (field, text) => field.fill(text),
    choose: async (list, name) => void (await list.selectOption({ label: name })),
    tick: async (choice) => {
      // Its label may be drawn over the box, and what it shows may wait for an answer.
      if (!(await choice.isChecked())) await choice.click({ force: true });
    },
    writeDay: (field, day) => field.fill(day),
    give: async (target, path) => {
      // What is seen of a field for files is its label.
      const label = page.locator(`label[for="${await target.getAttribute("id")}"]`);
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), label.click()]);
      await chooser.setFiles(path);
    },
  };
}

/** Further than any page has stops. */
const MOST_STOPS = 400;

/** The part of the browser's globals that runs in the page. */
interface InPage {
  readonly document: { readonly activeElement: unknown };
}

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element: unknown) => element === (globalThis as unknown as InPage).document.activeElement);

/** Nothing but keys, from wherever the focus stands: what cannot be reached by Tab is not reached. */
export function withKeys(page: Page): Hands {
  const { keyboard } = page;
  const go = async (target: Locator): Promise<void> => {
    await target.waitFor({ state: "attached" });
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      if (await hasFocus(target)) return;
      await keyboard.press("Tab");
    }
    throw new Error(`Tab does not reach ${target}`);
  };
  return {
    async press(target) {
      await go(target);
      await keyboard.press("Enter");
    },
    async write(field, text) {
      await go(field);
      await keyboard.press("Control+a");
      await keyboard.type(text);
    },
    async choose(list, name) {
      await go(list);
      await keyboard.type(name, { delay: 5 });
      const chosen = await list.locator("option:checked").textContent();
      if (chosen !== name) throw new Error(`typing ${name} has chosen ${chosen}`);
    },
    async tick(choice) {
      if (await choice.isChecked()) return;
      const group = await choice.getAttribute("name");
      if ((await choice.getAttribute("type")) !== "radio") {
        await go(choice);
        await keyboard.press("Space");
        return;
      }
      // A group is one stop of Tab, at what is chosen; arrows go on from there.
      await go(page.locator(`input[name="${group}"]:checked`));
      for (let stop = 0; stop < MOST_STOPS && !(await choice.isChecked()); stop++) await keyboard.press("ArrowRight");
    },
    async writeDay(field, day) {
      await go(field);
      const [year = "", month = "", date = ""] = day.split("-");
      await keyboard.type(`${month}${date}${year}`);
      if ((await field.inputValue()) === day) return;
      // The order of day and month is the browser's own language, not the page's.
      await keyboard.press("Shift+Tab");
      await go(field);
      await keyboard.type(`${date}${month}${year}`);
      if ((await field.inputValue()) !== day) throw new Error(`typing ${day} has written ${await field.inputValue()}`);
    },
    async give(target, path) {
      await go(target);
      const waiting: Promise<FileChooser> = page.waitForEvent("filechooser");
      await keyboard.press("Enter");
      await (await waiting).setFiles(path);
    },
  };
}

export const HANDS = [
  ["with the mouse", withMouse],
  ["by keyboard alone", withKeys],
] as const;
