import { useMemo, useState } from 'react';
import { useDesk } from '../../desk/desk.js';
import { useServer } from '../../state/server.js';
import { useLoaded } from '../parts/loaded.js';
import {
  contentWith,
  type Edits,
  editsTo,
  openEdits,
  type SectionContent,
  type SectionState,
  savedWish,
  type Wish,
  withWish,
} from './section-model.js';
import type { SectionSpec } from './section-spec.js';

export interface OpenSection<Entry> {
  /** `null` until it has come. */
  readonly state: SectionState<Entry> | null;
  readonly error: unknown;
  readonly edits: Edits<Entry>;
  savedWish(key: string): Wish<Entry>;
  wish(key: string, wish: Wish<Entry>): void;
  /** Edits towards other content: an older version, an imported file. */
  takeContent(content: SectionContent<Entry>): void;
  discard(): void;
  content(): SectionContent<Entry>;
  /** Asks for the section again; edits stay. */
  reload(): Promise<void>;
}

/** What is edited and not saved, by section and account: another section may be looked at meanwhile. */
const kept = new Map<string, Edits<unknown>>();

/** A section with what is changed in it and not saved yet. */
export function useSection<Entry>(spec: SectionSpec<Entry>): OpenSection<Entry> {
  const { api } = useServer();
  const { account } = useDesk();
  const name = `${account.id} ${spec.section}`;
  const {
    value: state,
    error,
    reload,
  } = useLoaded(async (): Promise<SectionState<Entry>> => {
    const { version, at, actor, reason, shipped, content } = await api.configuration(spec.section);
    return {
      ...{ version, at, actor, reason },
      shipped: spec.schema.parse({ own: shipped, hidden: [] }).own,
      content: spec.schema.parse(content),
    };
  });
  const [made, setEdits] = useState<Edits<Entry>>(() => readKept(name, spec));
  const change = (next: Edits<Entry>): void => {
    kept.set(name, next);
    setEdits(next);
  };
  const { keyOf } = spec;
  const edits = useMemo(() => (state ? openEdits(state, made, keyOf) : made), [state, made, keyOf]);
  return {
    state,
    error,
    edits,
    savedWish: (key) => (state ? savedWish(state, key, keyOf) : { own: null, hidden: false }),
    wish: (key, wish) => {
      if (state) change(withWish(state, edits, key, wish, keyOf));
    },
    takeContent: (content) => {
      if (state) change(editsTo(state, content, keyOf));
    },
    discard: () => change(new Map()),
    content: () => (state ? contentWith(state, edits, keyOf) : { own: [], hidden: [] }),
    reload,
  };
}

/** Edits are kept under the section they are of; its schema says so to the compiler as well. */
function readKept<Entry>(name: string, { schema }: SectionSpec<Entry>): Edits<Entry> {
  const edits = new Map<string, Wish<Entry>>();
  for (const [key, { own, hidden }] of kept.get(name) ?? []) {
    const parsed = own === null ? null : schema.safeParse({ own: [own], hidden: [] });
    edits.set(key, { own: parsed?.data?.own[0] ?? null, hidden });
  }
  return edits;
}
