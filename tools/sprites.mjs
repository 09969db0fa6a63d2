/**
 * Draws the signs of the base map by day and by night, in single and double resolution, to
 * packages/basemap/assets/sprites: `node tools/sprites.mjs`. A Chromium does the drawing. The shapes below are all there
 * is to edit.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const target = fileURLToPath(new URL('../packages/basemap/assets/sprites', import.meta.url));

/** Colours of the badges by theme. At night they are lit from within: dimmer, on a dark rim. */
const COLOURS = {
  day: {
    rim: '#ffffff',
    sign: '#ffffff',
    health: '#c0443f',
    police: '#2c5c9e',
    fire: '#c2541c',
    rescue: '#13788a',
    school: '#8a6a35',
    traffic: '#566173',
    public: '#6c6480',
    trade: '#8a7d70',
    green: '#4f7d4a',
    arrow: '#8b8578',
    peak: '#8b7a63',
    shieldFill: '#fffdf6',
    shieldEdge: '#b9a173',
    dot: '#8f887b',
  },
  night: {
    rim: '#14130f',
    sign: '#f4ebdc',
    health: '#a04640',
    police: '#47689a',
    fire: '#a8572c',
    rescue: '#2f7480',
    school: '#7d6338',
    traffic: '#5d6470',
    public: '#645d73',
    trade: '#665e54',
    green: '#47683f',
    arrow: '#a89d88',
    peak: '#94866f',
    shieldFill: '#2c2820',
    shieldEdge: '#7d6a43',
    dot: '#80796b',
  },
};

