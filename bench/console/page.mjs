// The console in a real browser, and what can be measured of it from outside: nothing in the page knows of this.
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-background-networking',
  '--enable-unsafe-swiftshader',
];
const GL = ['--use-gl=angle', '--use-angle=swiftshader'];

/** What belongs to the map and comes after the rest of the board. */
const IS_MAP = /maplibre|board-map|\/map\/|map-panel|\/api\//;

export async function openBrowser() {
  const executablePath = CHROMIUM.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('No Chromium was found; set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: [...FLAGS, ...GL] });
}

/** Opens the board as a dispatcher who is signed in already, with nothing in the browser's cache. */
export async function openBoard(browser, url, cookie) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const [name, value] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const loaded = [];
  page.on('response', (response) => {
    if (!IS_MAP.test(response.url()))
      loaded.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await page.addInitScript(watchFromInside);
  await page.goto(url);
  const useful = await page.waitForFunction(() => window.bench.useful);
  const shellBytes = (await Promise.allSettled(loaded.slice()))
    .map((each) => each.value ?? 0)
    .reduce((sum, bytes) => sum + bytes, 0);
  return { page, context, firstUseful: await useful.jsonValue(), shellBytes };
}

/** Runs in the page before anything else. */
function watchFromInside() {
  const bench = { tasks: [], useful: null, seen: [] };
  window.bench = bench;
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) bench.tasks.push({ duration, startTime });
  }).observe({ type: 'longtask', buffered: true });

  /** After the frame with the change has been drawn. */
  const onceDrawn = (act) => requestAnimationFrame(() => setTimeout(act));
  const states = new Map();
  const look = () => {
    if (
      bench.useful === null &&
      document.querySelector('.queue-row') &&
      document.querySelector('.unit-tile')
    ) {
      bench.useful = 0;
      onceDrawn(() => {
        bench.useful = performance.now();
      });
    }
    for (const tile of document.querySelectorAll('[data-unit-id^=A]')) {
      const unitId = tile.dataset.unitId;
      const state = tile.querySelector('.unit-status')?.textContent;
      if (states.get(unitId) === state) continue;
      const known = states.has(unitId);
      states.set(unitId, state);
      if (known) onceDrawn(() => bench.seen.push({ unitId, state, at: Date.now() }));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}

/** The longest task since `from`, a time of the page, in milliseconds; 0 when none took 50. */
export const longestTask = (page, from) =>
  page.evaluate(
    (start) =>
      Math.max(
        0,
        ...window.bench.tasks.filter((task) => task.startTime >= start).map((task) => task.duration),
      ),
    from,
  );

export const pageNow = (page) => page.evaluate(() => performance.now());

/** Waits until the tile of a unit shows another state than before; the time at which it was drawn. */
export async function whenSeen(page, unitId, count) {
  const handle = await page.waitForFunction(
    ([id, before]) => window.bench.seen.filter((each) => each.unitId === id)[before]?.at,
    [unitId, count],
    { polling: 20 },
  );
  return handle.jsonValue();
}

export const seenCount = (page, unitId) =>
  page.evaluate((id) => window.bench.seen.filter((each) => each.unitId === id).length, unitId);

/** Drags the map to and fro, and counts the frames that are drawn meanwhile. */
export async function framesWhilePanning(page, seconds) {
  const box = await page.locator('.map-canvas').boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(() => {
    window.bench.frames = 0;
    const count = () => {
      window.bench.frames += 1;
      window.bench.counting = requestAnimationFrame(count);
    };
    count();
  });
  const start = performance.now();
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; performance.now() - start < seconds * 1000; step++) {
    await page.mouse.move(x + 160 * Math.sin(step / 8), y + 60 * Math.cos(step / 8));
  }
  await page.mouse.up();
  const took = (performance.now() - start) / 1000;
  const frames = await page.evaluate(() => {
    cancelAnimationFrame(window.bench.counting);
    return window.bench.frames;
  });
  return frames / took;
}

/** Bytes in use on the page's heap once all that is no longer needed has been thrown away. */
export async function heapBytes(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}
