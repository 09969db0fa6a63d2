import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const rules = [...readFileSync(here('../SPEC.md'), 'utf8').matchAll(/^\*\*((?:LIVE|ORD|CMD)-\d+), /gm)].map(
  ([, id]) => id ?? '',
);
const tests = ['../../../apps/server/test/', './']
  .flatMap((folder) =>
    readdirSync(here(folder))
      .filter((name) => name.endsWith('.test.ts') && name !== 'spec.test.ts')
      .map((name) => readFileSync(here(folder + name), 'utf8')),
  )
  .join('\n');

describe('the rules of SPEC.md', () => {
  it('are numbered from 1 in each part, without a gap', () => {
    expect(rules.length).toBeGreaterThan(40);
    for (const part of ['LIVE', 'ORD', 'CMD']) {
      const own = rules.filter((id) => id.startsWith(part));
      expect(own).toEqual(own.map((_, index) => `${part}-${index + 1}`));
    }
  });

  it('are each quoted in the name of a test, and no test quotes a rule that is none', () => {
    const quoted = new Set(
      [...tests.matchAll(/['"`][^'"`\n]*?((?:(?:LIVE|ORD|CMD)-\d+(?:, )?)+): /g)].flatMap(
        ([text]) => text.match(/(?:LIVE|ORD|CMD)-\d+/g) ?? [],
      ),
    );
    expect([...quoted].sort()).toEqual([...rules].sort());
  });
});
