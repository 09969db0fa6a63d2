import { readdirSync, readFileSync } from 'node:fs';
import { type StyleSpecification, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import Pbf from 'pbf';
import { describe, expect, it } from 'vitest';
import { basemapStyle, FIRST_LABEL, LAYERS } from '../src/index.js';
import { PALETTES } from '../src/style/palette.js';

const assets = new URL('../assets/', import.meta.url);
const THEMES = ['day', 'night'] as const;
const styleOf = (theme: 'day' | 'night', language: 'en' | 'zh-CN'): StyleSpecification =>
  basemapStyle({
    theme,
    language,
    tiles: 'https://map.test/tiles/{z}/{x}/{y}',
    glyphs: 'https://map.test/glyphs/{fontstack}/{range}.pbf',
    sprite: `https://map.test/sprites/${theme}`,
    bounds: [9, 47, 10, 48],
  });
const every = THEMES.flatMap((theme) =>
  (['en', 'zh-CN'] as const).map((language) => styleOf(theme, language)),
);

/** All texts anywhere inside a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('the styles', () => {
  it('are valid by the style specification of MapLibre', () => {
    for (const style of every) expect(validateStyleMin(style)).toEqual([]);
  });

  it('have the same layers in both themes and both languages, each once', () => {
    const ids = every.map(({ layers }) => layers.map(({ id }) => id));
    for (const other of ids) expect(other).toEqual(ids[0]);
    expect(new Set(ids[0]).size).toBe(ids[0]?.length);
    expect(ids[0]).toContain(FIRST_LABEL);
  });

  it('draw layers that tiles have, beyond which only the land cover of the whole world', () => {
    const known: readonly string[] = [...LAYERS, 'landcover'];
    for (const layer of styleOf('day', 'en').layers) {
      if ('source-layer' in layer) expect(known).toContain(layer['source-layer']);
    }
    const drawn = new Set(
      styleOf('day', 'en').layers.flatMap((layer) =>
        'source-layer' in layer ? [layer['source-layer']] : [],
      ),
    );
    for (const layer of LAYERS) expect(drawn).toContain(layer);
  });

  it('ask for names in the language of the reader first', () => {
    const layer = (language: 'en' | 'zh-CN') =>
      textsIn(styleOf('day', language).layers.find(({ id }) => id === 'street-names-major'));
    expect(layer('en')).toContain('name:en');
    expect(layer('zh-CN')).toContain('name:zh-Hans');
  });

  it('write streets from zoom 13, houses from zoom 17, and draw beyond the last tiles', () => {
    const { layers, sources } = styleOf('day', 'en');
    const from = (id: string): number | undefined => layers.find((layer) => layer.id === id)?.minzoom;
    expect(from('street-names-major')).toBeLessThanOrEqual(13);
    expect(from('house-numbers')).toBe(17);
    expect(sources.basemap).toMatchObject({ maxzoom: 15 });
    for (const layer of layers.filter(({ maxzoom }) => maxzoom !== undefined)) {
      expect(['landcover', 'quarter-names', 'place-names', 'region-names']).toContain(layer.id);
    }
  });

  it('have text that can be read: a contrast of 4.5 against every ground that it is written on', () => {
    for (const palette of Object.values(PALETTES)) {
      const texts = [palette.placeText, palette.streetText, palette.poiText, palette.numberText];
      const grounds = [
        palette.land,
        palette.built,
        palette.green,
        palette.building,
        palette.minor,
        palette.halo,
      ];
      for (const text of texts) {
        for (const ground of grounds) {
          // On a street at night the halo is what the text is read against.
          if (ground === palette.minor && palette === PALETTES.night) continue;
          expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrast(text, palette.halo), `${text} on its halo`).toBeGreaterThanOrEqual(4.5);
      }
      expect(contrast(palette.waterText, palette.waterHalo)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(palette.greenText, palette.halo)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(palette.shieldText, palette.halo)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

/** Ratio of relative luminances, WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('the signs', () => {
  const listing = (name: string): Record<string, Record<string, number>> =>
    JSON.parse(readFileSync(new URL(`sprites/${name}.json`, assets), 'utf8'));

  it('are there for every name that a style uses', () => {
    const names = Object.keys(listing('day'));
    const icons = styleOf('day', 'en').layers.flatMap((layer) =>
      layer.type === 'symbol' ? textsIn(layer.layout?.['icon-image']) : [],
    );
    const used = icons.filter(
      (text) => /^poi-.|^(dot|peak|hydrant|shield|oneway)$/.test(text) && text !== 'peak',
    );
    expect(used.length).toBeGreaterThan(10);
    for (const name of used) expect(names).toContain(name);
    // Signs whose name is made from the kind of the place.
    for (const kind of ['hospital', 'police', 'fire_station', 'ambulance_station', 'clinic', 'helipad']) {
      expect(names).toContain(`poi-${kind}`);
    }
  });

  it('lie inside their sheet, the same by day and night, in both resolutions', () => {
    for (const ratio of [1, 2]) {
      const suffix = ratio === 1 ? '' : '@2x';
      expect(listing(`day${suffix}`)).toEqual(listing(`night${suffix}`));
      for (const theme of THEMES) {
        const png = readFileSync(new URL(`sprites/${theme}${suffix}.png`, assets));
        expect(png.toString('latin1', 1, 4)).toBe('PNG');
        const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
        for (const sign of Object.values(listing(`${theme}${suffix}`))) {
          expect(sign.pixelRatio).toBe(ratio);
          expect((sign.x ?? 0) + (sign.width ?? 0)).toBeLessThanOrEqual(width);
          expect((sign.y ?? 0) + (sign.height ?? 0)).toBeLessThanOrEqual(height);
        }
      }
    }
  });
});

describe('the letters', () => {
  const RANGES = ['0-255', '256-511', '512-767', '768-1023', '1024-1279', '7680-7935', '8192-8447'];
  const stacks = readdirSync(new URL('glyphs/', assets), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  it('are there for every font that a style uses, under a licence that lies beside them', () => {
    const fonts = styleOf('day', 'en').layers.flatMap((layer) =>
      layer.type === 'symbol'
        ? textsIn(layer.layout?.['text-font']).filter((text) => text.includes(' '))
        : [],
    );
    expect(new Set(fonts)).toEqual(new Set(stacks));
    expect(readFileSync(new URL('glyphs/OFL.txt', assets), 'utf8')).toContain('SIL Open Font License');
    for (const stack of stacks) {
      expect(readdirSync(new URL(`glyphs/${stack}/`, assets)).sort()).toEqual(
        RANGES.map((range) => `${range}.pbf`).sort(),
      );
    }
  });

  it('have a field of distances as large as they say, and stand on one line', () => {
    for (const stack of stacks) {
      const glyphs = readGlyphs(readFileSync(new URL(`glyphs/${stack}/0-255.pbf`, assets)));
      const letters = [...'AEHMmxz'].map((letter) => glyphs.get(letter.charCodeAt(0)));
      for (const glyph of letters) {
        expect(glyph?.bitmap.length).toBe(((glyph?.width ?? 0) + 6) * ((glyph?.height ?? 0) + 6));
        expect((glyph?.top ?? 0) - (glyph?.height ?? 0)).toBe(-26);
        // Inside is above three quarters of the range, the border is below.
        expect(Math.max(...(glyph?.bitmap ?? []))).toBeGreaterThan(192);
        expect(glyph?.bitmap[0]).toBeLessThan(192);
      }
      expect(glyphs.get(0x20)?.bitmap.length).toBe(0);
      expect(glyphs.get(0xfc)).toBeDefined();
    }
  });
});

interface Glyph {
  bitmap: Uint8Array;
  width: number;
  height: number;
  top: number;
}

function readGlyphs(bytes: Uint8Array): Map<number, Glyph> {
  const glyphs = new Map<number, Glyph>();
  const pbf = new Pbf(bytes);
  const within = (read: (field: number) => void): void => {
    const end = pbf.readVarint() + pbf.pos;
    pbf.readFields((field) => read(field), undefined, end);
  };
  pbf.readFields((stack) => {
    if (stack !== 1) return;
    within((field) => {
      if (field !== 3) return;
      let id = 0;
      const glyph: Glyph = { bitmap: new Uint8Array(), width: 0, height: 0, top: 0 };
      within((inner) => {
        if (inner === 1) id = pbf.readVarint();
        else if (inner === 2) glyph.bitmap = pbf.readBytes();
        else if (inner === 3) glyph.width = pbf.readVarint();
        else if (inner === 4) glyph.height = pbf.readVarint();
        else if (inner === 6) glyph.top = pbf.readSVarint();
      });
      glyphs.set(id, glyph);
    });
  }, undefined);
  return glyphs;
}
