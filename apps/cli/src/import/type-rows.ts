import { codeSchema } from '@lamplight/contracts';
import { FAMILY_NAMES, findRunCard } from '@lamplight/domain';
import { readTable, wholeIn } from '../csv.js';

export interface TypeRow {
  readonly code: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly family: string;
  readonly priority: number;
  readonly runCard: string;
}

/** Reads and checks a CSV of incident types. Throws a `Failure` that names every bad row. */
export function readTypeRows(bytes: Uint8Array, file: string): TypeRow[] {
  const seen = new Set<string>();
  const columns = [['code'], ['name_en'], ['name_zh'], ['family'], ['priority'], ['run_card']];
  return readTable(bytes, { columns, file }, (row) => {
    const code = row.text('code');
    if (code === '') row.reject('code', 'row.empty');
    else if (!codeSchema.safeParse(code).success) row.reject('code', 'row.code', { text: code });
    else if (seen.has(code)) row.reject('code', 'row.twice', { text: code });
    seen.add(code);
    const name = { en: row.text('name_en'), zh: row.text('name_zh') };
    if (name.en === '') row.reject('name_en', 'row.empty');
    if (name.zh === '') row.reject('name_zh', 'row.empty');
    const family = row.text('family');
    if (!(family in FAMILY_NAMES)) {
      row.reject('family', 'row.one-of', { text: family, known: Object.keys(FAMILY_NAMES).join(', ') });
    }
    const priority = wholeIn(row, 1, 5, 'priority');
    const runCard = row.text('run_card');
    if (!findRunCard(runCard)) row.reject('run_card', 'row.run-card', { text: runCard });
    return { code, name, family, priority, runCard };
  });
}
