import './schema-settings.js';
import { readJson, type Seconds, seconds } from '@lamplight/base';
import { type ClientMessage, type ServerMessage, serverMessageSchema } from '@lamplight/contracts';

/**
 * `connecting`: no answer yet. `live`: messages come in. `silent`: the line is open, but nothing has come for too
 * long. `offline`: the line is down and will be tried again.
 */
export const LINE_STATES = ['connecting', 'live', 'silent', 'offline'] as const;
export type LineState = (typeof LINE_STATES)[number];

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
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#receive(data);
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) this.#lost();
    });
  }

  #receive(data: unknown): void {
    const parsed = serverMessageSchema.safeParse(typeof data === 'string' ? readJson(data) : undefined);
    if (!parsed.success) {
      this.#options.onUnreadable?.(parsed.error.message);
      return;
    }
    this.#silentFor = 0;
    this.#attempt = 0;
    this.#tell('live');
    this.#options.onMessage(parsed.data);
  }

  #listen(): void {
    if (this.#socket === null) return;
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
    socket?.close();
  }

  #tell(state: LineState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
