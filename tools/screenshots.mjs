// node tools/screenshots.mjs URL: takes the pictures of docs/images from a demo that runs at URL.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const url = process.argv[2] ?? 'http://127.0.0.1:8080';
const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
const SCREENS = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const LOCALES = { en: 'en-US', zh: 'zh-CN' };

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
    const context = await browser.newContext({ locale, viewport });
    const page = await context.newPage();
    const shoot = async (name) => {
      await page.waitForTimeout(2500);
      await page.screenshot({ path: `${folder}${name}-${screen}-${language}.png` });
    };
    await page.goto(`${url}/sign-in`);
    await page.getByRole('button').first().waitFor();
    await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      await fetch('/api/v1/rehearsal/session', { method: 'POST', headers, body: '{"role":"dispatcher"}' });
    });
    await page.goto(url);
    await page.locator('main').waitFor();
    await page.waitForTimeout(5000);
    await shoot('board');
    await page.locator('.queue-row').first().click();
    await shoot('incident');
    if (screen === 'wide') {
      await page.goto(`${url}/report`);
      await page.locator('table').waitFor();
      await shoot('report');
    }
    await context.close();
  }
}
await browser.close();
