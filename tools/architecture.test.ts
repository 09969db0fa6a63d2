import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which parts of Lamplight each part may import; the drawing of it is in ARCHITECTURE.md. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'packages/base': [],
  'packages/domain': ['base'],
  'packages/roads': ['base'],
  'packages/places': ['base', 'roads'],
  'packages/basemap': ['base', 'roads'],
  'packages/simulation': ['base'],
  'packages/contracts': ['base', 'domain'],
  'packages/adapters': ['base'],
  'packages/store': ['base', 'domain', 'contracts'],
  'packages/ui': ['base', 'domain', 'contracts'],
  'apps/server': ['base', 'domain', 'contracts', 'adapters', 'roads', 'places', 'basemap', 'store'],
  'apps/cli': ['base', 'domain', 'contracts', 'roads', 'places', 'basemap', 'simulation', 'store'],
  'apps/console': ['base', 'contracts', 'ui'],
};

/** Parts that read no clock, throw no dice and touch no machine. */
const PURE = [
  'packages/base',
  'packages/domain',
  'packages/roads',
  'packages/places',
  'packages/basemap',
  'packages/simulation',
  'packages/adapters',
];
const IMPURE = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|from 'node:/;

const sources = Object.keys(MAY_IMPORT).flatMap((part) =>
  filesBelow(join(root, part, 'src')).map((file) => ({
    part,
    file: file.slice(root.length),
    text: readFileSync(file, 'utf8'),
  })),
);
const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g;
const imports = sources.flatMap(({ part, file, text }) =>
  [...text.matchAll(IMPORT)].map(([, name = '']) => ({ part, file, name })),
);

describe('the architecture', () => {
  it('is looked at: every part has modules, and modules import each other', () => {
    for (const part of Object.keys(MAY_IMPORT)) {
      expect(sources.filter((source) => source.part === part).length, part).toBeGreaterThan(0);
    }
    expect(imports.filter(({ name }) => name.startsWith('@lamplight/')).length).toBeGreaterThan(100);
  });

  it('has every part in its list', () => {
    const parts = ['packages', 'apps'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    );
    expect(parts.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it('imports in one direction only', () => {
    const wrong = imports.filter(({ part, name }) => {
      const target = /^@lamplight\/([^/]+)/.exec(name)?.[1];
      return target !== undefined && !MAY_IMPORT[part]?.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('enters other parts through their doors only', () => {
    const wrong = imports.filter(({ part, file, name }) => {
      const door = /^@lamplight\/([^/]+)(\/.+)?$/.exec(name);
      if (door) return !doorsOf(door[1] ?? '').includes(`.${door[2] ?? ''}`);
      return name.startsWith('.') && !join(file, '..', name).startsWith(join(part, 'src'));
    });
    expect(wrong).toEqual([]);
  });

  it('declares in package.json and tsconfig.json what it imports, and no more', () => {
    for (const [part, allowed] of Object.entries(MAY_IMPORT)) {
      const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(
        readFileSync(join(root, part, 'package.json'), 'utf8'),
      );
      const declared = Object.keys(dependencies).filter((name) => name.startsWith('@lamplight/'));
      const used = new Set(
        imports
          .filter((one) => one.part === part)
          .flatMap(({ name }) => /^@lamplight\/[^/]+/.exec(name)?.[0] ?? []),
      );
      expect(declared.sort(), part).toEqual([...used].sort());
      expect(declared.every((name) => allowed.includes(name.slice('@lamplight/'.length)))).toBe(true);
    }
  });

  it('keeps clock, chance and machine out of the pure parts', () => {
    const wrong = sources
      .filter(({ part, text }) => PURE.includes(part) && IMPURE.test(text))
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });

  it('lets no engine know the domain, and no app another app', () => {
    for (const engine of ['packages/roads', 'packages/simulation']) {
      expect(MAY_IMPORT[engine]).not.toContain('domain');
    }
    for (const allowed of Object.values(MAY_IMPORT)) {
      expect(allowed.filter((name) => ['server', 'cli', 'console', 'field'].includes(name))).toEqual([]);
    }
  });
});

/** The doors of a package: what its package.json exports. */
function doorsOf(name: string): string[] {
  const text = readFileSync(join(root, 'packages', name, 'package.json'), 'utf8');
  const { exports = {} }: { exports?: Record<string, unknown> } = JSON.parse(text);
  return Object.keys(exports);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
