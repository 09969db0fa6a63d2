import { type LonLat, type Seconds, seconds } from '@lamplight/base';
import type { UnitOrders } from '@lamplight/contracts';
import {
  type CrewAction,
  type CrewOrder,
  type CrewSetup,
  type CrewState,
  type CrewStimulus,
  type CrewTimes,
  crewMotion,
  decideCrew,
  initialCrew,
  type OrderStage,
} from '@lamplight/simulation';
import type { Clock } from './clock.js';
import { type CrewDevice, connectDevice, type DeviceCredentials } from './crew-device.js';
import type { RoadMap } from './routes.js';
import type { Cancel, Scheduler } from './scheduler.js';

/** A crew to be simulated. */
export interface CrewMember {
  readonly unitId: string;
  readonly home: LonLat;
  /** Where it stands at first; its home when not given. */
  readonly start?: LonLat;
  readonly patrolPoints: readonly LonLat[];
  readonly credentials: DeviceCredentials;
}

export interface FleetOptions {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly roads: RoadMap;
  readonly broker: string;
  readonly agency: string;
  /** How long the crew of a unit takes over an order of an incident. */
  readonly timesOf: (unitId: string, incidentId: string, moving: boolean) => CrewTimes;
  readonly onFault?: (message: string) => void;
  /** Positions that all devices together may send in a real second. */
  readonly positionBudget?: number;
}

export interface Fleet {
  add(member: CrewMember): void;
  /** Where a crew is now. */
  findPosition(unitId: string): LonLat | undefined;
  readonly size: number;
  readonly connected: number;
  close(): Promise<void>;
}

/** How often a device reports its position when it could: simulated seconds. */
const MOVING_EVERY = 3;
const STANDING_EVERY = 60;
/** What a radio network bears: real seconds between two positions of one device. */
const MOVING_REAL = 0.4;
const STANDING_REAL = 1;
const POSITION_BUDGET = 250;
/** A report is sent again after this: simulated seconds, and real ones, whichever is longer. */
const RESEND = 15;
const RESEND_REAL = 1.5;
const RETRY_ROUTE = 60;
/** Real milliseconds between the first connections of two devices. */
const CONNECT_APART = 10;
const PATROL_STAY = 180;
const IDLE = 45;

/** Crews with their devices: the pure crew of the simulation, given ears, a voice, a map and a clock. */
export function createFleet(options: FleetOptions): Fleet {
  const { clock } = options;
  const crews = new Map<string, Crew>();
  /** Both are simulated seconds; with a fast clock the real limits rule, with a large fleet the budget does. */
  const pace = (simulated: number, real: number): Seconds => {
    const fair = crews.size / (options.positionBudget ?? POSITION_BUDGET);
    return seconds(Math.max(simulated, clock.scale * Math.max(real, fair)));
  };
  const paces: Paces = {
    moving: () => pace(MOVING_EVERY, MOVING_REAL),
    standing: () => pace(STANDING_EVERY, STANDING_REAL),
  };
  return {
    add(member) {
      crews.set(member.unitId, new Crew(member, options, paces, crews.size * CONNECT_APART));
    },
    findPosition: (unitId) => crews.get(unitId)?.position,
    get size() {
      return crews.size;
    },
    get connected() {
      return [...crews.values()].filter((crew) => crew.connected).length;
    },
    async close() {
      await Promise.all([...crews.values()].map((crew) => crew.close()));
    },
  };
}

interface Paces {
  moving(): Seconds;
  standing(): Seconds;
}

class Crew {
  readonly #options: FleetOptions;
  readonly #paces: Paces;
  readonly #device: CrewDevice;
  /** Which incident each assignment belongs to, from the orders. */
  readonly #incidentOf = new Map<string, string>();
  #state: CrewState;
  #wake: Cancel = () => {};
  #report: Cancel = () => {};
  #closed = false;