/** Pictograms on a field of 20 by 20, drawn in the colour of signs; holes by the even-odd rule. */
const SIGNS = {
  hospital: ['health', 'M8.2 4.2h3.6v4h4v3.6h-4v4H8.2v-4h-4V8.2h4z'],
  clinic: ['health', 'M8.8 5.8h2.4v3h3v2.4h-3v3H8.8v-3h-3V8.8h3z'],
  pharmacy: ['green', 'M8.5 5h3v3.5H15v3h-3.5V15h-3v-3.5H5v-3h3.5z'],
  police: [
    'police',
    'M10 3.4l5.6 2v4.4c0 3.6-2.6 5.9-5.6 7-3-1.1-5.6-3.4-5.6-7V5.4zM10 6.3l-1 2.3-2.5.2 1.9 1.6-.6 2.5 2.2-1.4 2.2 1.4-.6-2.5 1.9-1.6-2.5-.2z',
  ],
  fire_station: [
    'fire',
    'M10.4 3c.2 2.8 4.2 4.6 4.2 8.7a4.6 4.6 0 0 1-9.2 0c0-2 .9-3.3 1.9-4.2.1 1.4.5 2.2 1.2 2.6C8.3 7.3 8.7 4.7 10.4 3zM10.1 11c-.4 1.1-1.7 1.6-1.7 3a1.7 1.7 0 0 0 3.4 0c0-1.2-1.2-1.7-1.7-3z',
  ],
  ambulance_station: [
    'rescue',
    'M8.9 3.8h2.2v4.3l3.7-2.1 1.1 1.900L12.2 10l3.7 2.1-1.1 1.9-3.7-2.100v4.300H8.900v-4.300L5.2 14l-1.1-1.900L7.8 10 4.1 7.9 5.2 6l3.7 2.100z',
  ],
  school: [
    'school',
    'M10 4.600l7.2 3.200L10 11 2.8 7.800zM5.6 10.200L10 12.200l4.4-2v3.200c-2.4 1.9-6.4 1.9-8.8 0zM16.2 8.800v4h-.9V9.200z',
  ],
  railway: [
    'traffic',
    'M6 4.500c0-.8 1.5-1.5 4-1.500s4 .7 4 1.500v8c0 .9-.7 1.5-1.5 1.500l1.5 2.500h-1.600l-1-1.700H8.600l-1 1.700H6L7.5 14C6.7 14 6 13.4 6 12.500zM7.3 6v3.200h5.400V6zM8 11a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.800zM12 11a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.800z',
  ],
  bus: [
    'traffic',
    'M5.5 5c0-1 1.8-1.6 4.5-1.600s4.5.6 4.5 1.600v9h-1v1.500h-2V14h-3v1.500h-2V14h-1zM6.8 5.800v3.800h6.400V5.800zM7.5 11.200a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.600zM12.5 11.200a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.600z',
  ],
  ferry: [
    'traffic',
    'M7 4.500h6v3l2.8 1-1.6 4.300c-1.2 0-1.4.7-2.1.7-.8 0-1.1-.7-2.1-.7s-1.3.7-2.1.7c-.7 0-.9-.7-2.1-.700L4.2 8.5 7 7.500zM8.3 5.800v1.300L10 6.500l1.7.6V5.800z',
  ],
  airport: [
    'traffic',
    'M9.2 3.600c.2-.8 1.4-.8 1.6 0v4.200l5.7 3.400v1.600l-5.7-1.700v2.900l1.7 1.300v1.200L10 15.800l-2.5.7v-1.200l1.7-1.300v-2.900l-5.7 1.700v-1.600l5.7-3.400z',
  ],
  helipad: ['traffic', 'M6 4.500h2.300v4.300h3.400V4.500H14v11h-2.300v-4.500H8.300v4.500H6z'],
  parking: [
    'traffic',
    'M6.8 4.300h4a3.4 3.4 0 0 1 0 6.800H9v4.600H6.800zM9 6.300v2.800h1.600a1.4 1.4 0 0 0 0-2.800z',
  ],
  fuel: [
    'traffic',
    'M5.5 4h6v11.800h-6zM6.7 5.300v3.300h3.600V5.300zM12.2 6.500l2.6 2v5.300c0 1.3-2 1.3-2 0v-2.600h-.6v-1.200h1.700v3.700c0 .2.2.2.2 0V9.100l-1.9-1.500z',
  ],
  townhall: [
    'public',
    'M10 3.800l6.5 3.400v1.300h-13V7.200zM5 9.500h1.700v4.300H5zM9.2 9.500h1.700v4.300H9.200zM13.3 9.500H15v4.300h-1.700zM3.8 14.600h12.400v1.500H3.800z',
  ],
  worship: [
    'public',
    'M9.4 3.500h1.200v1.600h1.600v1.200h-1.600v1.500L14.5 11v5h-3.300v-3H8.800v3H5.500v-5l3.9-3.200V6.300H7.800V5.100h1.600z',
  ],
  library: [
    'public',
    'M3.5 5.200c2.5-.6 4.7-.2 6.1.9v9.300c-1.4-1.1-3.6-1.5-6.1-.9zM16.5 5.200c-2.5-.6-4.7-.2-6.1.9v9.300c1.4-1.1 3.6-1.5 6.1-.9z',
  ],
  lodging: [
    'trade',
    'M3.5 5.500h1.400v5h4V7.300h4.600c1.6 0 3 1.2 3 2.900v4.500h-1.400v-2.200H4.900v2.200H3.500zM6.9 7a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.600z',
  ],
  food: [
    'trade',
    'M5.8 4h1v4h.7V4h1v4h.7V4h1v4.700c0 .9-.6 1.5-1.3 1.700V16H7.100v-5.600c-.7-.2-1.3-.8-1.3-1.700zM13.6 4c.7 0 1.2.3 1.2.8V16h-1.700v-4.700h-1.300V6.800C11.8 5 12.6 4 13.6 4z',
  ],
  shop: ['trade', 'M7.2 7V6a2.8 2.8 0 0 1 5.6 0v1h2.100l.7 9H4.400l.7-9zM8.5 7h3V6a1.5 1.5 0 0 0-3 0z'],
  park: ['green', 'M10 3.200l4.4 5.600h-2l3 4.200h-4.500v3.300H9.100V13H4.600l3-4.200h-2z'],
  defibrillator: [
    'rescue',
    'M10 16.200C6 13.2 3.8 11 3.8 8.300a3.3 3.3 0 0 1 6.2-1.6 3.3 3.3 0 0 1 6.2 1.600c0 2.7-2.2 4.9-6.2 7.900zM10.9 6.900L7.6 11h2l-.6 2.8 3.3-4.100h-2z',
  ],
  assembly_point: [
    'green',
    'M10 7.800a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.200zM7.7 15.600v-2.300c0-2.3 4.6-2.3 4.6 0v2.300zM3.5 3.500h4L6.3 4.700l1.5 1.5-1.1 1.1-1.5-1.500L4 7zM16.5 3.500v3.500l-1.2-1.2-1.5 1.5-1.1-1.1 1.5-1.5-1.2-1.200z',
  ],
};
const BADGE = 22;

