import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';

/** How long a page may take for one step, in milliseconds: much, for machines that do other work as well. */
export const PATIENCE = 60_000;

/** Opens the front page, which leads to the sign-in; a script error on the way fails the test. */
export async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(url);
  await page.waitForURL('**/sign-in');
  return page;
}

/** While a list is open the rest of the page is hidden from readers, though its elements could still be focused. */
export const WHILE_LIST_IS_OPEN = ['aria-hidden-focus'] as const;

/** What axe finds wrong on the page as it is, by rule and element; `except` names rules that do not apply just now. */
export async function axeViolations(page: Page, except: readonly string[] = []): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    // Colours that are just changing are neither those from before nor those from after.
    const changing = document.getAnimations().filter((each) => each instanceof CSSTransition);
    await Promise.allSettled(changing.map(({ finished }) => finished));
    // @ts-expect-error axe is what the line above has put into the page
    const { violations } = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return violations.flatMap(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
      nodes.map(({ html }) => ({ id, html: html.slice(0, 160) })),
    );
  });
  return found
    .filter(({ id }: { id: string }) => !except.includes(id))
    .map(({ id, html }: { id: string; html: string }) => `${id}: ${html}`);
}