  constructor(member: CrewMember, options: FleetOptions, paces: Paces, delay: number) {
    const { unitId, home, start = home, patrolPoints, credentials } = member;
    const { clock, broker, agency, timesOf } = options;
    this.#options = options;
    this.#paces = paces;
    const setup: CrewSetup = {
      unitId,
      home,
      patrolPoints,
      patrolStay: seconds(PATROL_STAY),
      idle: seconds(IDLE),
      resend: seconds(Math.max(RESEND, RESEND_REAL * clock.scale)),
      retryRoute: seconds(RETRY_ROUTE),
      timesOf: ({ assignmentId }, moving) =>
        timesOf(unitId, this.#incidentOf.get(assignmentId) ?? '', moving),
    };
    const free = initialCrew(setup, clock.now());
    this.#state = { ...free, place: { kind: 'parked', position: start, since: free.freeSince } };
    this.#device = connectDevice({
      broker,
      agency,
      unitId,
      credentials,
      onOrders: (orders) => this.#takeOrders(orders),
      onFault: options.onFault ?? (() => {}),
      delay,
    });
    // Spread over the interval, so that the fleet does not speak in chorus.
    this.#report = options.scheduler.after(seconds(paces.standing() * Math.random()), () =>
      this.#sendPosition(),
    );
    this.#tell({ kind: 'timer' });
  }

  get position(): LonLat {
    return crewMotion(this.#state, this.#options.clock.now()).position;
  }

  get connected(): boolean {
    return this.#device.connected;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    this.#report();
    await this.#device.close();
  }

  #takeOrders({ orders }: UnitOrders): void {
    const open: CrewOrder[] = [];
    for (const order of orders) {
      const { assignmentId, incidentId, stage, position, priority, stamps } = order;
      // What only waits on the stack is not told to the crew yet; what has no place cannot be driven to.
      if (!isOrderStage(stage) || position === null || stamps.dispatched === undefined) continue;
      this.#incidentOf.set(assignmentId, incidentId);
      open.push({ assignmentId, stage, position, priority: priority ?? 5, dispatchedAt: stamps.dispatched });
    }
    this.#tell({ kind: 'orders-changed', orders: open });
  }

  #tell(stimulus: CrewStimulus): void {
    if (this.#closed) return;
    const moving = this.#state.place.kind === 'driving';
    const { state, actions } = decideCrew(this.#state, stimulus, this.#options.clock.now());
    this.#state = state;
    for (const action of actions) this.#do(action);
    // A crew that sets off or stops says so at once.
    if (moving !== (this.#state.place.kind === 'driving')) this.#sendPosition();
  }

  #do(action: CrewAction): void {
    const { scheduler, roads } = this.#options;
    switch (action.kind) {
      case 'send-report':
        this.#device.sendReport(action.report);
        break;
      case 'set-timer':
        this.#wake();
        this.#wake = scheduler.at(action.at, () => this.#tell({ kind: 'timer' }));
        break;
      case 'request-route': {
        const { requestId, from, to } = action;
        // Not from within the decision that asked for it.
        queueMicrotask(() => {
          const found = roads.route(from, to);
          const route = found.ok ? { geometry: found.value.geometry, seconds: found.value.times } : undefined;
          this.#tell({ kind: 'route-found', requestId, route });
        });
        break;
      }
    }
  }

  #sendPosition(): void {
    if (this.#closed) return;
    const { clock, scheduler } = this.#options;
    const now = clock.now();
    this.#device.sendPosition(crewMotion(this.#state, now), now);
    const driving = this.#state.place.kind === 'driving';
    this.#report();
    this.#report = scheduler.after(driving ? this.#paces.moving() : this.#paces.standing(), () =>
      this.#sendPosition(),
    );
  }
}

const ORDER_STAGES: ReadonlySet<string> = new Set<OrderStage>([
  'dispatched',
  'acknowledged',
  'enroute',
  'staged',
  'onScene',
  'actionBegun',
  'transporting',
  'atDestination',
  'cleared',
  'cancelled',
  'preempted',
  'declined',
]);
const isOrderStage = (stage: string): stage is OrderStage => ORDER_STAGES.has(stage);
