/**
 * Draws the letters of the base map: for each range of 256 characters a file of signed distance fields in the format
 * that MapLibre reads, under packages/basemap/assets/glyphs. Run it again only to change the font:
 *
 *   npm install --prefix FOLDER opentype.js @fontsource/noto-sans && node tools/glyphs.mjs FOLDER
 *
 * A field says for each pixel how far it lies from the outline: 8 pixels of distance are the range of a byte, a quarter
 * of it outside. Letters are 24 pixels high with 3 around them. Distances are those to the outline itself, not to a
 * picture of it. MapLibre draws Chinese, Japanese and Korean from the fonts of the machine, so they are not here.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ByteWriter } from '../packages/basemap/dist/bytes.js';

const [folder] = process.argv.slice(2);
if (!folder)
  throw new Error('usage: node tools/glyphs.mjs FOLDER, where opentype.js and @fontsource/noto-sans are');
const installed = createRequire(join(resolve(folder), 'package.json'));
const opentype = installed('opentype.js');
const fonts = dirname(installed.resolve('@fontsource/noto-sans/package.json'));
const assets = fileURLToPath(new URL('../packages/basemap/assets/glyphs', import.meta.url));

const STACKS = { 'Noto Sans Regular': 400, 'Noto Sans Bold': 700 };
/** First characters of the ranges: Latin, accents and IPA, Greek, Cyrillic, Vietnamese, punctuation. */
const RANGES = [0, 256, 512, 768, 1024, 7680, 8192];
const SUBSETS = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'];

const SIZE = 24;
const BORDER = 3;
const REACH = 8;
const CUTOFF = 0.25;
/** Height of the first line above the baseline, from which MapLibre counts `top`: the ascender of the font. */
const ASCENDER = 26;
/** Straight pieces to a curve. */
const PIECES = 12;

for (const [stack, weight] of Object.entries(STACKS)) {
  const subsets = SUBSETS.map((subset) => {
    const file = readFileSync(join(fonts, 'files', `noto-sans-${subset}-${weight}-normal.woff`));
    return opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
  });
  mkdirSync(join(assets, stack), { recursive: true });
  for (const first of RANGES) {
    const range = `${first}-${first + 255}`;
    const glyphs = [];
    for (let code = first; code < first + 256; code++) {
      const character = String.fromCodePoint(code);
      const font = subsets.find((subset) => subset.charToGlyphIndex(character) > 0);
      if (font && code >= 32) glyphs.push(drawGlyph(font, character, code));
    }
    writeFileSync(join(assets, stack, `${range}.pbf`), encodeRange(stack, range, glyphs));
    console.log(`${stack} ${range}: ${glyphs.length}`);
  }
}
copyFileSync(join(fonts, 'LICENSE'), join(assets, 'OFL.txt'));

function drawGlyph(font, character, id) {
  const glyph = font.charToGlyph(character);
  const advance = Math.round((glyph.advanceWidth * SIZE) / font.unitsPerEm);
  const segments = outline(glyph.getPath(0, 0, SIZE).commands);
  if (segments.length === 0) return { id, width: 0, height: 0, left: 0, top: 0, advance, bitmap: undefined };
  const xs = segments.flatMap(([x1, , x2]) => [x1, x2]);
  const ys = segments.flatMap(([, y1, , y2]) => [y1, y2]);
  const left = Math.floor(Math.min(...xs));
  const top = Math.floor(Math.min(...ys));
  const width = Math.ceil(Math.max(...xs)) - left;
  const height = Math.ceil(Math.max(...ys)) - top;
  const bitmap = new Uint8Array((width + 2 * BORDER) * (height + 2 * BORDER));
  let at = 0;
  for (let row = -BORDER; row < height + BORDER; row++) {
    for (let column = -BORDER; column < width + BORDER; column++) {
      const outside = signedDistance(segments, left + column + 0.5, top + row + 0.5);
      bitmap[at++] = Math.max(0, Math.min(255, Math.round(255 * (1 - CUTOFF - outside / REACH))));
    }
  }
  // Downwards is positive in the outline, upwards in the file.
  return { id, width, height, left, top: -top - ASCENDER, advance, bitmap };
}

/** The outline as straight segments; curves are cut into short ones. */
function outline(commands) {
  const segments = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const lineTo = (toX, toY) => {
    if (toX !== x || toY !== y) segments.push([x, y, toX, toY]);
    [x, y] = [toX, toY];
  };
  for (const command of commands) {
    if (command.type === 'M') [x, y, startX, startY] = [command.x, command.y, command.x, command.y];
    else if (command.type === 'L') lineTo(command.x, command.y);
    else if (command.type === 'Z') lineTo(startX, startY);
    else {
      const [fromX, fromY] = [x, y];
      // A curve of the second order is one of the third with its handles at two thirds (C) of the way.
      const third = command.type === 'Q' ? 2 / 3 : 1;
      const x1 = third === 1 ? command.x1 : fromX + third * (command.x1 - fromX);
      const y1 = third === 1 ? command.y1 : fromY + third * (command.y1 - fromY);
      const x2 = third === 1 ? command.x2 : command.x + third * (command.x1 - command.x);
      const y2 = third === 1 ? command.y2 : command.y + third * (command.y1 - command.y);
      for (let piece = 1; piece <= PIECES; piece++) {
        const t = piece / PIECES;
        const u = 1 - t;
        const at = (a, b, c, d) => u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
        lineTo(at(fromX, x1, x2, command.x), at(fromY, y1, y2, command.y));
      }
    }
  }
  return segments;
}

/** Distance to the outline, negative inside by the non-zero winding rule. */
function signedDistance(segments, x, y) {
  let nearest = Infinity;
  let winding = 0;
  for (const [x1, y1, x2, y2] of segments) {
    const dx = x2 - x1;
    const dy = y2 - y1;
    const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
    nearest = Math.min(nearest, Math.hypot(x - x1 - along * dx, y - y1 - along * dy));
    if (y1 > y === y2 > y) continue;
    if (x < x1 + ((y - y1) * dx) / dy) winding += y2 > y1 ? 1 : -1;
  }
  return winding === 0 ? nearest : -nearest;
}

/** Fields of glyphs.proto, as MapLibre reads them: a stack of glyphs. */
function encodeRange(name, range, glyphs) {
  const text = new TextEncoder();
  const stack = new ByteWriter();
  stack.block(1, text.encode(name));
  stack.block(2, text.encode(range));
  for (const { id, bitmap, width, height, left, top, advance } of glyphs) {
    const glyph = new ByteWriter();
    glyph.key(1, 0);
    glyph.varint(id);
    if (bitmap) glyph.block(2, bitmap);
    glyph.key(3, 0);
    glyph.varint(width);
    glyph.key(4, 0);
    glyph.varint(height);
    glyph.key(5, 0);
    glyph.zigzag(left);
    glyph.key(6, 0);
    glyph.zigzag(top);
    glyph.key(7, 0);
    glyph.varint(advance);
    stack.block(3, glyph.view());
  }
  const file = new ByteWriter();
  file.block(1, stack.view());
  return file.view();
}
