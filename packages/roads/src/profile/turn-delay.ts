import { type MetresPerSecond, metresPerSecond, type Seconds, seconds } from '@lamplight/base';
import { importanceOf, LEAST_MAIN_ROAD } from './road-class.js';
import type { NodeControl, TurnFacts, TurnModel } from './turn-model.js';

/** How long a kind of vehicle takes at junctions. */
export interface TurnFigures {
  /** Of slowing down and of speeding up, in m/s². */
  readonly acceleration: number;
  /** The share of drivers whom the control holds up, and what befalls those. */
  readonly control: Readonly<Record<NodeControl, Hold>>;
  /** Waiting for a gap to turn across oncoming traffic, on a street of the neighbourhood and on a main road. */
  readonly gap: { readonly local: Seconds; readonly main: Seconds };
  /** Turning round where other ways lead on; `undefined`: not done. */
  readonly uTurn: Seconds | undefined;
}

interface Hold {
  readonly share: number;
  /** To what speed they slow down. */
  readonly speed: MetresPerSecond;
  /** How long they wait at that. */
  readonly wait: Seconds;
}

/** Up to this many degrees it is straight on; beyond, corners are taken at these speeds. */
export const STRAIGHT = 30;
const CORNERS: readonly { readonly upTo: number; readonly speed: MetresPerSecond }[] = [
  { upTo: 60, speed: metresPerSecond(9) },
  { upTo: 120, speed: metresPerSecond(5) },
  { upTo: 180, speed: metresPerSecond(3) },
];

/**
 * The delay of turns, in two parts. *Slowing down*: to go from speed v to u and up again at a constant rate a costs
 * (v − u)² / 2av on each side, by the laws of motion; u is the speed of the corner or, for the share of drivers who are
 * held up, that of the control. *Waiting*: for the signal, and for a gap when crossing oncoming traffic. A driver from a
 * lesser road that meets a main one gives way also without a sign. Where a road only bends and nothing meets it there
 * is no delay; nor is there straight on without a control. Queues are left out, as everywhere in free flow.
 */
export function createTurnDelay(figures: TurnFigures): TurnModel['delay'] {
  const { acceleration, control, gap, uTurn } = figures;
  const slowing = (turn: TurnFacts, speed: MetresPerSecond): number =>
    oneSide(turn.fromSpeed, speed) + oneSide(turn.toSpeed, speed);
  const oneSide = (cruising: number, speed: number): number =>
    cruising <= speed ? 0 : (cruising - speed) ** 2 / (2 * acceleration * cruising);

  return (turn) => {
    if (turn.kind === 'u-turn') return uTurn;
    const faced = turn.passedControl ? 'none' : faces(turn);
    const { share, speed, wait } = control[faced];
    const corner = turn.degree > 2 ? cornerSpeed(turn.angle) : metresPerSecond(Infinity);
    const held = metresPerSecond(Math.min(corner, speed));
    const across = turn.degree > 2 && turn.kind === acrossTraffic(turn);
    const crossing = across ? (importanceOf(turn.fromClass) <= LEAST_MAIN_ROAD ? gap.main : gap.local) : 0;
    return seconds(share * (slowing(turn, held) + wait) + (1 - share) * slowing(turn, corner) + crossing);
  };
}

const acrossTraffic = (turn: TurnFacts): 'left' | 'right' =>
  turn.drivingSide === 'right' ? 'left' : 'right';

function faces({ control, degree, fromClass, crossedClass }: TurnFacts): NodeControl {
  if (control !== 'none' || degree <= 2 || crossedClass === undefined) return control;
  const crossed = importanceOf(crossedClass);
  return crossed <= LEAST_MAIN_ROAD && crossed < importanceOf(fromClass) ? 'give-way' : 'none';
}

function cornerSpeed(angle: number): MetresPerSecond {
  const turned = Math.abs(angle);
  if (turned <= STRAIGHT) return metresPerSecond(Infinity);
  return CORNERS.find(({ upTo }) => turned <= upTo)?.speed ?? metresPerSecond(Infinity);
}
