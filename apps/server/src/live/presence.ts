import { type PersonPresent, PRESENCE_DOINGS, personPresentSchema } from '@lamplight/contracts';
import { z } from 'zod';

/** How long a word about where somebody is holds, in milliseconds; clients say it again well before. */
export const PRESENCE_HOLDS_MS = 30_000;
/** Changes within this time are told together. */
const TELL_AFTER_MS = 150;
/** More people than this at once are no desk; whoever comes after them is not shown. */
const MOST_PEOPLE = 2_000;

/** One connection's place among those present. */
export interface Seat {
  say(present: Pick<PersonPresent, 'incidentId' | 'doing'> | null): void;
  leave(): void;
}

/** Who is at which incident, at this server and at the others of its agency. Kept in memory only. */
export interface Presence {
  /** `connection` is an identifier of the client's line, made by the server. */
  take(connection: string, person: Pick<PersonPresent, 'account' | 'name'>): Seat;
  /** Each account once at each incident, with the most that he does there; in a fixed order. */
  list(): readonly PersonPresent[];
  /** Takes what another server sent. */
  hear(notice: unknown): void;
  close(): void;
}

export interface PresenceOptions {
  /** Called soon after the list has changed. */
  onChange(): void;
  /** Tells the other servers. */
  share(notice: PresenceNotice): void;
  /** A clock in milliseconds that runs at the pace of the wall, also where the agency's is scaled. */
  now(): number;
}

const noticeSchema = z.object({
  kind: z.literal('presence'),
  connection: z.string().max(64),
  present: personPresentSchema.nullable(),
});
export type PresenceNotice = z.output<typeof noticeSchema>;

interface Entry {
  readonly present: PersonPresent;
  readonly until: number;
}

export function createPresence({ onChange, share, now }: PresenceOptions): Presence {
  const entries = new Map<string, Entry>();
  let told = '';
  let telling: NodeJS.Timeout | undefined;

  const list = (): readonly PersonPresent[] => {
    const most = new Map<string, PersonPresent>();
    for (const { present } of entries.values()) {
      const key = `${present.incidentId} ${present.account}`;
      const known = most.get(key);
      if (!known || rankOf(known) < rankOf(present)) most.set(key, present);
    }
    return [...most].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, present]) => present);
  };
  const tell = (): void => {
    telling = undefined;
    const text = JSON.stringify(list());
    if (text === told) return;
    told = text;
    onChange();
  };
  const tellSoon = (): void => {
    telling ??= setTimeout(tell, TELL_AFTER_MS);
  };
  const put = (connection: string, present: PersonPresent | null): void => {
    if (present === null) entries.delete(connection);
    else if (entries.has(connection) || entries.size < MOST_PEOPLE) {
      entries.set(connection, { present, until: now() + PRESENCE_HOLDS_MS });
    }
    tellSoon();
  };
  const sweep = setInterval(() => {
    const at = now();
    for (const [connection, { until }] of entries) if (until <= at) entries.delete(connection);
    tellSoon();
  }, 1_000);

  return {
    take(connection, { account, name }) {
      const announce = (present: PersonPresent | null): void => {
        if (present === null && !entries.has(connection)) return;
        put(connection, present);
        share({ kind: 'presence', connection, present });
      };
      return {
        say: (at) => announce(at && { account, name, ...at }),
        leave: () => announce(null),
      };
    },
    list,
    hear(notice) {
      const parsed = noticeSchema.safeParse(notice);
      if (parsed.success) put(parsed.data.connection, parsed.data.present);
    },
    close() {
      clearInterval(sweep);
      clearTimeout(telling);
    },
  };
}

const rankOf = ({ doing }: PersonPresent): number => PRESENCE_DOINGS.indexOf(doing);
