import { type Seconds, seconds } from '@lamplight/base';
import type { ClientMessage, PresenceDoing, ServerMessage } from '@lamplight/contracts';
import { LONG_MESSAGE, type ReadMessage, readLongMessage, readMessage } from './read-message.js';

/**
 * `connecting`: no answer yet. `live`: messages come in. `silent`: the line is open, but nothing has come for too
 * long. `offline`: the line is down and will be tried again.
 */
export const LINE_STATES = ['connecting', 'live', 'silent', 'offline'] as const;
export type LineState = (typeof LINE_STATES)[number];

/** Where this client's user is, and what he does there. */
export interface OwnPresence {
  readonly incidentId: string | null;
  readonly doing: PresenceDoing;
}

/** How often it is said again, in seconds; the server forgets it after thirty. */
const SAY_AGAIN = 10;

export interface LiveConnectionOptions {
  readonly url: string;
  /** Where the board stands; asked for each time the line is opened, so that it goes on from there. */
  since(): { readonly epoch: string; readonly position: number } | null;
  onMessage(message: ServerMessage): void;
  onState(state: LineState): void;
  /** A message this client cannot read: a newer server, or a bug. */
  onUnreadable?(reason: string): void;
  /** After this long without a word the line counts as silent, and after twice as long it is opened anew. */
  readonly silentAfter?: Seconds;
  /** Longest pause between attempts. */
  readonly longestPause?: Seconds;
  /** A number in [0, 1) to spread the attempts of many clients; `Math.random` unless a test says otherwise. */
  random?(): number;
}

/**
 * A line to the server that keeps itself up. It opens, subscribes from where the board stands, and opens again after
 * pauses that double and are spread at random ("full jitter"), so that a thousand consoles do not all return in the
 * same second after a restart. `close` ends it for good.
 */
export class LiveConnection {
  readonly #options: Required<Omit<LiveConnectionOptions, 'onUnreadable'>> &
    Pick<LiveConnectionOptions, 'onUnreadable'>;
  #socket: WebSocket | null = null;
  #state: LineState = 'connecting';
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #silentFor = 0;
  /** Messages that wait while a long one of the same line is being read. */
  #unread: string[] | null = null;
  #presence: OwnPresence = { incidentId: null, doing: 'viewing' };
  #saidFor = 0;
  #closed = false;

  constructor(options: LiveConnectionOptions) {
    this.#options = {
      silentAfter: seconds(8),
      longestPause: seconds(15),
      random: Math.random,
      ...options,
    };
    this.#open();
    this.#watch = setInterval(() => this.#listen(), 1000);
  }

  get state(): LineState {
    return this.#state;
  }

  /** Tells the others where this user is, now and for as long as it holds. Lost lines are made good. */
  setPresence(presence: OwnPresence): void {
    const { incidentId, doing } = this.#presence;
    if (presence.incidentId === incidentId && presence.doing === doing) return;
    this.#presence = presence;
    this.#sayPresence();
  }

  #sayPresence(): void {
    this.#saidFor = 0;
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const message: ClientMessage = { type: 'presence', ...this.#presence };
    this.#socket.send(JSON.stringify(message));
  }

  /** Tries at once instead of waiting, for when the browser says that the network is back. */
  retryNow(): void {
    if (this.#closed || this.#socket !== null) return;
    clearTimeout(this.#retry);
    this.#open();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    this.#drop();
  }

  #open(): void {
    const socket = new WebSocket(this.#options.url);
    this.#socket = socket;
    this.#silentFor = 0;
    socket.addEventListener('open', () => {
      const subscribe: ClientMessage = { type: 'subscribe', since: this.#options.since() };
      socket.send(JSON.stringify(subscribe));
      if (this.#presence.incidentId !== null) this.#sayPresence();
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#receive(data);
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) this.#lost();
    });
  }

  /** Takes a message; one that comes while a long one is being read waits for its turn. */
  #receive(data: unknown): void {
    const text = typeof data === 'string' ? data : '';
    if (this.#unread !== null) {
      this.#unread.push(text);
    } else if (text.length < LONG_MESSAGE) {
      this.#hand(readMessage(text));
    } else {
      this.#unread = [text];
      void this.#readInTurn(this.#unread);
    }
  }

  async #readInTurn(unread: string[]): Promise<void> {
    for (let text = unread.shift(); text !== undefined; text = unread.shift()) {
      const read = text.length < LONG_MESSAGE ? readMessage(text) : await readLongMessage(text, breathe);
      // The line may have been lost meanwhile; the next one goes on from where the board stands.
      if (this.#unread !== unread) return;
      this.#hand(read);
    }
    this.#unread = null;
  }

  #hand(read: ReadMessage): void {
    if (!read.ok) {
      this.#options.onUnreadable?.(read.reason);
      return;
    }
    this.#silentFor = 0;
    this.#attempt = 0;
    this.#tell('live');
    this.#options.onMessage(read.message);
  }

  #listen(): void {
    if (this.#socket === null) return;
    this.#saidFor += 1;
    if (this.#presence.incidentId !== null && this.#saidFor >= SAY_AGAIN) this.#sayPresence();
    this.#silentFor += 1;
    const { silentAfter } = this.#options;
    if (this.#silentFor >= silentAfter * 2) this.#lost();
    else if (this.#silentFor >= silentAfter && this.#state === 'live') this.#tell('silent');
  }

  #lost(): void {
    this.#drop();
    if (this.#closed) return;
    this.#tell('offline');
    const { longestPause, random } = this.#options;
    const ceiling = Math.min(longestPause, 0.5 * 2 ** this.#attempt);
    this.#attempt += 1;
    this.#retry = setTimeout(() => this.#open(), (0.25 + random() * ceiling) * 1000);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#unread = null;
    socket?.close();
  }

  #tell(state: LineState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

/** Lets the page draw and take keys. A message channel is not slowed down as timers are in a page that is not in front. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
