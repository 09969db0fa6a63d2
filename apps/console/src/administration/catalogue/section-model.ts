/** A section as the server has it: what is shipped, and what is the agency's own in its latest version. */
export interface SectionState<Entry> {
  readonly version: number;
  readonly at: number | null;
  readonly actor: string | null;
  readonly reason: string | null;
  readonly shipped: readonly Entry[];
  readonly content: SectionContent<Entry>;
}

export interface SectionContent<Entry> {
  readonly own: readonly Entry[];
  readonly hidden: readonly string[];
}

/** What somebody wants an entry to be: the agency's own version of it, if any, and whether it is offered. */
export interface Wish<Entry> {
  readonly own: Entry | null;
  readonly hidden: boolean;
}

/** What is changed and not saved yet, by key. Only what differs from the saved version stands here. */
export type Edits<Entry> = ReadonlyMap<string, Wish<Entry>>;

export interface SectionRow<Entry> {
  readonly key: string;
  readonly entry: Entry;
  /** `shipped`: as Lamplight has it. `changed`: the agency's in its place. `own`: the agency's alone. */
  readonly origin: 'shipped' | 'changed' | 'own';
  readonly hidden: boolean;
  /** Not saved yet. */
  readonly edited: boolean;
}

export type KeyOf<Entry> = (entry: Entry) => string;

/** What the saved version says of an entry. */
export function savedWish<Entry>(state: SectionState<Entry>, key: string, keyOf: KeyOf<Entry>): Wish<Entry> {
  return {
    own: state.content.own.find((entry) => keyOf(entry) === key) ?? null,
    hidden: state.content.hidden.includes(key),
  };
}

/** The edits with one more; a wish for what is saved already is none. */
export function withWish<Entry>(
  state: SectionState<Entry>,
  edits: Edits<Entry>,
  key: string,
  wish: Wish<Entry>,
  keyOf: KeyOf<Entry>,
): Edits<Entry> {
  const next = new Map(edits);
  if (isSame(wish, savedWish(state, key, keyOf))) next.delete(key);
  else next.set(key, wish);
  return next;
}

/** The edits that still differ from the saved version, which may have become another since they were made. */
export function openEdits<Entry>(
  state: SectionState<Entry>,
  edits: Edits<Entry>,
  keyOf: KeyOf<Entry>,
): Edits<Entry> {
  return new Map([...edits].filter(([key, wish]) => !isSame(wish, savedWish(state, key, keyOf))));
}

/** All entries as they would be: the shipped ones in their order, then the agency's own. */
export function listRows<Entry>(
  { shipped, content }: SectionState<Entry>,
  edits: Edits<Entry>,
  keyOf: KeyOf<Entry>,
): readonly SectionRow<Entry>[] {
  const shippedByKey = new Map(shipped.map((entry) => [keyOf(entry), entry]));
  const ownByKey = new Map(content.own.map((entry) => [keyOf(entry), entry]));
  const hidden = new Set(content.hidden);
  const rows: SectionRow<Entry>[] = [];
  for (const key of new Set([...shippedByKey.keys(), ...ownByKey.keys(), ...edits.keys()])) {
    const edit = edits.get(key);
    const own = edit ? edit.own : (ownByKey.get(key) ?? null);
    const original = shippedByKey.get(key);
    const entry = own ?? original;
    if (entry === undefined) continue;
    rows.push({
      key,
      entry,
      origin: own === null ? 'shipped' : original === undefined ? 'own' : 'changed',
      hidden: edit ? edit.hidden : hidden.has(key),
      edited: edit !== undefined,
    });
  }
  return rows;
}

/** The content to be saved. */
export function contentWith<Entry>(
  state: SectionState<Entry>,
  edits: Edits<Entry>,
  keyOf: KeyOf<Entry>,
): SectionContent<Entry> {
  const rows = listRows(state, edits, keyOf);
  return {
    own: rows.filter(({ origin }) => origin !== 'shipped').map(({ entry }) => entry),
    hidden: rows.filter(({ hidden }) => hidden).map(({ key }) => key),
  };
}

/** The edits that make the saved version into some other content, such as an older version or an imported file. */
export function editsTo<Entry>(
  state: SectionState<Entry>,
  wanted: SectionContent<Entry>,
  keyOf: KeyOf<Entry>,
): Edits<Entry> {
  const own = new Map(wanted.own.map((entry) => [keyOf(entry), entry]));
  const keys = [...state.content.own.map(keyOf), ...state.content.hidden, ...own.keys(), ...wanted.hidden];
  let edits: Edits<Entry> = new Map();
  for (const key of new Set(keys)) {
    const wish = { own: own.get(key) ?? null, hidden: wanted.hidden.includes(key) };
    edits = withWish(state, edits, key, wish, keyOf);
  }
  return edits;
}

/** One fact of an entry in words, as its reader sees it. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface Difference {
  readonly label: string;
  /** `null` where there was nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Facts that are not the same, in the order in which they stand. */
export function differencesOf(before: readonly Fact[], after: readonly Fact[]): readonly Difference[] {
  const was = new Map(before.map(({ label, value }) => [label, value]));
  const is = new Map(after.map(({ label, value }) => [label, value]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((label) => ({ label, before: was.get(label) ?? null, after: is.get(label) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

/** Entries are plain data whose fields stand in the order of their schema. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