/** Signs without a badge: their own size and drawing. */
const PLAIN = {
  hydrant: {
    width: 12,
    height: 12,
    draw: (c) =>
      `<circle cx="6" cy="6" r="4.4" fill="${c.health}" stroke="${c.rim}" stroke-width="1.4"/><circle cx="6" cy="6" r="1.5" fill="${c.sign}"/>`,
  },
  dot: {
    width: 8,
    height: 8,
    draw: (c) => `<circle cx="4" cy="4" r="2.6" fill="${c.dot}" stroke="${c.rim}" stroke-width="1.2"/>`,
  },
  peak: {
    width: 12,
    height: 12,
    draw: (c) => `<path d="M6 2l5 8.500H1z" fill="${c.peak}" stroke="${c.rim}" stroke-width="1"/>`,
  },
  oneway: {
    width: 16,
    height: 8,
    draw: (c) =>
      `<path d="M1.5 4h11M9.5 1.500L13 4 9.5 6.5" fill="none" stroke="${c.arrow}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`,
  },
  shield: {
    width: 24,
    height: 16,
    draw: (c) =>
      `<rect x="1" y="1" width="22" height="14" rx="3.5" fill="${c.shieldFill}" stroke="${c.shieldEdge}" stroke-width="1.2"/>`,
    // Only the middle may be drawn wider or higher; text goes inside the rim.
    more: { stretchX: [[6, 18]], stretchY: [[6, 10]], content: [4, 2, 20, 14] },
  },
};

function badge(colours, [colour, path]) {
  return `<rect x="1" y="1" width="20" height="20" rx="5.5" fill="${colours[colour]}" stroke="${colours.rim}" stroke-width="1.5"/>
    <path d="${path}" transform="translate(1 1)" fill="${colours.sign}" fill-rule="evenodd"/>`;
}

const COLUMNS = 8;
const CELL = 26;

function sheetOf(colours) {
  const signs = [
    ...Object.entries(SIGNS).map(([name, sign]) => ({
      name: `poi-${name}`,
      width: BADGE,
      height: BADGE,
      svg: badge(colours, sign),
    })),
    ...Object.entries(PLAIN).map(([name, { draw, ...rest }]) => ({ name, ...rest, svg: draw(colours) })),
  ];
  const placed = signs.map((sign, index) => ({
    ...sign,
    x: (index % COLUMNS) * CELL,
    y: Math.floor(index / COLUMNS) * CELL,
  }));
  const width = COLUMNS * CELL;
  const height = Math.ceil(signs.length / COLUMNS) * CELL;
  const drawn = placed.map(({ x, y, svg }) => `<g transform="translate(${x} ${y})">${svg}</g>`).join('\n');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawn}</svg>`;
  return { width, height, svg, placed };
}

/** What a style is told of each sign: its place on the sheet, in pixels of the sheet. */
function listing(placed, pixelRatio) {
  const scale = (value) => (Array.isArray(value) ? value.map(scale) : value * pixelRatio);
  const entries = placed.map(({ name, x, y, width, height, more = {} }) => {
    const numbers = { x, y, width, height, ...more };
    return [
      name,
      { ...Object.fromEntries(Object.entries(numbers).map(([key, v]) => [key, scale(v)])), pixelRatio },
    ];
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`;
}

mkdirSync(target, { recursive: true });
const browser = await chromium.launch({
  executablePath: [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  ),
  args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
});
for (const [theme, colours] of Object.entries(COLOURS)) {
  const { width, height, svg, placed } = sheetOf(colours);
  for (const pixelRatio of [1, 2]) {
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: pixelRatio });
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
    const png = await page.screenshot({ omitBackground: true });
    const file = join(target, pixelRatio === 1 ? theme : `${theme}@2x`);
    writeFileSync(`${file}.png`, png);
    writeFileSync(`${file}.json`, listing(placed, pixelRatio));
    await page.close();
  }
}
await browser.close();
