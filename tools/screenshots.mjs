// node tools/screenshots.mjs URL [FOLDER]: takes the pictures of docs/images from a demo that runs at URL.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const url = process.argv[2] ?? 'http://127.0.0.1:8080';
const folder = process.argv[3] ?? fileURLToPath(new URL('../docs/images/', import.meta.url));
const theme = process.env.THEME;
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
const SCREENS = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const LOCALES = { en: 'en-US', zh: 'zh-CN' };

/** Each main page: who looks at it, where it is, what is done before the picture, and whether a phone shows it too. */
const PAGES = [
  { name: 'board', role: 'dispatcher', path: '/', phone: true },
  { name: 'incident', role: 'dispatcher', path: '/', phone: true, prepare: openFirst },
  { name: 'intake', role: 'dispatcher', path: '/', phone: true, prepare: takeCall },
  { name: 'command-line', role: 'dispatcher', path: '/', prepare: typeCommand },
  { name: 'overview', role: 'supervisor', path: '/overview', phone: true },
  { name: 'search', role: 'supervisor', path: '/incidents' },
  { name: 'look-back', role: 'supervisor', path: '/incidents', prepare: lookBack },
  { name: 'report', role: 'supervisor', path: '/report' },
  { name: 'run-cards', role: 'administrator', path: '/admin/run-cards' },
  { name: 'people', role: 'administrator', path: '/admin/people', phone: true },
  { name: 'wallboard', role: 'supervisor', path: '/wallboard' },
  { name: 'paper', role: 'dispatcher', path: '/paper' },
];

async function openFirst(page) {
  await page.locator('.queue-row').first().click();
  await page.waitForTimeout(1500);
}

async function takeCall(page) {
  await page.keyboard.press('n');
  await page.locator('.intake input').first().waitFor();
  await page.keyboard.type(page.chinese ? '两个男的拿着酒瓶' : 'two men with bottles');
  await page.locator('.intake .type-picker input').fill(page.chinese ? '打架' : 'fight');
  await page.waitForTimeout(600);
  await page.locator('.intake .type-picker input').press('Enter');
  await page
    .locator('.intake')
    .getByRole('button', { name: page.chinese ? '用地图中心' : /centre of the map/i })
    .click()
    .catch(() => undefined);
}

async function typeCommand(page) {
  await page.keyboard.press('.');
  await page.keyboard.type(page.chinese ? '派 ' : 'd ');
}

async function lookBack(page) {
  await page.locator('a[href^="/incidents/"]').first().click();
  await page.waitForTimeout(2000);
}

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--disable-background-networking',
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
  ],
});
for (const [language, locale] of Object.entries(LOCALES)) {
  for (const [screen, viewport] of Object.entries(SCREENS)) {
    for (const { name, role, path, phone, prepare } of PAGES) {
      if (screen === 'phone' && !phone && theme === undefined) continue;
      const context = await browser.newContext({ locale, viewport });
      // A newcomer's tour is not part of every picture.
      await context.addInitScript((wanted) => {
        localStorage.setItem('lamplight.tour', '{"seen":true}');
        if (wanted) localStorage.setItem('lamplight.preferences', JSON.stringify({ theme: wanted }));
      }, theme);
      const page = await context.newPage();
      page.chinese = language === 'zh';
      await page.goto(`${url}/sign-in`);
      await page.getByRole('button').first().waitFor();
      await page.evaluate(async (wanted) => {
        const headers = { 'content-type': 'application/json' };
        const body = JSON.stringify({ role: wanted });
        await fetch('/api/v1/rehearsal/session', { method: 'POST', headers, body });
      }, role);
      await page.goto(`${url}${path}`);
      await page.locator('main').waitFor();
      await page.waitForTimeout(4500);
      await prepare?.(page);
      await page.waitForTimeout(2000);
      await page.screenshot({ path: join(folder, `${name}-${screen}-${language}.png`) });
      await context.close();
    }
  }
}
await browser.close();
